// Secrets Manager.
import type { Cards } from "../card";
import type { NewResource, Constraint } from "../../providers/core/rules";
import { MIXED, physicalName, uuid } from "../identifiers";
import { failure } from "../inputs";
import { key, lambda, secret } from "../references";
import { window } from "./kms";

function secretArn(resource: NewResource): string {
  return resource.arn("secretsmanager", `secret:${physicalName(resource)}-${resource.token(6, MIXED, "suffix")}`);
}

const secretName: Constraint = function* ({ text }) {
  const name = text("name");
  if (name !== undefined && !/^[A-Za-z0-9/_+=.@-]{1,512}$/.test(name))
    yield failure("name", `"${name}": 1 to 512 letters, digits and any of /_+=.@-`);
};

export const cards: Cards = {
  "aws:secretsmanager/secret:Secret": {
    source: "secretsmanager/secret.go",
    id: secretArn,
    autoname: { property: "name", limit: 512 },
    computed: { arn: (resource) => resource.id, policy: "", replicas: [] },
    defaults: { forceOverwriteReplicaSecret: false, recoveryWindowInDays: 30 },
    references: { kmsKeyId: key },
    policies: { policy: "resource" },
    replaces: "name namePrefix type",
    constraints: [window("recoveryWindowInDays", true), secretName],
    holds: "a secret's value",
  },
  "aws:secretsmanager/secretPolicy:SecretPolicy": {
    source: "secretsmanager/secret_policy.go",
    id: (resource) => resource.text("secretArn"),
    references: { secretArn: secret },
    policies: { policy: "resource" },
    replaces: "secretArn",
  },
  "aws:secretsmanager/secretRotation:SecretRotation": {
    source: "secretsmanager/secret_rotation.go",
    id: (resource) => resource.text("secretId"),
    computed: { rotationEnabled: true },
    references: { secretId: secret, rotationLambdaArn: lambda },
    replaces: "secretId",
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    id: (resource) => `${resource.text("secretId")}|${uuid(resource, "version")}`,
    replaces: "secretId secretString secretBinary",
    computed: {
      arn: (resource) => resource.text("secretId"),
      secretArn: (resource) => resource.text("secretId"),
      versionId: (resource) => uuid(resource, "version"),
      versionStages: ["AWSCURRENT"],
      hasSecretStringWo: (resource) => resource.inputs.secretStringWo !== undefined,
    },
    references: { secretId: secret },
  },
};
