import { requireTopicCustomerManagedKey } from "../../../policy/rules/encryption/require-topic-customer-managed-key";
import { awsKey, ownKey, resource, specify, unknown } from "../support";

const judged = (props: object) => resource("aws:sns/topic:Topic", { ...props });

specify(requireTopicCustomerManagedKey, {
  compliant: [judged({ kmsMasterKeyId: ownKey })],
  violating: [[judged({ kmsMasterKeyId: awsKey("sns") }), [`it: kmsMasterKeyId is "${awsKey("sns")}"`]]],
  notApplicable: [resource("aws:sns/topicPolicy:TopicPolicy", {})],
  missing: [
    [judged({}), ["it: kmsMasterKeyId is not set"]],
    [judged({ kmsMasterKeyId: "" }), ["it: kmsMasterKeyId is not set"]],
  ],
  unknown: [[judged({ kmsMasterKeyId: unknown }), []]],
});
