// A function for each REST entrance that looks for failed requests, apart from alarms: it says in words how many there were.
import { join } from "node:path";
import { LambdaFunction, productHandler } from "../../../components/aws/function";
import { keyOf } from "../../model/edges";
import { isEntrance } from "../../model/lookup";
import type { Bound } from "../target";
import type { Foundation } from "./foundation";

const ENTRY = productHandler(join(__dirname, "../../functions/health-monitor/index"));

/** 5XX answers in five minutes above which a monitor publishes an alert: the number of the alarm. */
const ERROR_THRESHOLD = "10";

/** Creates the functions; each publishes one alert every five minutes at most. */
export function createHealthMonitors(
  { plan, placement, alerts, opts }: Foundation,
  built: ReadonlyMap<string, Bound>,
): LambdaFunction[] {
  return plan.nodes.filter(isEntrance).flatMap((node) => {
    const metric = built.get(keyOf(node))?.signals?.find(({ role }) => role === "5xx")?.metric;
    const { ApiName, Stage } = metric === undefined || "expression" in metric ? {} : metric.dimensions;
    if (ApiName === undefined || Stage === undefined) return [];
    return [
      new LambdaFunction(
        `${node.name}-health-monitor`,
        {
          placement,
          description: `Alerts when the entrance ${node.name} answers with errors`,
          code: { entry: ENTRY },
          every: "5m",
          environment: { API_NAME: ApiName, API_STAGE: Stage, ERROR_THRESHOLD },
          grants: {
            alerts,
            // Metrics belong to no resource (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html).
            metrics: { statements: [{ Sid: "ReadMetrics", Action: "cloudwatch:GetMetricData", Resource: "*" }] },
          },
          logRetentionInDays: plan.environment.logRetentionDays,
          reservedConcurrency: 1,
        },
        opts,
      ),
    ];
  });
}
