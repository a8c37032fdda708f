// Passwords of people: length, age, kinds of characters.
import { atLeast, on } from "../conditions";
import { propertyRule } from "../property-rule";
import type { Rule } from "../rule";
import { isMissing, numberOf } from "../value";

const PASSWORDS = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy";

export const passwordRules: readonly Rule[] = [
  propertyRule({
    id: "require-user-pool-password-length",
    title: "User pools ask for long passwords",
    description:
      "Passwords of a Cognito user pool have 8 characters at least, which is also what Cognito takes where nothing is said.",
    severity: "medium",
    controls: ["FSBP Cognito.3"],
    remediation: "set passwordPolicy.minimumLength to 8 or more",
    property: { "aws:cognito/userPool:UserPool": "passwordPolicy.minimumLength" },
    must: { words: "8 or more", accepts: (value) => isMissing(value) || numberOf(value) >= 8 },
  }),
  propertyRule({
    id: "require-password-length",
    title: "Passwords of the account are long",
    description: "Passwords of the account have 14 characters at least.",
    severity: "medium",
    controls: ["CIS-AWS-3.0 1.8", "FSBP IAM.7"],
    remediation: "set minimumPasswordLength to 14 or more",
    property: { [PASSWORDS]: "minimumPasswordLength" },
    must: atLeast(14),
  }),
  propertyRule({
    id: "require-password-reuse-prevention",
    title: "Passwords of the account are not used again",
    description: "The last 24 passwords of a user can't be used again.",
    severity: "low",
    controls: ["CIS-AWS-3.0 1.9", "FSBP IAM.16"],
    remediation: "set passwordReusePrevention to 24",
    property: { [PASSWORDS]: "passwordReusePrevention" },
    must: atLeast(24),
  }),
  propertyRule({
    id: "require-password-age",
    title: "Passwords of the account end",
    description:
      "Passwords of the account end after 90 days at most, as PCI DSS asks where nothing else protects an account.",
    severity: "low",
    level: "advisory",
    controls: ["PCI-DSS-4.0 8.3.9"],
    remediation: "set maxPasswordAge to 90 or less",
    property: { [PASSWORDS]: "maxPasswordAge" },
    must: { words: "1 to 90", accepts: (value) => numberOf(value) >= 1 && numberOf(value) <= 90 },
  }),
  ...(["Lowercase", "Uppercase"] as const).map((kind) =>
    passwordHas(`require${kind}Characters`, kind.toLowerCase(), "letters"),
  ),
  passwordHas("requireNumbers", "numeric", "digits"),
  passwordHas("requireSymbols", "symbol", "signs"),
];

/** A rule that passwords of the account have a kind of characters. */
function passwordHas(path: string, kind: string, what: string): Rule {
  return propertyRule({
    id: `require-password-${kind}-${what}`,
    title: `Passwords of the account have ${kind} ${what}`,
    description: `Passwords of the account have ${kind} ${what}.`,
    severity: "low",
    controls: ["FSBP IAM.7", "PCI-DSS-4.0 8.3.6"],
    remediation: `set ${path} to true`,
    property: { [PASSWORDS]: path },
    must: on,
  });
}
