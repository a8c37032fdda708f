// EventBridge Scheduler.
import type { Cards } from "../card";
import { says } from "../schedules";

export const cards: Cards = {
  "aws:scheduler/schedule:Schedule": {
    source: "scheduler/schedule.go",
    uniqueWithin: ["groupName"],
    roles: { "target.roleArn": "scheduler" },
    replaces: "groupName name namePrefix",
    constraints: [says("scheduleExpression", "rate", "cron", "at")],
  },
};
