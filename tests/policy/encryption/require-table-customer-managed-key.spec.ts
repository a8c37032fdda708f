import { requireTableCustomerManagedKey } from "../../../policy/rules/encryption/require-table-customer-managed-key";
import { awsKey, ownKey, resource, specify, unknown } from "../support";

const table = (serverSideEncryption: unknown, rest: object = {}) =>
  resource("aws:dynamodb/table:Table", { serverSideEncryption, ...rest });
const own = { enabled: true, kmsKeyArn: ownKey };

specify(requireTableCustomerManagedKey, {
  compliant: [table(own), table(own, { replicas: [{ regionName: "eu-west-1", kmsKeyArn: ownKey }] })],
  violating: [
    [table({ enabled: false }), ["it: serverSideEncryption.enabled is false"]],
    [
      table({ enabled: true, kmsKeyArn: awsKey("dynamodb") }),
      [`it: serverSideEncryption.kmsKeyArn is "${awsKey("dynamodb")}"`],
    ],
    [table(own, { replicas: [{ regionName: "eu-west-1" }] }), ["it: replicas[0].kmsKeyArn is not set"]],
  ],
  notApplicable: [resource("aws:dynamodb/tableItem:TableItem", {})],
  missing: [
    [resource("aws:dynamodb/table:Table", {}), ["it: serverSideEncryption.enabled is not set"]],
    [table({ enabled: true }), ["it: serverSideEncryption.kmsKeyArn is not set"]],
  ],
  unknown: [
    [table(unknown), []],
    [table({ enabled: true, kmsKeyArn: unknown }), []],
    [
      table({ enabled: unknown, kmsKeyArn: awsKey("dynamodb") }),
      [`it: serverSideEncryption.kmsKeyArn is "${awsKey("dynamodb")}"`],
    ],
  ],
});
