import { holdsToSource } from "./document-conditions";
import { isAnybody } from "./document-grants";
import { deliversLogs } from "./log-delivery";
import type { Principal, Statement } from "./document";
import { allowRule } from "./statement-rule";

export const requireConfusedDeputyCondition = allowRule(
  {
    id: "require-confused-deputy-condition",
    title: "AWS services act for this account only",
    description:
      "A service that is let in by its name alone also acts for other customers who know the ARN; so the statement names the account, organization or resource that the service acts for.",
    severity: "high",
    controls: ["NIST-800-53 AC-4", "PCI-DSS-4.0 7.2.5"],
    remediation: "add StringEquals aws:SourceAccount, or ArnLike aws:SourceArn with the account in it",
  },
  ["resource"],
  (statement) => {
    if (!statement.conditionsKnown || statement.conditions.some(holdsToSource)) return [];
    return (statement.principals?.values ?? [])
      .filter((principal) => principal.type === "Service" && !isAnybody(principal))
      .filter((principal) => !deliversLogs(principal, statement) && !publishesEvents(principal, statement))
      .map(({ value: found }) => ({
        element: "Principal",
        found,
        required: "a condition on aws:SourceAccount, aws:SourceArn or aws:SourceOrgID",
      }));
  },
  "service",
);

/** EventBridge sets no condition keys when it publishes to SNS. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html */
function publishesEvents({ value }: Principal, { actions }: Statement): boolean {
  return (
    /^events\.amazonaws\.com(\.cn)?$/.test(value) &&
    actions?.values.every((action) => action.toLowerCase() === "sns:publish") === true
  );
}
