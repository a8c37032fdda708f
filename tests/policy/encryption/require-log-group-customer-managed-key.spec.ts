import { requireLogGroupCustomerManagedKey } from "../../../policy/rules/encryption/require-log-group-customer-managed-key";
import { awsKey, ownKey, resource, specify, unknown } from "../support";

const judged = (props: object) => resource("aws:cloudwatch/logGroup:LogGroup", { ...props });

specify(requireLogGroupCustomerManagedKey, {
  compliant: [judged({ kmsKeyId: ownKey })],
  violating: [[judged({ kmsKeyId: awsKey("logs") }), [`it: kmsKeyId is "${awsKey("logs")}"`]]],
  notApplicable: [resource("aws:cloudwatch/logStream:LogStream", {})],
  missing: [
    [judged({}), ["it: kmsKeyId is not set"]],
    [judged({ kmsKeyId: "" }), ["it: kmsKeyId is not set"]],
  ],
  unknown: [[judged({ kmsKeyId: unknown }), []]],
});
