// CloudWatch, EventBridge, Systems Manager.
import type { TypeRule } from "../core/rules";
import { physicalName } from "./shapes";

export const observability: Readonly<Record<string, TypeRule>> = {
  "aws:cloudwatch/logGroup:LogGroup": {
    autoname: { property: "name", limit: 512 },
    computed: { arn: (birth) => birth.arn("logs", `log-group:${physicalName(birth)}`) },
    defaults: { logGroupClass: "STANDARD", retentionInDays: 0, skipDestroy: false, deletionProtectionEnabled: false },
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    autoname: { property: "name", limit: 255 },
    computed: {
      arn: (birth) => birth.arn("cloudwatch", `alarm:${physicalName(birth)}`),
      evaluateLowSampleCountPercentiles: "",
    },
    defaults: { actionsEnabled: true, treatMissingData: "missing" },
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    id: (birth) => birth.text("alarmName"),
    unique: "alarmName",
    computed: { arn: (birth) => birth.arn("cloudwatch", `alarm:${birth.text("alarmName")}`) },
    defaults: { actionsEnabled: true },
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    id: (birth) => birth.text("dashboardName"),
    unique: "dashboardName",
    computed: {
      dashboardArn: (birth) =>
        `arn:${birth.partition}:cloudwatch::${birth.accountId}:dashboard/${birth.text("dashboardName")}`,
    },
  },
  "aws:cloudwatch/eventRule:EventRule": {
    autoname: { property: "name", limit: 64 },
    uniqueWithin: ["eventBusName"],
    forcedBy: "forceDestroy",
    computed: { arn: (birth) => birth.arn("events", `rule/${physicalName(birth)}`) },
    defaults: { eventBusName: "default" },
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": { unique: false },
  "aws:ssm/parameter:Parameter": {
    autoname: { property: "name", limit: 1011 },
    computed: {
      arn: (birth) => birth.arn("ssm", `parameter/${physicalName(birth).replace(/^\//, "")}`),
      version: 1,
      tier: "Standard",
      dataType: "text",
    },
  },
};
