import { requireWarehouseEncryption } from "../../../policy/rules/encryption/require-warehouse-encryption";
import { awsKey, ownKey, resource, specify, unknown } from "../support";

const cluster = (props: object) => resource("aws:redshift/cluster:Cluster", { ...props });

specify(requireWarehouseEncryption, {
  compliant: [cluster({ encrypted: true, kmsKeyId: ownKey }), cluster({ encrypted: "true", kmsKeyId: ownKey })],
  violating: [
    [cluster({ encrypted: false, kmsKeyId: ownKey }), ["it: encrypted is false"]],
    [cluster({ encrypted: true, kmsKeyId: awsKey("redshift") }), [`it: kmsKeyId is "${awsKey("redshift")}"`]],
  ],
  notApplicable: [resource("aws:redshift/subnetGroup:SubnetGroup", {})],
  missing: [[cluster({}), ["it: encrypted is not set", "it: kmsKeyId is not set"]]],
  unknown: [
    [cluster({ encrypted: unknown, kmsKeyId: unknown }), []],
    [cluster({ encrypted: unknown }), ["it: kmsKeyId is not set"]],
  ],
});
