// Roles, keys, secrets and parameters.
import type { Facts } from "./facts";

/** What names of users, roles and their like are written with (`validResourceName` in iam/validate.go). */
const IAM_NAME = "^[\\w+=,.@-]*$";

const TIME_UNITS = ["seconds", "minutes", "hours", "days"];

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

  "aws:iam/instanceProfile:InstanceProfile": {
    source: "iam/instance_profile.go",
    replaces: ["name", "namePrefix", "path"],
    lengths: { name: [1, 128], namePrefix: [1, 102] },
    patterns: { name: IAM_NAME, namePrefix: IAM_NAME },
    conflicts: [["name", "namePrefix"]],
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    source: "iam/openid_connect_provider.go",
    replaces: ["url"],
    lengths: { clientIdLists: [1, 255], thumbprintLists: [40, 40] },
  },
  "aws:iam/policy:Policy": {
    source: "iam/policy.go",
    replaces: ["description", "name", "namePrefix", "path"],
    forms: { json: ["policy"] },
    lengths: { name: [1, 128], namePrefix: [1, 102] },
    patterns: { name: IAM_NAME, namePrefix: IAM_NAME },
    conflicts: [["name", "namePrefix"]],
  },
  "aws:iam/rolePolicy:RolePolicy": {
    source: "iam/role_policy.go",
    replaces: ["name", "namePrefix", "role"],
    forms: { json: ["policy"] },
    lengths: { name: [1, 128], namePrefix: [1, 102] },
    patterns: { name: IAM_NAME, namePrefix: IAM_NAME },
    conflicts: [["name", "namePrefix"]],
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    source: "iam/role_policy_attachment.go",
    replaces: ["policyArn", "role"],
    forms: { arn: ["policyArn"] },
  },
  // A user is renamed and moved in place.
  "aws:iam/user:User": {
    source: "iam/user.go",
    replaces: [],
    lengths: { permissionsBoundary: [0, 2048] },
    patterns: { name: "^[0-9A-Za-z=,.@\\-_+]+$" },
  },
  "aws:kms/alias:Alias": {
    source: "kms/alias.go",
    replaces: ["name", "namePrefix"],
    conflicts: [["name", "namePrefix"]],
  },
  "aws:secretsmanager/secretRotation:SecretRotation": {
    source: "secretsmanager/secret_rotation.go",
    replaces: ["secretId"],
    forms: { arn: ["externalSecretRotationRoleArn", "rotationLambdaArn"] },
    ranges: { "rotationRules.automaticallyAfterDays": [1, 1000] },
    oneOf: [["rotationRules.automaticallyAfterDays", "rotationRules.scheduleExpression"]],
  },

  "aws:cognito/userPool:UserPool": {
    source: "cognitoidp/user_pool.go",
    // The source that was read replaces a pool for its name; since 6.6 (pull request 42639) it is renamed in place.
    replaces: ["aliasAttributes", "usernameAttributes", "usernameConfiguration.caseSensitive"],
    ranges: { "passwordPolicy.minimumLength": [6, 99], "passwordPolicy.temporaryPasswordValidityDays": [0, 365] },
    items: { "accountRecoverySetting.recoveryMechanisms": [1, 2], schemas: [1, 50] },
    values: {
      "accountRecoverySetting.recoveryMechanisms.name": ["verified_email", "verified_phone_number", "admin_only"],
      "userAttributeUpdateSettings.attributesRequireVerificationBeforeUpdates": ["email", "phone_number"],
      usernameAttributes: ["email", "phone_number"],
    },
    needs: [
      ["lambdaConfig.customEmailSender", "lambdaConfig.kmsKeyId"],
      ["lambdaConfig.customSmsSender", "lambdaConfig.kmsKeyId"],
    ],
  },

  "aws:cognito/userPoolClient:UserPoolClient": {
    source: "cognitoidp/user_pool_client.go",
    replaces: ["generateSecret", "userPoolId"],
    ranges: { authSessionValidity: [3, 15] },
    items: { allowedOauthFlows: [0, 3], allowedOauthScopes: [0, 50], callbackUrls: [0, 100], logoutUrls: [0, 100] },
    values: {
      allowedOauthFlows: ["code", "implicit", "client_credentials"],
      preventUserExistenceErrors: ["LEGACY", "ENABLED"],
      "tokenValidityUnits.accessToken": TIME_UNITS,
      "tokenValidityUnits.idToken": TIME_UNITS,
      "tokenValidityUnits.refreshToken": TIME_UNITS,
    },
    oneOf: [["analyticsConfiguration.applicationArn", "analyticsConfiguration.applicationId"]],
    conflicts: [
      ["analyticsConfiguration.applicationArn", "analyticsConfiguration.externalId", "analyticsConfiguration.roleArn"],
    ],
    needs: [
      ["analyticsConfiguration.applicationId", "analyticsConfiguration.externalId", "analyticsConfiguration.roleArn"],
    ],
  },
};
