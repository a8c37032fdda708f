import { requireTrailCustomerManagedKey } from "../../../policy/rules/encryption/require-trail-customer-managed-key";
import { awsKey, ownKey, resource, specify, unknown } from "../support";

const judged = (props: object) => resource("aws:cloudtrail/trail:Trail", { ...props });

specify(requireTrailCustomerManagedKey, {
  compliant: [judged({ kmsKeyId: ownKey })],
  violating: [[judged({ kmsKeyId: awsKey("cloudtrail") }), [`it: kmsKeyId is "${awsKey("cloudtrail")}"`]]],
  notApplicable: [resource("aws:cloudtrail/eventDataStore:EventDataStore", {})],
  missing: [
    [judged({}), ["it: kmsKeyId is not set"]],
    [judged({ kmsKeyId: "" }), ["it: kmsKeyId is not set"]],
  ],
  unknown: [[judged({ kmsKeyId: unknown }), []]],
});
