// A function for each entrance, outside the network: it sends health requests to the entrance as clients do, and reports the number of failed requests.
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { LambdaFunction, productHandler } from "../../../components/aws/function";
import { alarmsOf, signalAlarms } from "../../../components/aws/kit";
import type { AlarmLink, Signal } from "../../../components/kit";
import { keyOf } from "../../model/edges";
import type { EntranceNode } from "../../model/kinds/entrance";
import { nodesOf } from "../../model/lookup";
import type { Bound } from "../target";
import type { Foundation } from "./foundation";

const ENTRY = productHandler(join(__dirname, "../../functions/health-monitor/index"));

/** 5XX answers in five minutes above which a monitor publishes an alert: the number of the alarm. */
const ERROR_THRESHOLD = "10";

/** The monitor of an entrance. */
export interface HealthMonitor {
  readonly function: LambdaFunction;
  /** Alarm on health checks that fail twice in a row. */
  readonly alarms: readonly AlarmLink[];
}

/** Creates the functions; each publishes one alert every five minutes at most. */
export function createHealthMonitors(
  foundation: Foundation,
  built: ReadonlyMap<string, Bound>,
): readonly HealthMonitor[] {
  return nodesOf(foundation.plan, "entrance").flatMap((node) => {
    const bound = built.get(keyOf(node));
    const metric = bound?.signals?.find(({ role }) => role === "5xx")?.metric;
    const urls = bound?.outputs?.entrances;
    const url = urls === undefined || pulumi.Output.isInstance(urls) ? undefined : urls[node.name];
    if (metric === undefined || "expression" in metric || url === undefined) return [];
    return [createMonitor(foundation, node, metric.dimensions, url)];
  });
}

function createMonitor(
  { plan, placement, alerts, opts }: Foundation,
  node: EntranceNode,
  { ApiName, ApiId, Stage = "" }: Readonly<Record<string, pulumi.Input<string>>>,
  url: pulumi.Output<string>,
): HealthMonitor {
  const name = `${node.name}-health-monitor`;
  const namespace = `${plan.system}/${plan.environment.name}/Health`;
  const made = new LambdaFunction(
    name,
    {
      placement,
      description: `Alerts when the entrance ${node.name} answers with errors, and asks for its health`,
      code: { entry: ENTRY },
      every: "5m",
      environment: {
        ENTRANCE: node.name,
        ...(ApiName !== undefined && { API_NAME: ApiName }),
        ...(ApiId !== undefined && { API_ID: ApiId }),
        API_STAGE: Stage,
        ERROR_THRESHOLD,
        HEALTH_URL: pulumi.interpolate`${url}/health`,
        // A REST API answers the path itself; an HTTP API has no route for it and answers 404 itself.
        HEALTH_STATUS: node.protocol === "rest" ? "200" : "404",
        METRIC_NAMESPACE: namespace,
      },
      grants: {
        alerts,
        // Metrics belong to no resource (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html).
        metrics: { statements: [{ Sid: "ReadMetrics", Action: "cloudwatch:GetMetricData", Resource: "*" }] },
      },
      logRetentionInDays: plan.environment.logRetentionDays,
      reservedConcurrency: 1,
    },
    opts,
  );
  const signals: readonly Signal[] = [healthSignal(node.name, namespace)];
  const own = { parent: made, tags: undefined, transform: undefined, topicArn: undefined };
  const alarms = signalAlarms({ ...own, nameOf: ({ role }) => `${node.name}-${role}` }, signals);
  return { function: made, alarms: alarmsOf(signals, alarms) };
}

/** Twice in a row, so that a name that is new in DNS rings no alarm; without data none, so that a new stack is silent. */
function healthSignal(of: string, namespace: string): Signal {
  return {
    of,
    role: "unhealthy",
    meaning: "errors",
    metric: {
      namespace,
      name: "Failures",
      dimensions: { Entrance: of },
      statistic: "Sum",
      unit: "count",
      period: 300,
    },
    alarmAt: {
      description: `The entrance ${of} does not answer its health check from outside`,
      comparison: "above",
      threshold: 0,
      periods: 2,
      missingData: "notBreaching",
    },
  };
}
