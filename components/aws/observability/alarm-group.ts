// One message for one cause: the alarms of a thing send nothing by themselves, and a composite alarm over them does.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type AlarmLink, placementProblems, type Problem, tagged, throwIfAny, transformed, unless } from "../../kit";
import { placed } from "../kit";
import type { AlarmGroupArgs } from "./args";
import { chunked } from "./layout";

const TYPE = "archipelago:observability:AlarmGroup";
/**
 * Conditions of one composite alarm. CloudWatch takes 100 alarms, and 10,240 characters with the names of all of them
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html); a condition may name two.
 */
const MOST_CONDITIONS = 40;

/**
 * A composite alarm that goes off while any of its conditions holds, and sends one message then and one when none does any more. Above 40
 * conditions it becomes several, `<name>-2` and so on. Each costs 0.50 USD a month. Another `alarmName` replaces it.
 *
 * CloudWatch evaluates a new alarm once and performs the actions of the state that it finds: with `okMessages` the first deployment sends one message
 * "OK" for each group.
 *
 * @example
 * new AlarmGroup("order", { placement, alarmName: "order", description: "order fails", anyOf: Object.values(order.nodes.alarms), alarmTopicArn });
 */
export class AlarmGroup extends pulumi.ComponentResource {
  /** ARNs of the composite alarms. */
  readonly alarmArns: readonly pulumi.Output<string>[];
  /** The children. */
  readonly nodes: { readonly alarms: readonly aws.cloudwatch.CompositeAlarm[] };

  constructor(name: string, args: AlarmGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    const { alarmName, description, anyOf, alarmTopicArn, okMessages = true, tags, transform } = args;
    throwIfAny(`${TYPE} "${name}"`, problemsOf(args));
    const actions = alarmTopicArn !== undefined && {
      alarmActions: [alarmTopicArn],
      ...(okMessages && { okActions: [alarmTopicArn] }),
    };
    const alarms = chunked(anyOf, MOST_CONDITIONS).map((conditions, index) => {
      const suffix = index === 0 ? "" : `-${index + 1}`;
      return new aws.cloudwatch.CompositeAlarm(
        ...transformed<aws.cloudwatch.CompositeAlarmArgs>(
          transform?.alarm,
          `${name}${suffix}`,
          {
            alarmName: pulumi.interpolate`${alarmName}${suffix}`,
            alarmDescription: description,
            alarmRule: ruleOf(conditions),
            ...actions,
            ...tagged(tags),
          },
          { parent: this },
        ),
      );
    });
    this.nodes = { alarms };
    this.alarmArns = alarms.map(({ arn }) => arn);
    this.registerOutputs({ alarmArns: this.alarmArns });
  }
}

function problemsOf({ placement, anyOf, description }: AlarmGroupArgs): Problem[] {
  return [
    ...placementProblems(placement),
    ...unless(anyOf.length > 0, {
      path: "anyOf",
      value: "nothing",
      allowed: "at least one alarm",
      remedy: "leave the group out",
    }),
    ...unless(description.length <= 1024, {
      path: "description",
      value: `${description.length} characters`,
      allowed: "at most 1024 characters",
      remedy: "shorten it",
    }),
  ];
}

/** A rule that holds while one condition does; a condition of several alarms holds while all of them are in alarm. */
function ruleOf(conditions: AlarmGroupArgs["anyOf"]): pulumi.Output<string> {
  const parts = conditions.map((condition) => {
    const alarms = isList(condition) ? condition : [condition];
    return pulumi.all(alarms.map(({ name }) => name)).apply((names) => {
      const both = names.map((each) => `ALARM("${each}")`).join(" AND ");
      return names.length > 1 ? `(${both})` : both;
    });
  });
  return pulumi.all(parts).apply((all) => all.join(" OR "));
}

function isList(condition: AlarmGroupArgs["anyOf"][number]): condition is readonly AlarmLink[] {
  return Array.isArray(condition);
}
