import { requireKeyRotation } from "../../../policy/rules/encryption/require-key-rotation";
import { resource, specify, unknown } from "../support";

const key = (props: object) => resource("aws:kms/key:Key", { ...props });

specify(requireKeyRotation, {
  compliant: [
    key({ enableKeyRotation: true }),
    key({ customerMasterKeySpec: "RSA_4096", keyUsage: "SIGN_VERIFY" }),
    key({ customKeyStoreId: "cks-1" }),
  ],
  violating: [
    [key({ enableKeyRotation: false, customerMasterKeySpec: "SYMMETRIC_DEFAULT" }), ["it: enableKeyRotation is false"]],
  ],
  notApplicable: [resource("aws:kms/replicaKey:ReplicaKey", {})],
  missing: [[key({}), ["it: enableKeyRotation is not set"]]],
  unknown: [
    [key({ enableKeyRotation: unknown }), []],
    [key({ customerMasterKeySpec: unknown }), []],
  ],
});
