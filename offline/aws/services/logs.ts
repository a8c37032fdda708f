// CloudWatch Logs.
import type { Cards } from "../card";
import type { Constraint } from "../../providers/core/rules";
import { physicalName } from "../identifiers";
import { failure, numberAt } from "../inputs";
import { key } from "../references";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html; 0 keeps for ever. */
const RETENTION = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const retention: Constraint = function* ({ inputs }) {
  const days = numberAt(inputs, "retentionInDays");
  if (days !== undefined && !RETENTION.includes(days))
    yield failure("retentionInDays", `${days} is not offered: one of ${RETENTION.join(", ")}`);
};

export const cards: Cards = {
  "aws:cloudwatch/logGroup:LogGroup": {
    source: "logs/group.go",
    autoname: { property: "name", limit: 512 },
    computed: { arn: (resource) => resource.arn("logs", `log-group:${physicalName(resource)}`) },
    defaults: { logGroupClass: "STANDARD", retentionInDays: 0, skipDestroy: false, deletionProtectionEnabled: false },
    references: { kmsKeyId: key },
    replaces: "logGroupClass name namePrefix",
    constraints: [retention],
    protectedBy: "deletionProtectionEnabled",
    holds: "logs",
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    source: "logs/metric_filter.go",
    unique: false,
    replaces: "logGroupName name",
  },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
    policies: { policyDocument: "resource" },
  },
  "aws:cloudwatch/logStream:LogStream": {
    uniqueWithin: ["logGroupName"],
  },
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": {
    source: "logs/subscription_filter.go",
    roles: { roleArn: "logs" },
    replaces: "destinationArn logGroup name",
  },
};
