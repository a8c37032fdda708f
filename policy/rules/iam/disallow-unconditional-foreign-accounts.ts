import type { Stack, StackRule } from "../rule";
import type { Document, Statement } from "./document";
import { type Condition, holds } from "./document-conditions";
import { accountOf, allows } from "./document-grants";
import { arnParts, hasWildcard } from "./document-patterns";
import { documentsOf, statementTypes, typesOf } from "./document-places";
import { deliversLogs } from "./log-delivery";

const HELD =
  /^(sts:externalid|aws:principalorgid|aws:principalorgpaths|aws:principalarn|aws:sourcevpce|aws:sourcevpc)$/;

export const disallowUnconditionalForeignAccounts: StackRule = {
  id: "disallow-unconditional-foreign-accounts",
  title: "Other accounts come in under a condition",
  description:
    "Who trusts another account as a whole trusts everybody in it, and everybody for whom it acts; so an external id, an organization or a role is asked for.",
  severity: "high",
  controls: ["NIST-800-53 AC-3", "PCI-DSS-4.0 7.2.5"],
  remediation: "add a condition on sts:ExternalId (a role) or aws:PrincipalOrgID or aws:PrincipalArn (a resource)",
  appliesTo: [...typesOf("trust", "resource"), ...statementTypes("account")],
  checkStack(stack, report) {
    const own = ownAccounts(stack);
    // The stack's account is not known yet.
    if (own.size === 0) return;
    for (const resource of stack.ofType(...this.appliesTo)) {
      for (const document of documentsOf(resource)) {
        if (document.kind !== "trust" && document.kind !== "resource") continue;
        for (const statement of allows(document)) {
          for (const found of foreigners(statement, document, own)) {
            report(resource, {
              path: statement.pathOf("Principal"),
              found,
              required: "a condition on sts:ExternalId, aws:PrincipalOrgID or aws:PrincipalArn",
            });
          }
        }
      }
    }
  },
};

/** Whether a condition requires MFA. Services of third parties can't sign in with MFA, so such a principal is a person. */
function asksForMfa({ operator, ifExists, quantifier, key, values }: Condition): boolean {
  const isAsked = operator === "bool" && !ifExists && quantifier === undefined;
  return isAsked && key === "aws:multifactorauthpresent" && values.join().toLowerCase() === "true";
}

/** The accounts of the stack's resources, from their ARNs. */
function ownAccounts({ resources }: Stack): ReadonlySet<string> {
  const accounts = resources.map(({ type, props }) => {
    const arn = type.startsWith("aws:") ? props.arn : undefined;
    return typeof arn === "string" ? arnParts(arn)?.account : undefined;
  });
  return new Set(accounts.flatMap((account) => (account !== undefined && /^\d{12}$/.test(account) ? [account] : [])));
}

/** Principals that are limited only by the ID of another account. A resource policy may name a role of another account. */
function foreigners(statement: Statement, { kind }: Document, own: ReadonlySet<string>): readonly string[] {
  const held = statement.conditions.some(
    (condition) =>
      holds(condition, HELD, (value) => !hasWildcard(value)) || (kind === "trust" && asksForMfa(condition)),
  );
  if (held || !statement.conditionsKnown) return [];
  return (statement.principals?.values ?? [])
    .filter((principal) => {
      const account = accountOf(principal);
      if (account === undefined || own.has(account) || deliversLogs(principal, statement)) return false;
      return kind === "trust" || /^\d{12}$|:root$/.test(principal.value);
    })
    .map(({ value }) => value);
}
