// Roles, keys, secrets and parameters.
import type { Facts } from "./facts";

/** What names of users, roles and their like are written with (`validResourceName` in iam/validate.go). */
const IAM_NAME = "^[\\w+=,.@-]*$";

export const identity: Facts = {
  "aws:iam/role:Role": {
    source: "iam/role.go",
    replaces: ["name", "namePrefix", "path"],
    forms: { arn: ["managedPolicyArns", "permissionsBoundary"], json: ["assumeRolePolicy", "inlinePolicies.policy"] },
    ranges: { maxSessionDuration: [3600, 43_200] },
    lengths: { description: [0, 1000], name: [1, 64], namePrefix: [1, 38], path: [0, 512] },
    patterns: { name: IAM_NAME, namePrefix: IAM_NAME },
    conflicts: [["name", "namePrefix"]],
  },
  "aws:kms/key:Key": {
    source: "kms/key.go",
    replaces: ["customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"],
    forms: { json: ["policy"] },
    ranges: { deletionWindowInDays: [7, 30], rotationPeriodInDays: [90, 2560] },
    lengths: { customKeyStoreId: [1, 22], description: [0, 8192], xksKeyId: [1, 128] },
    needs: [
      ["rotationPeriodInDays", "enableKeyRotation"],
      ["xksKeyId", "customKeyStoreId"],
    ],
  },
  "aws:secretsmanager/secret:Secret": {
    source: "secretsmanager/secret.go",
    // The type is newer than the source that was read; the documentation says so.
    replaces: ["name", "namePrefix", "type"],
    forms: { json: ["policy"] },
    conflicts: [["name", "namePrefix"]],
  },
  "aws:secretsmanager/secretPolicy:SecretPolicy": {
    source: "secretsmanager/secret_policy.go",
    replaces: ["secretArn"],
    forms: { arn: ["secretArn"], json: ["policy"] },
  },
  "aws:ssm/parameter:Parameter": {
    source: "ssm/parameter.go",
    replaces: ["dataType", "name"],
    lengths: { allowedPattern: [0, 1024], description: [0, 1024], name: [1, 2048] },
    values: {
      dataType: ["aws:ec2:image", "aws:ssm:integration", "text"],
      tier: ["Standard", "Advanced", "Intelligent-Tiering"],
      type: ["String", "StringList", "SecureString"],
    },
  },
};
