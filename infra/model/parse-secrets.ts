// Reads `archipelago:secrets`: the ARNs of the secrets that descriptions call by a name. And finds secrets that stand in settings.
import { type ExistingSecret, isKeyArn, isSecretArn, KEY_ARN, SECRET_ARN } from "../../components/kit/existing-secret";
import { secretTextProblems } from "../../components/kit/plain-secrets";
import { isMapping, NAMESPACE, type RawConfig } from "./raw-config";
import type { System } from "./system";

const HIDDEN = "[not shown]";
const REMEDY =
  "look it up: aws secretsmanager describe-secret; the value of a secret is never written into a configuration";

/** The names by which a system's services call secrets of the stack. */
export function namedSecrets(system: System | undefined): string[] {
  const secrets = Object.values(system?.services ?? {}).flatMap(({ secrets = {} }) => Object.values(secrets));
  return [...new Set(secrets.flatMap((secret) => ("existing" in secret ? [secret.existing] : [])))];
}

/** The secrets by name: exactly those that the system's services call. */
export function parseSecrets(config: RawConfig, system: System | undefined): Readonly<Record<string, ExistingSecret>> {
  const allowed = "a mapping from names to ARNs of secrets, or to { arn, kmsKeyArn }";
  const mapping = config.mapping("secrets", allowed, "write secrets: { provider-key: <ARN> }", "optional") ?? {};
  const names = namedSecrets(system);
  const { findings } = config;
  const parsed: Record<string, ExistingSecret> = {};
  for (const [name, given] of Object.entries(mapping)) {
    const path = `${NAMESPACE}:secrets.${name}`;
    // What stands there may be the secret itself: it is not shown.
    if (system) findings.requireKnown(name, names, path, "secret that a service names", HIDDEN);
    const value = isMapping(given) ? given : { arn: given };
    for (const key of Object.keys(value))
      findings.requireKnown(key, ["arn", "kmsKeyArn"], `${path}.${key}`, "setting", HIDDEN);
    const { arn, kmsKeyArn } = value;
    const isArn = typeof arn === "string" && isSecretArn(arn);
    const isKey = kmsKeyArn === undefined || (typeof kmsKeyArn === "string" && isKeyArn(kmsKeyArn));
    findings.require(isArn, path, HIDDEN, SECRET_ARN, REMEDY);
    findings.require(
      isKey,
      `${path}.kmsKeyArn`,
      HIDDEN,
      KEY_ARN,
      "aws secretsmanager describe-secret --query KmsKeyId",
    );
    if (isArn && isKey) parsed[name] = { arn, ...(kmsKeyArn !== undefined && { kmsKeyArn }) };
  }
  for (const name of names.filter((one) => !Object.hasOwn(mapping, one))) {
    findings.require(
      false,
      `${NAMESPACE}:secrets.${name}`,
      undefined,
      SECRET_ARN,
      `create it (aws secretsmanager create-secret), then pulumi config set --path '${NAMESPACE}:secrets.${name}' <ARN>`,
    );
  }
  return parsed;
}

/** Reports settings that have the form of a secret: a stack's file is read by everybody who reads the repository. */
export function refuseSecretsIn(config: RawConfig, values: Readonly<Record<string, string>>): void {
  const remedy = "remove it, and revoke it: it has been in a file; settings only name secrets (archipelago:secrets)";
  for (const [path, value] of Object.entries(values)) {
    if (path.startsWith(`${NAMESPACE}:`)) config.findings.problems.push(...secretTextProblems({ path, remedy }, value));
  }
}
