// EventBridge: buses, rules and targets.
import type { Cards } from "../card";
import type { Reference } from "../../providers/core/rules";
import { physicalName } from "../identifiers";
import { says } from "../schedules";

const bus: Reference = {
  type: "aws:cloudwatch/eventBus:EventBus",
  id: (value) => (value === "default" || value.startsWith("arn:") ? undefined : value),
};

export const cards: Cards = {
  "aws:cloudwatch/eventBus:EventBus": {},
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": {
    policies: { policy: "resource" },
  },
  "aws:cloudwatch/eventRule:EventRule": {
    source: "events/rule.go",
    autoname: { property: "name", limit: 64 },
    uniqueWithin: ["eventBusName"],
    forcedBy: "forceDestroy",
    computed: { arn: (resource) => resource.arn("events", `rule/${physicalName(resource)}`) },
    defaults: { eventBusName: "default" },
    references: { eventBusName: bus },
    roles: { roleArn: "events" },
    replaces: "eventBusName name namePrefix",
    constraints: [says("scheduleExpression", "rate", "cron")],
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    source: "events/target.go",
    references: {
      rule: { type: "aws:cloudwatch/eventRule:EventRule", keeps: true },
      eventBusName: bus,
    },
    roles: { roleArn: "events" },
    replaces: "eventBusName rule targetId",
  },
};
