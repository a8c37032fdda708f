// SNS: topics and subscriptions.
import type { Cards } from "../card";
import type { Constraint } from "../../providers/core/rules";
import { UNKNOWN, isObject } from "../../providers/core/values";
import { physicalName, uuid } from "../identifiers";
import { documentAt, failure, isFilled } from "../inputs";
import { deadLetterQueue, key, topic } from "../references";
import { deadLetters, fifoName, isFifo, nameForm, ownPolicy, redrive } from "./sqs";

/** internal/service/sns/topic.go */
const fifoOnly: Constraint = function* ({ inputs }) {
  if (inputs.fifoTopic === true || inputs.fifoTopic === UNKNOWN) return;
  for (const property of ["archivePolicy", "fifoThroughputScope"])
    if (isFilled(inputs[property])) yield failure(property, "only FIFO topics have one: set fifoTopic to true");
};

/** https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html */
const BEYOND_FIFO: ReadonlySet<string> = new Set(["email", "email-json", "http", "https", "sms", "application"]);

const subscription: Constraint = function* (candidate) {
  const { text } = candidate;
  const [topic, endpoint, protocol] = [text("topic"), text("endpoint"), text("protocol")];
  if (topic === undefined || endpoint === undefined) return;
  if (protocol === "sqs" && !/^arn:[^:]*:sqs:/.test(endpoint))
    yield failure("endpoint", `"${endpoint}" is not the ARN of a queue: give its arn, not its url`);
  else if (isFifo(endpoint) && !isFifo(topic))
    yield failure("endpoint", "a standard topic can't deliver to a FIFO queue: make both FIFO, or both standard");
  if (isFifo(topic) && protocol !== undefined && BEYOND_FIFO.has(protocol))
    yield failure("protocol", `a FIFO topic can't deliver by ${protocol}: subscribe a queue, with protocol sqs`);
  const { document, failure: broken } = documentAt(candidate, "filterPolicy");
  if (broken) yield broken;
  for (const [key, value] of Object.entries(isObject(document) ? document : {})) {
    if (!Array.isArray(value) && text("filterPolicyScope") !== "MessageBody")
      yield failure(`filterPolicy.${key}`, `${JSON.stringify(value)} is not a list: each key takes a list of values`);
  }
};

export const cards: Cards = {
  "aws:sns/topic:Topic": {
    source: "sns/topic.go",
    id: (resource) => resource.arn("sns", physicalName(resource)),
    autoname: { property: "name", limit: 256 },
    computed: {
      arn: (resource) => resource.id,
      owner: (resource) => resource.accountId,
      beginningArchiveTime: "",
      policy: (resource) =>
        JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "owner",
              Effect: "Allow",
              Principal: { AWS: "*" },
              Action: ["SNS:Publish"],
              Resource: resource.id,
              Condition: { StringEquals: { "AWS:SourceOwner": resource.accountId } },
            },
          ],
        }),
    },
    defaults: { fifoTopic: false, contentBasedDeduplication: false },
    references: { kmsMasterKeyId: key },
    roles: Object.fromEntries(
      ["application", "firehose", "http", "lambda", "sqs"].flatMap((by) =>
        ["Success", "Failure"].map((outcome) => [`${by}${outcome}FeedbackRoleArn`, "sns"]),
      ),
    ),
    policies: { policy: "resource" },
    replaces: "fifoTopic name namePrefix",
    constraints: [fifoOnly, nameForm(256), fifoName("fifoTopic"), ownPolicy("name")],
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    source: "sns/topic_policy.go",
    id: (resource) => resource.text("arn"),
    computed: { owner: (resource) => resource.accountId },
    references: { arn: topic },
    policies: { policy: "resource" },
    replaces: "arn",
    constraints: [ownPolicy("arn")],
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    source: "sns/topic_subscription.go",
    id: (resource) => `${resource.text("topic")}:${uuid(resource)}`,
    computed: {
      arn: (resource) => resource.id,
      ownerId: (resource) => resource.accountId,
      confirmationWasAuthenticated: true,
      pendingConfirmation: (resource) => resource.text("protocol").startsWith("email"),
      filterPolicyScope: (resource) => (resource.inputs.filterPolicy === undefined ? undefined : "MessageAttributes"),
    },
    defaults: { rawMessageDelivery: false, confirmationTimeoutInMinutes: 1, endpointAutoConfirms: false },
    references: { topic, redrivePolicy: deadLetterQueue },
    roles: { subscriptionRoleArn: "sns" },
    replaces: "endpoint protocol topic",
    constraints: [
      subscription,
      redrive(({ text }) => (text("topic") === undefined ? undefined : isFifo(text("topic") ?? "")), false),
      deadLetters("topic"),
    ],
  },
};
