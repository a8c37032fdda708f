// Queues, topics, and what is between them.
import type { Constraint } from "../../core/rules";
import { isObject, UNKNOWN } from "../../core/values";
import { deadLetters, ownPolicy, redriveAllow } from "./queues";
import { documentAt, failure, numberAt } from "./support";

const QUEUE = "aws:sqs/queue:Queue";
/** https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html */
const BEYOND_FIFO: ReadonlySet<string> = new Set(["email", "email-json", "http", "https", "sms", "application"]);
const isFifo = (name: string): boolean => name.endsWith(".fifo");

/** The name's ending and the kind agree. */
const fifoName = (kind: "fifoQueue" | "fifoTopic"): Constraint =>
  function* ({ inputs, text }) {
    const name = text("name");
    const given = inputs[kind];
    if (name === undefined || given === UNKNOWN) return;
    if (given === true && !isFifo(name))
      yield failure("name", `"${name}": the name of a FIFO ${kind.slice(4).toLowerCase()} ends in ".fifo"`);
    if (given !== true && isFifo(name))
      yield failure(kind, `"${name}" is a FIFO name: set ${kind} to true, or choose a name without ".fifo"`);
    if (given !== true && inputs.contentBasedDeduplication === true)
      yield failure(
        "contentBasedDeduplication",
        `only FIFO ${kind.slice(4).toLowerCase()}s deduplicate: set ${kind} to true`,
      );
  };

const nameForm = (limit: number): Constraint =>
  function* ({ text }) {
    const name = text("name");
    if (name !== undefined && !new RegExp(`^[A-Za-z0-9_-]{1,${limit}}$`).test(name.replace(/\.fifo$/, "")))
      yield failure("name", `"${name}": 1 to ${limit} letters, digits, hyphens and underscores are allowed`);
  };

/** The dead-letter queue is of the same kind, and messages go there after 1 to 1000 tries. */
const redrive = (fifo: (candidate: Parameters<Constraint>[0]) => boolean | undefined, counts: boolean): Constraint =>
  function* (candidate) {
    const { document, failure: broken } = documentAt(candidate, "redrivePolicy");
    if (broken) yield broken;
    if (!isObject(document)) return;
    const target = document.deadLetterTargetArn;
    const own = fifo(candidate);
    if (typeof target !== "string" || target === "") {
      yield failure("redrivePolicy.deadLetterTargetArn", "is missing: the ARN of the dead-letter queue");
    } else if (own !== undefined && own !== isFifo(target)) {
      const [ours, theirs] = own ? ["a FIFO queue", "a standard one"] : ["a standard queue", "a FIFO one"];
      yield failure(
        "redrivePolicy.deadLetterTargetArn",
        `${theirs} can't hold the dead letters of ${ours}: name a queue of the same kind`,
      );
    }
    const tries = numberAt(document, "maxReceiveCount");
    if (counts && (tries === undefined || tries < 1 || tries > 1000))
      yield failure(
        "redrivePolicy.maxReceiveCount",
        `${JSON.stringify(document.maxReceiveCount ?? null)} is out of range: 1 to 1000`,
      );
  };

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

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const QUEUE_RANGES = {
  visibilityTimeoutSeconds: [0, 43_200],
  messageRetentionSeconds: [60, 1_209_600],
  delaySeconds: [0, 900],
  receiveWaitTimeSeconds: [0, 20],
} as const;

const queueKind: Constraint = function* ({ inputs }) {
  for (const [property, [least, most]] of Object.entries(QUEUE_RANGES)) {
    const value = numberAt(inputs, property);
    if (value !== undefined && (value < least || value > most))
      yield failure(property, `${value} is out of range: ${least} to ${most}`);
  }
};

export const messaging: Readonly<Record<string, readonly Constraint[]>> = {
  [QUEUE]: [
    nameForm(80),
    fifoName("fifoQueue"),
    queueKind,
    redrive(({ inputs }) => (inputs.fifoQueue === UNKNOWN ? undefined : inputs.fifoQueue === true), true),
    deadLetters("name"),
    ownPolicy("name"),
    redriveAllow,
  ],
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": [redriveAllow],
  "aws:sqs/queuePolicy:QueuePolicy": [ownPolicy("queueUrl")],
  "aws:sqs/redrivePolicy:RedrivePolicy": [
    redrive(({ text }) => (text("queueUrl") === undefined ? undefined : isFifo(text("queueUrl") ?? "")), true),
    deadLetters("queueUrl"),
  ],
  "aws:sns/topic:Topic": [nameForm(256), fifoName("fifoTopic"), ownPolicy("name")],
  "aws:sns/topicPolicy:TopicPolicy": [ownPolicy("arn")],
  "aws:sns/topicSubscription:TopicSubscription": [
    subscription,
    redrive(({ text }) => (text("topic") === undefined ? undefined : isFifo(text("topic") ?? "")), false),
    deadLetters("topic"),
  ],
};
