// What an alarm topic takes.
import type * as aws from "@pulumi/aws";
import type { Placement, Transform } from "../../kit";
import type { EncryptionKeyArgs } from "../kit";

/** Arguments of {@link AlarmTopic}. */
export interface AlarmTopicArgs {
  readonly placement: Placement;
  /** Address that gets every alarm, once its owner has confirmed the subscription. @default nobody is told */
  readonly email?: string;
  /** Shown as the sender of e-mails, at most 100 characters. @default "Alarms" */
  readonly displayName?: string;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: {
    readonly key?: EncryptionKeyArgs["transform"];
    readonly topic?: Transform<aws.sns.TopicArgs>;
    readonly topicPolicy?: Transform<aws.sns.TopicPolicyArgs>;
    readonly subscription?: Transform<aws.sns.TopicSubscriptionArgs>;
  };
}
