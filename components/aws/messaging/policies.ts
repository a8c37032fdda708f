// Resource policies of queues and topics, and the IAM statements of grants.
import type * as pulumi from "@pulumi/pulumi";
import { constantCase, type Grant, type Placement, servicePrincipal, type Statement } from "../../kit";
import { denyInsecureTransport, denyOtherAccounts, TOPIC_ACTIONS, useKeyThrough } from "../kit";

/** A queue's own policy: this account, over TLS; and SNS for the topics named, if any. */
export function queueStatements(
  placement: Placement,
  queueArn: pulumi.Input<string>,
  topicArns: readonly pulumi.Input<string>[],
): Statement[] {
  return [
    denyOtherAccounts(placement, "sqs:*", queueArn),
    denyInsecureTransport("sqs:*", queueArn),
    ...(topicArns.length === 0
      ? []
      : [
          {
            Sid: "DeliverFromTopics",
            Principal: { Service: servicePrincipal("sns", placement) },
            Action: "sqs:SendMessage",
            Resource: queueArn,
            // Whole ARNs name the account too; SNS is documented to send aws:SourceArn and nothing more.
            Condition: { ArnEquals: { "aws:SourceArn": topicArns } },
          },
        ]),
  ];
}

/** A topic's own policy: this account, over TLS. */
export function topicStatements(placement: Placement, topicArn: pulumi.Input<string>): Statement[] {
  return [denyOtherAccounts(placement, TOPIC_ACTIONS, topicArn), denyInsecureTransport(TOPIC_ACTIONS, topicArn)];
}

/** What a grant is made of. */
export interface GrantSource {
  readonly placement: Placement;
  readonly keyArn: pulumi.Input<string>;
}

/** The right to publish. */
export function publishGrant(
  source: GrantSource,
  topic: string,
  topicArn: pulumi.Input<string>,
  eventTypes: readonly string[] | undefined,
): Grant {
  const variable = constantCase(`${topic}-topic`);
  return {
    statements: [
      { Action: "sns:Publish", Resource: topicArn },
      useKey(source, "sns", ["kms:Decrypt", "kms:GenerateDataKey"]),
    ],
    environment: {
      [`${variable}_ARN`]: topicArn,
      ...(eventTypes && { [`${variable}_EVENT_TYPES`]: eventTypes.join(",") }),
    },
  };
}

/** A queue as grants name it. */
export interface GrantedQueue {
  /** As the user called it. */
  readonly name: string;
  readonly arn: pulumi.Input<string>;
  readonly url: pulumi.Input<string>;
}

/** The right to send. */
export function sendGrant(source: GrantSource, queue: GrantedQueue): Grant {
  const actions = ["sqs:GetQueueUrl", "sqs:SendMessage"];
  return queueGrant(queue, actions, useKey(source, "sqs", ["kms:Decrypt", "kms:GenerateDataKey"]));
}

/** The right of something of AWS's, such as a state machine, to send to several queues. It has their URLs and gets no variables. */
export function deliverGrant(source: GrantSource, queueArns: readonly pulumi.Input<string>[]): Grant {
  return {
    statements: [
      { Action: "sqs:SendMessage", Resource: queueArns },
      useKey(source, "sqs", ["kms:Decrypt", "kms:GenerateDataKey"]),
    ],
  };
}

/** The right to receive and to settle what was received. */
export function consumeGrant(source: GrantSource, queue: GrantedQueue): Grant {
  const actions = [
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "sqs:ReceiveMessage",
  ];
  return queueGrant(queue, actions, useKey(source, "sqs", "kms:Decrypt"));
}

function queueGrant({ name, arn, url }: GrantedQueue, actions: readonly string[], key: Statement): Grant {
  return {
    statements: [{ Action: actions, Resource: arn }, key],
    environment: { [`${constantCase(name)}_URL`]: url },
  };
}

function useKey({ placement, keyArn }: GrantSource, service: string, actions: string | readonly string[]): Statement {
  return useKeyThrough(service, placement, keyArn, actions);
}
