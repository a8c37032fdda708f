// The rules of a web ACL, in the order in which WAF asks them. No Pulumi runtime here.
import type * as aws from "@pulumi/aws";

/** AWS's rule groups that need no tuning: OWASP's common attacks, and requests that only exploits send. */
const MANAGED = ["AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"] as const;

/**
 * A rate limit for each address, then the managed rule groups.
 *
 * @param rateLimit requests that one address may send in five minutes
 */
export function firewallRules(rateLimit: number): aws.types.input.wafv2.WebAclRule[] {
  return [
    {
      name: "RateLimitRule",
      priority: 1,
      action: { block: {} },
      statement: { rateBasedStatement: { limit: rateLimit, aggregateKeyType: "IP" } },
      visibilityConfig: visibility("RateLimitRule"),
    },
    ...MANAGED.map((name, index) => ({
      name,
      priority: index + 2,
      overrideAction: { none: {} },
      statement: { managedRuleGroupStatement: { vendorName: "AWS", name } },
      visibilityConfig: visibility(name),
    })),
  ];
}

function visibility(metricName: string): aws.types.input.wafv2.WebAclRuleVisibilityConfig {
  return { cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: true };
}
