// Metrics of a state machine. Pure.
import type * as pulumi from "@pulumi/pulumi";
import { type AlarmAt, type Duration, type Metric, seconds, type Signal } from "../../kit";

/** https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html */
export function workflowSignals(of: string, arn: pulumi.Output<string>, slowAfter: Duration | undefined): Signal[] {
  const metric = (name: string): Metric => ({
    namespace: "AWS/States",
    name,
    dimensions: { StateMachineArn: arn },
    statistic: "Sum",
    unit: "count",
    period: 300,
  });
  const any = (description: string): AlarmAt => ({
    description: `${of}: ${description}`,
    comparison: "at least",
    threshold: 1,
    periods: 1,
    missingData: "notBreaching",
  });
  const byHand = "look at its history in Step Functions and finish or undo by hand what it left";
  return [
    {
      of,
      role: "failed",
      meaning: "errors",
      metric: metric("ExecutionsFailed"),
      alarmAt: any(`an execution failed; ${byHand}`),
    },
    {
      ...{ of, role: "timed-out", meaning: "errors", metric: metric("ExecutionsTimedOut") },
      alarmAt: any(`an execution did not end in its time limit and was stopped; ${byHand}`),
    },
    {
      ...{ of, role: "aborted", meaning: "errors", metric: metric("ExecutionsAborted") },
      alarmAt: any(`somebody stopped an execution; ${byHand}`),
    },
    {
      ...{ of, role: "throttled", meaning: "saturation", metric: metric("ExecutionThrottled") },
      alarmAt: any("Step Functions delays its state transitions; ask AWS to raise the quota of state transitions"),
    },
    {
      ...{ of, role: "time", meaning: "latency" },
      metric: { ...metric("ExecutionTime"), statistic: "Maximum", unit: "milliseconds" },
      ...(slowAfter !== undefined && {
        alarmAt: {
          ...any(`an execution took longer than ${slowAfter}; see which step is slow`),
          ...{ comparison: "above", threshold: (seconds(slowAfter) ?? 0) * 1000 },
        },
      }),
    },
    { of, role: "started", meaning: "traffic", metric: metric("ExecutionsStarted") },
    { of, role: "succeeded", meaning: "traffic", metric: metric("ExecutionsSucceeded") },
  ];
}
