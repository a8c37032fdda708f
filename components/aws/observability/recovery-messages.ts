// The message that an alarm is over. An OK action is also performed for the state that CloudWatch finds first, so each new alarm would send one; an event has
// the state before, too.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { placementProblems, tagged, throwIfAny, transformed } from "../../kit";
import { placed } from "../kit";
import type { RecoveryMessagesArgs } from "./args";

const TYPE = "archipelago:observability:RecoveryMessages";

/**
 * Sends a message to a topic when a composite alarm changes from ALARM to OK, and none when a new alarm becomes OK. The topic's policy lets EventBridge
 * publish, as that of {@link AlarmTopic} does. It costs nothing; nothing is replaced.
 *
 * @example
 * new RecoveryMessages("recovery", { placement, alarmNames: "shop-prod-*", alarmTopicArn: alarms.topicArn });
 */
export class RecoveryMessages extends pulumi.ComponentResource {
  /** The children. */
  readonly nodes: { readonly rule: aws.cloudwatch.EventRule; readonly target: aws.cloudwatch.EventTarget };

  constructor(name: string, args: RecoveryMessagesArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    const { placement, alarmNames, alarmTopicArn, tags, transform } = args;
    throwIfAny(`${TYPE} "${name}"`, placementProblems(placement));
    const rule = new aws.cloudwatch.EventRule(
      ...transformed<aws.cloudwatch.EventRuleArgs>(
        transform?.rule,
        name,
        {
          description: "Alarms that are over",
          eventPattern: recoveryOf(alarmNames),
          ...tagged(tags),
        },
        { parent: this },
      ),
    );
    const target = new aws.cloudwatch.EventTarget(
      ...transformed<aws.cloudwatch.EventTargetArgs>(
        transform?.target,
        name,
        {
          rule: rule.name,
          arn: alarmTopicArn,
          inputTransformer: {
            inputPaths: { alarm: "$.detail.alarmName", time: "$.time" },
            inputTemplate: '"OK: the alarm <alarm> is over since <time>"',
          },
        },
        { parent: this },
      ),
    );
    this.nodes = { rule, target };
    this.registerOutputs({});
  }
}

/**
 * Composite alarms that change from ALARM to OK: they alone have a rule.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
function recoveryOf(alarmNames: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.jsonStringify({
    source: ["aws.cloudwatch"],
    "detail-type": ["CloudWatch Alarm State Change"],
    detail: {
      alarmName: [{ wildcard: alarmNames }],
      configuration: { alarmRule: [{ exists: true }] },
      state: { value: ["OK"] },
      previousState: { value: ["ALARM"] },
    },
  });
}
