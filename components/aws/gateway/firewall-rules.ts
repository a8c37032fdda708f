// The rules of a web ACL, in the order in which WAF evaluates them. No Pulumi runtime here.
import type * as aws from "@pulumi/aws";
import { mebibytes } from "../../kit";
import type { LargeBody, RouteLimit } from "./args";
import { bodySizeRules, SIZE_RULE } from "./body-size";
import { pathStatement, type ScopeDown } from "./paths";

/** AWS's rule groups that need no tuning: OWASP's common attacks, requests that only exploits send, and SQL injection. */
const MANAGED = [
  "AWSManagedRulesCommonRuleSet",
  "AWSManagedRulesKnownBadInputsRuleSet",
  "AWSManagedRulesSQLiRuleSet",
] as const;

type Rule = aws.types.input.wafv2.WebAclRule;

/** What the rules of a web ACL are made of. */
export interface RuleSettings {
  /** Requests that one address may send in five minutes to what no route names. */
  readonly rateLimit: number;
  readonly routes: Readonly<Record<string, RouteLimit>>;
  readonly largeBodies: Readonly<Record<string, LargeBody>>;
  /** Whether rules count and block nothing. */
  readonly countOnly: boolean;
}

/**
 * The routes' limits, a limit for each address on everything else, the managed rule groups, then the sizes of bodies. Every
 * request counts towards a limit: that of its route, or the general one where no pattern fits. Routes with overlapping patterns both count it.
 */
export function firewallRules({ rateLimit, routes, largeBodies, countOnly }: RuleSettings): Rule[] {
  const limited = Object.entries(routes).sort(([a], [b]) => (a < b ? -1 : 1));
  const everyPath = limited.flatMap(([, { paths }]) => paths);
  const elsewhere = everyPath.length === 0 ? undefined : { notStatement: { statement: pathStatement(everyPath) } };
  const rules: Omit<Rule, "priority">[] = [
    ...limited.map(([name, { paths, perMinute }]) =>
      rateRule(`RateLimit-${name}`, { limit: perMinute, evaluationWindowSec: 60 }, pathStatement(paths)),
    ),
    rateRule("RateLimitRule", { limit: rateLimit }, elsewhere),
    ...MANAGED.map((name) => ({
      name,
      overrideAction: { none: {} },
      statement: { managedRuleGroupStatement: { vendorName: "AWS", name, ...overrides(name, largeBodies) } },
      visibilityConfig: visibility(name),
    })),
    ...bodySizeRules(sizesOf(largeBodies)).map((rule) => ({ ...rule, visibilityConfig: visibility(rule.name) })),
  ];
  return rules.map((rule, index) => ({ ...(countOnly ? counting(rule) : rule), priority: index + 1 }));
}

/** The same rule, which only counts what it would have blocked. */
function counting(rule: Omit<Rule, "priority">): Omit<Rule, "priority"> {
  return { ...rule, ...(rule.action ? { action: { count: {} } } : { overrideAction: { count: {} } }) };
}

/** With `largeBodies`, AWS's size rule only adds its label, and a later rule blocks by path. */
function overrides(group: string, largeBodies: Readonly<Record<string, LargeBody>>) {
  if (group !== MANAGED[0] || Object.keys(largeBodies).length === 0) return {};
  return { ruleActionOverrides: [{ name: SIZE_RULE, actionToUse: { count: {} } }] };
}

function sizesOf(largeBodies: Readonly<Record<string, LargeBody>>) {
  return Object.fromEntries(
    Object.entries(largeBodies).map(([name, body]) => [
      name,
      { ...body, bytes: (mebibytes(body.maxSize) ?? 0) * 1024 ** 2 },
    ]),
  );
}

function rateRule(
  name: string,
  rate: { readonly limit: number; readonly evaluationWindowSec?: number },
  scopeDownStatement: ScopeDown | undefined,
): Omit<Rule, "priority"> {
  return {
    name,
    action: { block: {} },
    statement: {
      rateBasedStatement: { ...rate, aggregateKeyType: "IP", ...(scopeDownStatement && { scopeDownStatement }) },
    },
    visibilityConfig: visibility(name),
  };
}

function visibility(metricName: string): aws.types.input.wafv2.WebAclRuleVisibilityConfig {
  return { cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: true };
}
