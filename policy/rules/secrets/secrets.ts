// Secrets where people and logs read them: user data, parameters, definitions; and secrets that never change.
import { companionRule } from "../companion-rule";
import { has, lacks, on, oneOf } from "../conditions";
import { inTypes, propertyRule } from "../property-rule";
import type { ResourceRule, Rule } from "../rule";
import { at, isMissing, textOf, UNKNOWN, numberOf } from "../value";
import { hasSecretForm, secretLike } from "./secret-like";

/** Properties with a script or another text, plain or in base64, that every principal with a right to describe the resource can read. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/instance:Instance": ["userData", "userDataBase64"],
  "aws:ec2/launchTemplate:LaunchTemplate": ["userData"],
  "aws:ec2/launchConfiguration:LaunchConfiguration": ["userData", "userDataBase64"],
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": ["userData", "userDataBase64"],
  "aws:sfn/stateMachine:StateMachine": ["definition"],
  "aws:ssm/document:Document": ["content"],
  "aws:codebuild/project:Project": ["source.buildspec"],
  "aws:cloudwatch/eventTarget:EventTarget": ["input"],
  "aws:scheduler/schedule:Schedule": ["target.input"],
};

const disallowSecretInText: ResourceRule = {
  id: "disallow-secret-in-text",
  title: "No secret stands in a script",
  description:
    "User data, definitions and documents hold no access key, private key or password: whoever may describe them reads it.",
  severity: "critical",
  controls: ["NIST-800-53 IA-5(7)", "PCI-DSS-4.0 8.6.2"],
  remediation: "read the secret from Secrets Manager when the program starts, by the role that it has",
  appliesTo: Object.keys(TEXTS),
  check(resource, report) {
    for (const path of TEXTS[resource.type] ?? []) {
      const text = textOf(at(resource.props, path));
      if ([text, decoded(text)].some(hasSecretForm)) {
        report({ path, found: "a text that holds a secret", required: "no secret" });
      }
    }
  },
};

const disallowPlainParameter: ResourceRule = {
  id: "disallow-plain-secret-parameter",
  title: "Secret parameters are encrypted",
  description: "A parameter that is named as a secret, or has the form of one, has the type SecureString.",
  severity: "high",
  controls: ["FSBP SSM.2", "NIST-800-53 SC-28", "NIST-800-53 IA-5(7)"],
  remediation: "set type to SecureString and keyId to a customer managed key",
  appliesTo: ["aws:ssm/parameter:Parameter"],
  check({ name, props }, report) {
    const type = at(props, "type");
    if (type === UNKNOWN || type === "SecureString") return;
    const label = textOf(at(props, "name")) || name;
    const value = textOf(at(props, "value")) || textOf(at(props, "insecureValue"));
    if (secretLike(label, value) !== undefined) report({ path: "type", found: type, required: '"SecureString"' });
  },
};

const disallowProviderKeys: ResourceRule = {
  id: "disallow-provider-keys",
  title: "No provider has keys in its configuration",
  description: "A provider takes its credentials from where it runs, not from keys that the program holds.",
  severity: "critical",
  controls: ["NIST-800-53 IA-5(7)", "PCI-DSS-4.0 8.6.2"],
  remediation: "use OIDC, a profile or a role (assumeRoles); leave accessKey and secretKey out",
  appliesTo: ["pulumi:providers:aws"],
  check({ props }, report) {
    for (const path of ["accessKey", "secretKey"]) {
      if (!isMissing(at(props, path))) report({ path, found: "a key", required: "nothing" });
    }
  },
};

export const secretRules: readonly Rule[] = [
  disallowSecretInText,
  disallowPlainParameter,
  disallowProviderKeys,
  propertyRule({
    id: "require-secure-parameter",
    title: "Parameters are encrypted",
    description: "A parameter has the type SecureString, whatever it holds.",
    severity: "low",
    level: "disabled",
    controls: ["NIST-800-53 SC-28"],
    remediation: "set type to SecureString",
    property: { "aws:ssm/parameter:Parameter": "type" },
    must: oneOf("SecureString"),
  }),
  companionRule({
    id: "require-secret-rotation",
    title: "Secrets are rotated",
    description: "A secret has a rotation.",
    severity: "medium",
    level: "advisory",
    controls: ["FSBP SecretsManager.1", "NIST-800-53 IA-5(1)", "PCI-DSS-4.0 8.6.3"],
    remediation: "add a SecretRotation",
    holders: ["aws:secretsmanager/secret:Secret"],
    companions: { "aws:secretsmanager/secretRotation:SecretRotation": "secretId" },
    path: "rotation",
    required: "a SecretRotation of the secret",
  }),
  propertyRule({
    id: "require-secret-rotation-within-90-days",
    title: "Secrets are rotated within 90 days",
    description: "A rotation changes its secret every 90 days at least.",
    severity: "medium",
    controls: ["FSBP SecretsManager.4", "NIST-800-53 IA-5(1)", "PCI-DSS-4.0 8.6.3"],
    remediation: "set rotationRules.automaticallyAfterDays to 90 or less",
    property: { "aws:secretsmanager/secretRotation:SecretRotation": "rotationRules.automaticallyAfterDays" },
    where: lacks("rotationRules.scheduleExpression"),
    must: { words: "1 to 90", accepts: (value) => numberOf(value) >= 1 && numberOf(value) <= 90 },
  }),
  propertyRule({
    id: "require-managed-database-password",
    title: "Passwords of databases are kept by AWS",
    description:
      "The password of a database's first user is made, kept and rotated by Secrets Manager, and never in a state or a program.",
    severity: "medium",
    level: "advisory",
    controls: ["NIST-800-53 IA-5(7)", "PCI-DSS-4.0 8.6.2"],
    remediation: "set manageMasterUserPassword to true instead of a password",
    property: {
      ...inTypes(
        "manageMasterUserPassword",
        "aws:rds/instance:Instance",
        "aws:rds/cluster:Cluster",
        "aws:docdb/cluster:Cluster",
      ),
      "aws:redshift/cluster:Cluster": "manageMasterPassword",
    },
    where: (props) => ["password", "masterPassword"].some((path) => has(path)(props)),
    must: on,
  }),
];

/** The decoded base64 text; empty where the text is not base64. */
function decoded(text: string): string {
  return text.length > 15 && /^[A-Za-z0-9+/\s]+=*\s*$/.test(text) ? Buffer.from(text, "base64").toString("utf8") : "";
}
