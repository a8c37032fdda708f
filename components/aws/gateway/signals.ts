// Metrics of an API and of a web ACL. Pure.
import type { Metric, Signal } from "../../kit";

/** Signals of a stage of an API; the alarm goes off above ten 5XX answers in five minutes, twice in a row. */
export function apiSignals(of: string, apiName: Metric["dimensions"][string], stage: string): Signal[] {
  const metric = (name: string): Metric => ({
    namespace: "AWS/ApiGateway",
    name,
    dimensions: { ApiName: apiName, Stage: stage },
    statistic: "Sum",
    unit: "count",
    period: 300,
  });
  return [
    {
      of,
      role: "5xx",
      meaning: "errors",
      metric: metric("5XXError"),
      alarmAt: {
        description: `The API ${of} answers with errors (5XX)`,
        comparison: "above",
        threshold: 10,
        periods: 2,
        missingData: "notBreaching",
      },
    },
    { of, role: "4xx", meaning: "errors", metric: metric("4XXError") },
    {
      of,
      role: "response-time",
      meaning: "latency",
      metric: { ...metric("Latency"), statistic: "p95", unit: "milliseconds" },
    },
    { of, role: "requests", meaning: "traffic", metric: metric("Count") },
  ];
}

/** Signals of the default stage of an HTTP API; the alarm is that of a REST API. */
export function httpSignals(of: string, apiId: Metric["dimensions"][string]): Signal[] {
  const names: Readonly<Record<string, string>> = { "5XXError": "5xx", "4XXError": "4xx" };
  return apiSignals(of, apiId, "$default").map((signal) => {
    const { metric } = signal;
    if (!("name" in metric)) return signal;
    const dimensions = { ApiId: apiId, Stage: "$default" };
    return { ...signal, metric: { ...metric, name: names[metric.name] ?? metric.name, dimensions } };
  });
}

/** Signals of a regional web ACL, by the name of its metric (https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html). */
export function firewallSignals(of: string, region: string): Signal[] {
  const metric = (name: string): Metric => ({
    namespace: "AWS/WAFV2",
    name,
    dimensions: { WebACL: of, Rule: "ALL", Region: region },
    statistic: "Sum",
    unit: "count",
    period: 300,
  });
  return [
    { of, role: "allowed", meaning: "traffic", metric: metric("AllowedRequests") },
    { of, role: "blocked", meaning: "traffic", metric: metric("BlockedRequests") },
  ];
}
