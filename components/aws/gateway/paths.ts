// A load balancer's path patterns in WAF's words: `*` is any number of characters, `?` is one. No Pulumi runtime here.
import type * as aws from "@pulumi/aws";

export type ScopeDown = aws.types.input.wafv2.WebAclRuleStatementRateBasedStatementScopeDownStatement;

/** A statement that holds for requests whose path fits one of the patterns. */
export function pathStatement(patterns: readonly string[]): ScopeDown {
  const statements = patterns.map(statementOf);
  const [only] = statements;
  // WAF refuses an OR of one statement.
  return only !== undefined && statements.length === 1 ? only : { orStatement: { statements } };
}

function statementOf(pattern: string): ScopeDown {
  // The path as it came, as the load balancer looks at it.
  const common = { fieldToMatch: { uriPath: {} }, textTransformations: [{ priority: 0, type: "NONE" }] };
  const start = pattern.replace(/\*$/, "");
  if (/[*?]/.test(start)) return { regexMatchStatement: { ...common, regexString: regexOf(pattern) } };
  const positionalConstraint = start === pattern ? "EXACTLY" : "STARTS_WITH";
  return { byteMatchStatement: { ...common, positionalConstraint, searchString: start } };
}

/** A pattern with wildcards inside as a regular expression. */
export function regexOf(pattern: string): string {
  const escaped = pattern.replace(/[.+$^|()[\]{}\\]/g, "\\$&");
  return `^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`;
}
