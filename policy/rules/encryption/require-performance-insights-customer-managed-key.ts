import type { ResourceRule } from "../rule";
import { at, UNKNOWN } from "../value";
import { isOn, requireOwnKey } from "./keys";

export const requirePerformanceInsightsCustomerManagedKey: ResourceRule = {
  id: "require-performance-insights-customer-managed-key",
  title: "Performance Insights is encrypted with a key of the account's own",
  description: "Performance Insights, which keeps the text of queries, is encrypted with a customer managed key.",
  severity: "medium",
  controls: ["NIST-800-53 SC-28", "HIPAA 164.312(a)(2)(iv)"],
  remediation: "set performanceInsightsKmsKeyId to the ARN of a customer managed key",
  appliesTo: ["aws:rds/instance:Instance", "aws:rds/cluster:Cluster", "aws:rds/clusterInstance:ClusterInstance"],
  check(database, report) {
    const enabled = at(database.props, "performanceInsightsEnabled");
    if (enabled !== UNKNOWN && isOn(enabled)) requireOwnKey(database, "performanceInsightsKmsKeyId", report);
  },
};
