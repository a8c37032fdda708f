import { isAnybody } from "./document-grants";
import { holdsToSource } from "./document-conditions";
import { allowRule } from "./statement-rule";

/**
 * Services whose own pages ask for aws:SourceAccount or aws:SourceArn in the trust policy of their role. Other services set
 * neither key when they assume a role, or their pages show the trust without a condition (EC2, Lambda, EKS).
 */
const ASKING =
  /^(ecs-tasks|scheduler|pipes|states|vpc-flow-logs|monitoring\.rds|firehose|bedrock|transfer|dms|logs(\.[a-z0-9-]+)?|config)\.amazonaws\.com(\.cn)?$/;

export const requireTrustSourceCondition = allowRule(
  {
    id: "require-trust-source-condition",
    title: "Roles of AWS services act for this account only",
    description:
      "A role that an AWS service assumes names the account or the resource that the service acts for, where the service's own page asks for it. The right to pass the role protects it too, so this is advice.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 AC-4"],
    remediation:
      "add StringEquals aws:SourceAccount, or ArnLike aws:SourceArn with the account in it, to the trust policy",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
  },
  ["trust"],
  (statement) => {
    if (!statement.conditionsKnown || statement.conditions.some(holdsToSource)) return [];
    return (statement.principals?.values ?? [])
      .filter((principal) => principal.type === "Service" && !isAnybody(principal) && ASKING.test(principal.value))
      .map(({ value: found }) => ({
        element: "Principal",
        found,
        required: "a condition on aws:SourceAccount or aws:SourceArn",
      }));
  },
);
