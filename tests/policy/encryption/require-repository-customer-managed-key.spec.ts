import { requireRepositoryCustomerManagedKey } from "../../../policy/rules/encryption/require-repository-customer-managed-key";
import { awsKey, ownKey, resource, specify, unknown } from "../support";

const repository = (...encryptionConfigurations: unknown[]) =>
  resource("aws:ecr/repository:Repository", { encryptionConfigurations });

specify(requireRepositoryCustomerManagedKey, {
  compliant: [repository({ encryptionType: "KMS", kmsKey: ownKey })],
  violating: [
    [repository({ encryptionType: "AES256" }), ['it: encryptionConfigurations[0].encryptionType is "AES256"']],
    [
      repository({ encryptionType: "KMS", kmsKey: awsKey("ecr") }),
      [`it: encryptionConfigurations[0].kmsKey is "${awsKey("ecr")}"`],
    ],
  ],
  notApplicable: [resource("aws:ecrpublic/repository:Repository", {})],
  missing: [
    [resource("aws:ecr/repository:Repository", {}), ["it: encryptionConfigurations is not set"]],
    [repository({ encryptionType: "KMS" }), ["it: encryptionConfigurations[0].kmsKey is not set"]],
  ],
  unknown: [
    [resource("aws:ecr/repository:Repository", { encryptionConfigurations: unknown }), []],
    [repository({ encryptionType: "KMS", kmsKey: unknown }), []],
    [repository(unknown), []],
  ],
});
