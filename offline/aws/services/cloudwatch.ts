// CloudWatch: alarms, dashboards, saved queries.
import type { Card, Cards } from "../card";
import type { Constraint } from "../../providers/core/rules";
import { isObject } from "../../providers/core/values";
import { physicalName } from "../identifiers";
import { documentAt, failure, isFilled, isUnknown, numberAt, objectsAt } from "../inputs";
import { topic } from "../references";

const alarmActions = { "alarmActions[]": topic, "okActions[]": topic, "insufficientDataActions[]": topic };

const dashboard: Constraint = function* (candidate) {
  const { document, failure: broken } = documentAt(candidate, "dashboardBody");
  if (broken) yield broken;
  else if (document !== undefined && (!isObject(document) || !Array.isArray(document.widgets)))
    yield failure("dashboardBody.widgets", "is missing: a dashboard is an object with a list of widgets");
};

/** internal/service/cloudwatch/metric_alarm.go */
const alarmMetric: Constraint = function* ({ inputs }) {
  if (isUnknown(inputs, "metricName", "metricQueries", "statistic", "extendedStatistic")) return;
  if (isFilled(inputs.metricName) && !isFilled(inputs.statistic) && !isFilled(inputs.extendedStatistic))
    yield failure("statistic", "is missing: an alarm of a metric has a statistic or an extendedStatistic");
  for (const { value, at } of objectsAt(inputs, "metricQueries"))
    if (isFilled(value.expression) && isFilled(value.metric))
      yield failure(at, "has an expression and a metric: leave one of the two out");
};

const alarmPeriods: Constraint = function* ({ inputs }) {
  const [period, evaluations, datapoints] = ["period", "evaluationPeriods", "datapointsToAlarm"].map((name) =>
    numberAt(inputs, name),
  );
  if (period !== undefined && ![10, 20, 30].includes(period) && (period < 60 || period % 60 !== 0))
    yield failure("period", `${period} s: 10, 20, 30, or a multiple of 60`);
  if (period !== undefined && evaluations !== undefined && period * evaluations > (period >= 3600 ? 604_800 : 86_400))
    yield failure(
      "evaluationPeriods",
      `${evaluations} periods of ${period} s are longer than an alarm may look back: a day, or a week where a period is an hour or more`,
    );
  if (datapoints !== undefined && evaluations !== undefined && datapoints > evaluations)
    yield failure("datapointsToAlarm", `${datapoints} is above evaluationPeriods ${evaluations}: lower it`);
};

const COMPOSITE_ALARM = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

/** AlarmRule of the API: `ALARM(name)`, with a name or an ARN, in quotes or not. */
const NAMED = /\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|([^)\s]*))\s*\)/gi;
function alarmsIn(rule: unknown): ReadonlySet<string> {
  const found = typeof rule === "string" ? [...rule.matchAll(NAMED)] : [];
  return new Set(found.map(([, quoted, plain = ""]) => (quoted ?? plain).replace(/^arn:.*:alarm:/, "")));
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
const alarmRule: Constraint = function* ({ inputs }) {
  const { size } = alarmsIn(inputs.alarmRule);
  if (size > 100)
    yield failure("alarmRule", `${size} alarms: a composite alarm is made of at most 100, so make several`);
};

/** Cache of the alarms in a composite alarm's rule; each deletion needs them. */
const parsed = new Map<string, ReadonlySet<string>>();

/** DeleteAlarms refuses an alarm that a composite alarm depends on (hashicorp/terraform-provider-aws/issues/34807). */
const inUse: NonNullable<Card["undeletable"]> = (existing, world) => {
  const group = world.all(COMPOSITE_ALARM).find(({ outputs }) => {
    const rule = typeof outputs.alarmRule === "string" ? outputs.alarmRule : "";
    const names = parsed.get(rule) ?? alarmsIn(rule);
    parsed.set(rule, names);
    return names.has(existing.id);
  });
  return group && `composite alarm ${group.id} depends on it: remove it from the rule first`;
};

export const cards: Cards = {
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    source: "cloudwatch/composite_alarm.go",
    id: (resource) => resource.text("alarmName"),
    unique: "alarmName",
    computed: { arn: (resource) => resource.arn("cloudwatch", `alarm:${resource.text("alarmName")}`) },
    defaults: { actionsEnabled: true },
    references: alarmActions,
    replaces: "actionsEnabled alarmName",
    constraints: [alarmRule],
    undeletable: inUse,
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    source: "cloudwatch/dashboard.go",
    id: (resource) => resource.text("dashboardName"),
    unique: "dashboardName",
    computed: {
      dashboardArn: (resource) =>
        `arn:${resource.partition}:cloudwatch::${resource.accountId}:dashboard/${resource.text("dashboardName")}`,
    },
    replaces: "dashboardName",
    constraints: [dashboard],
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    source: "cloudwatch/metric_alarm.go",
    autoname: { property: "name", limit: 255 },
    computed: {
      arn: (resource) => resource.arn("cloudwatch", `alarm:${physicalName(resource)}`),
      evaluateLowSampleCountPercentiles: "",
    },
    defaults: { actionsEnabled: true, treatMissingData: "missing" },
    references: alarmActions,
    replaces: "name",
    constraints: [alarmMetric, alarmPeriods],
    undeletable: inUse,
  },
  "aws:cloudwatch/queryDefinition:QueryDefinition": {
    source: "logs/query_definition.go",
    replaces: "",
  },
};
