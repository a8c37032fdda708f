import { requireQueueCustomerManagedKey } from "../../../policy/rules/encryption/require-queue-customer-managed-key";
import { resource, specify, unknown } from "../support";

const queue = (props: object) => resource("aws:sqs/queue:Queue", { ...props });

specify(requireQueueCustomerManagedKey, {
  compliant: [
    queue({ kmsMasterKeyId: "arn:aws:kms:eu-central-1:123456789012:key/1" }),
    queue({ kmsMasterKeyId: "alias/mine" }),
  ],
  violating: [
    [queue({ kmsMasterKeyId: "alias/aws/sqs" }), ['it: kmsMasterKeyId is "alias/aws/sqs"']],
    [queue({ kmsMasterKeyId: "", sqsManagedSseEnabled: true }), ["it: kmsMasterKeyId is not set"]],
  ],
  notApplicable: [resource("aws:sqs/queuePolicy:QueuePolicy", {})],
  missing: [[queue({}), ["it: kmsMasterKeyId is not set"]]],
  unknown: [[queue({ kmsMasterKeyId: unknown }), []]],
});
