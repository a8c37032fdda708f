// Application Auto Scaling.
import type { Cards } from "../card";
import type { Constraint } from "../../providers/core/rules";
import { physicalName } from "../identifiers";
import { failure, numberAt } from "../inputs";
import { says } from "../schedules";

const scaling: Constraint = function* ({ inputs }) {
  const [least, most] = [numberAt(inputs, "minCapacity"), numberAt(inputs, "maxCapacity")];
  if (least !== undefined && most !== undefined && least > most)
    yield failure("minCapacity", `${least} is above maxCapacity ${most}: lower it, or raise that`);
};

export const cards: Cards = {
  "aws:appautoscaling/policy:Policy": {
    source: "appautoscaling/policy.go",
    id: (resource) => physicalName(resource),
    autoname: { property: "name", limit: 255 },
    unique: false,
    recordedWithin: ["resourceId", "scalableDimension"],
    computed: {
      arn: (resource) =>
        resource.arn(
          "autoscaling",
          `scalingPolicy:${resource.hex(32)}:resource/${resource.text("serviceNamespace")}/${resource.text("resourceId")}:policyName/${physicalName(resource)}`,
        ),
      alarmArns: [],
    },
    defaults: { policyType: "StepScaling" },
    replaces: "name resourceId scalableDimension serviceNamespace",
  },
  "aws:appautoscaling/scheduledAction:ScheduledAction": {
    source: "appautoscaling/scheduled_action.go",
    uniqueWithin: ["resourceId", "scalableDimension"],
    replaces: "name resourceId scalableDimension serviceNamespace",
    constraints: [says("schedule", "rate", "cron", "at")],
  },
  "aws:appautoscaling/target:Target": {
    source: "appautoscaling/target.go",
    id: (resource) => resource.text("resourceId"),
    recordedWithin: ["scalableDimension"],
    computed: {
      arn: (resource) => resource.arn("application-autoscaling", `scalable-target/${resource.hex(34)}`),
      roleArn: (resource) =>
        `arn:${resource.partition}:iam::${resource.accountId}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`,
    },
    references: {
      resourceId: {
        type: "aws:ecs/service:Service",
        // A preview of a new cluster does not know the service's ARN yet: it holds the cluster's name.
        late: true,
        id: (value, { partition, region, accountId }) =>
          value.startsWith("service/") ? `arn:${partition}:ecs:${region}:${accountId}:${value}` : undefined,
      },
    },
    roles: { roleArn: "application-autoscaling" },
    replaces: "resourceId scalableDimension serviceNamespace",
    constraints: [scaling],
  },
};
