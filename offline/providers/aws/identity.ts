// IAM, KMS, Secrets Manager, certificates.
import type { Birth, TypeRule } from "../core/rules";
import { globalArn, MIXED, physicalName, UPPER, uuid } from "./shapes";

const path = (birth: Birth): string => birth.text("path") || "/";
const iam = (type: string) => (birth: Birth) => globalArn(birth, "iam", `${type}${path(birth)}${physicalName(birth)}`);
const unique = (prefix: string) => (birth: Birth) => `${prefix}${birth.token(17, UPPER, "unique")}`;

function secretArn(birth: Birth): string {
  return birth.arn("secretsmanager", `secret:${physicalName(birth)}-${birth.token(6, MIXED, "suffix")}`);
}

const keyPolicy = (birth: Birth): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: globalArn(birth, "iam", "root") },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  });

export const identity: Readonly<Record<string, TypeRule>> = {
  "aws:iam/role:Role": {
    autoname: { property: "name", limit: 64 },
    forcedBy: "forceDetachPolicies",
    computed: {
      arn: iam("role"),
      createDate: (birth) => birth.now,
      uniqueId: unique("AROA"),
      inlinePolicies: [],
      managedPolicyArns: [],
    },
    defaults: { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
  },
  "aws:iam/rolePolicy:RolePolicy": {
    id: (birth) => `${birth.text("role")}:${physicalName(birth)}`,
    unique: false,
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    id: (birth) => `${birth.text("role")}-${birth.now.replace(/\D/g, "")}${birth.hex(12)}`,
  },
  "aws:iam/policy:Policy": {
    id: iam("policy"),
    autoname: { property: "name", limit: 128 },
    computed: { arn: (birth) => birth.id, attachmentCount: 0, policyId: unique("ANPA") },
    defaults: { path: "/" },
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    autoname: { property: "name", limit: 128 },
    computed: { arn: iam("instance-profile"), createDate: (birth) => birth.now, uniqueId: unique("AIPA") },
    defaults: { path: "/" },
  },
  "aws:iam/user:User": {
    autoname: { property: "name", limit: 64 },
    forcedBy: "forceDestroy",
    computed: { arn: iam("user"), uniqueId: unique("AIDA") },
    defaults: { path: "/" },
  },
  "aws:kms/key:Key": {
    id: (birth) => uuid(birth),
    autoname: false,
    computed: {
      arn: (birth) => birth.arn("kms", `key/${birth.id}`),
      keyId: (birth) => birth.id,
      description: "",
      policy: keyPolicy,
      rotationPeriodInDays: (birth) => (birth.inputs.enableKeyRotation === true ? 365 : 0),
    },
    defaults: {
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      keyUsage: "ENCRYPT_DECRYPT",
      isEnabled: true,
      enableKeyRotation: false,
      multiRegion: false,
      bypassPolicyLockoutSafetyCheck: false,
    },
  },
  "aws:kms/alias:Alias": {
    id: (birth) => physicalName(birth),
    autoname: { property: "name", limit: 256, prefix: "alias/" },
    computed: {
      arn: (birth) => birth.arn("kms", birth.id),
      targetKeyArn: (birth) => {
        const key = birth.text("targetKeyId");
        return key.startsWith("arn:") ? key : birth.arn("kms", `key/${key}`);
      },
    },
  },
  "aws:secretsmanager/secret:Secret": {
    id: secretArn,
    autoname: { property: "name", limit: 512 },
    computed: { arn: (birth) => birth.id, policy: "", replicas: [] },
    defaults: { forceOverwriteReplicaSecret: false, recoveryWindowInDays: 30 },
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    id: (birth) => `${birth.text("secretId")}|${uuid(birth, "version")}`,
    replaces: ["secretId", "secretString", "secretBinary"],
    computed: {
      arn: (birth) => birth.text("secretId"),
      secretArn: (birth) => birth.text("secretId"),
      versionId: (birth) => uuid(birth, "version"),
      versionStages: ["AWSCURRENT"],
      hasSecretStringWo: (birth) => birth.inputs.secretStringWo !== undefined,
    },
  },
  "aws:secretsmanager/secretRotation:SecretRotation": {
    id: (birth) => birth.text("secretId"),
    computed: { rotationEnabled: true },
  },
  "aws:secretsmanager/secretPolicy:SecretPolicy": { id: (birth) => birth.text("secretArn") },
  "aws:acm/certificate:Certificate": {
    id: (birth) => birth.arn("acm", `certificate/${uuid(birth)}`),
    computed: {
      arn: (birth) => birth.id,
      status: (birth) => (birth.text("privateKey") === "" ? "PENDING_VALIDATION" : "ISSUED"),
      type: (birth) => (birth.text("privateKey") === "" ? "AMAZON_ISSUED" : "IMPORTED"),
      subjectAlternativeNames: (birth) => [birth.text("domainName")],
      domainValidationOptions: validationOptions,
      keyAlgorithm: "RSA_2048",
      notAfter: "",
      notBefore: "",
      renewalEligibility: "INELIGIBLE",
      pendingRenewal: false,
    },
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    id: (birth) => birth.now,
  },
};

function validationOptions(birth: Birth): Record<string, string>[] {
  const given = birth.inputs.subjectAlternativeNames;
  const names = [birth.text("domainName"), ...(Array.isArray(given) ? given.map(String) : [])];
  return [...new Set(names)].map((domainName) => ({
    domainName,
    resourceRecordName: `_${birth.hex(32, domainName)}.${domainName.replace(/^\*\./, "")}.`,
    resourceRecordType: "CNAME",
    resourceRecordValue: `_${birth.hex(32, `${domainName}v`)}.acm-validations.aws.`,
  }));
}
