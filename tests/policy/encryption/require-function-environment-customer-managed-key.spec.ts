import { requireFunctionEnvironmentCustomerManagedKey } from "../../../policy/rules/encryption/require-function-environment-customer-managed-key";
import { awsKey, ownKey, resource, specify, unknown } from "../support";

const subject = (props: object) => resource("aws:lambda/function:Function", { ...props });
const environment = { variables: { TABLE: "orders" } };

specify(requireFunctionEnvironmentCustomerManagedKey, {
  compliant: [subject({ environment, kmsKeyArn: ownKey }), subject({}), subject({ environment: { variables: {} } })],
  violating: [[subject({ environment, kmsKeyArn: awsKey("lambda") }), [`it: kmsKeyArn is "${awsKey("lambda")}"`]]],
  notApplicable: [resource("aws:lambda/alias:Alias", { environment })],
  missing: [[subject({ environment }), ["it: kmsKeyArn is not set"]]],
  unknown: [
    [subject({ environment, kmsKeyArn: unknown }), []],
    [subject({ environment: unknown }), []],
    [subject({ environment: { variables: { TABLE: unknown } } }), ["it: kmsKeyArn is not set"]],
  ],
});
