// SQS: queues, their policies and dead letters.
import type { Cards } from "../card";
import type { Failure } from "../../providers/core/check";
import type { Candidate, Constraint } from "../../providers/core/rules";
import { UNKNOWN, type Value, type Values, isObject, plainAll, text } from "../../providers/core/values";
import type { World } from "../../providers/core/world";
import { dnsSuffix, physicalName } from "../identifiers";
import { documentAt, failure, numberAt } from "../inputs";
import { elsewhere, listed } from "../policies";
import { deadLetterQueue, key, queue, queueArn } from "../references";
import { logs } from "../times";

export const nameForm = (limit: number): Constraint =>
  function* ({ text }) {
    const name = text("name");
    if (name !== undefined && !new RegExp(`^[A-Za-z0-9_-]{1,${limit}}$`).test(name.replace(/\.fifo$/, "")))
      yield failure("name", `"${name}": 1 to ${limit} letters, digits, hyphens and underscores are allowed`);
  };

export const isFifo = (name: string): boolean => name.endsWith(".fifo");

/** The name's ending and the kind agree. */
export const fifoName = (kind: "fifoQueue" | "fifoTopic"): Constraint =>
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

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const QUEUE_RANGES = {
  visibilityTimeoutSeconds: [0, 43_200],
  messageRetentionSeconds: [60, 1_209_600],
  delaySeconds: [0, 900],
  receiveWaitTimeSeconds: [0, 20],
} as const;

const queueRanges: Constraint = function* ({ inputs }) {
  for (const [property, [least, most]] of Object.entries(QUEUE_RANGES)) {
    const value = numberAt(inputs, property);
    if (value !== undefined && (value < least || value > most))
      yield failure(property, `${value} is out of range: ${least} to ${most}`);
  }
};

/** The dead-letter queue is of the same kind, and messages go there after 1 to 1000 tries. */
export const redrive = (
  fifo: (candidate: Parameters<Constraint>[0]) => boolean | undefined,
  counts: boolean,
): Constraint =>
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

/** The ARN of a queue that is given by its URL. */
function arnOfUrl(url: string, { partition }: Candidate): string | undefined {
  const [, region, account, name] = /^https:\/\/sqs\.([^.]+)\.[^/]+\/(\d+)\/([^/]+)$/.exec(url) ?? [];
  return name === undefined ? undefined : `arn:${partition}:sqs:${region ?? ""}:${account ?? ""}:${name}`;
}

/** The ARN of the queue or topic that a candidate is, or belongs to by one of its inputs; undefined while it is unknown. */
function ownArn(candidate: Candidate, property: string): string | undefined {
  const given = candidate.text(property);
  if (given === undefined || given.includes(UNKNOWN)) return undefined;
  if (given.startsWith("arn:")) return given;
  if (given.startsWith("https:")) return arnOfUrl(given, candidate);
  const service = candidate.type.split(/[:/]/)[1] ?? "";
  return `arn:${candidate.partition}:${service}:${candidate.region}:${candidate.accountId}:${given}`;
}

const QUEUE = "aws:sqs/queue:Queue";
const ALLOWS = "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy";

function read(policy: string): Values {
  try {
    const document = JSON.parse(policy) as Value;
    return isObject(document) ? document : {};
  } catch {
    return {};
  }
}

/** Whether a dead-letter queue takes the messages of a queue. */
function letsIn(world: World, url: string | undefined, source: string): boolean {
  if (url === undefined) return true;
  const holders = [world.get(QUEUE, url), ...world.users({ type: QUEUE, id: url }, ALLOWS)];
  return holders.every((holder) => {
    const policy = text(plainAll(holder?.inputs ?? {}).redriveAllowPolicy);
    const said = policy === undefined ? {} : read(policy);
    if (said.redrivePermission === "denyAll") return false;
    return said.redrivePermission !== "byQueue" || listed(said.sourceQueueArns).includes(source);
  });
}

/** The dead-letter queue is another one, of the same account and region, and lets this one in. */
export const deadLetters = (property: string): Constraint =>
  function* (candidate, world) {
    const { document } = documentAt(candidate, "redrivePolicy");
    const target = isObject(document) ? text(document.deadLetterTargetArn) : undefined;
    if (target === undefined || target === "") return;
    const at = "redrivePolicy.deadLetterTargetArn";
    const [scheme, , service, region, account] = target.split(":");
    const own = ownArn(candidate, property);
    const ownRegion = own?.split(":")[3] ?? candidate.region;
    if (scheme !== "arn" || service !== "sqs")
      yield failure(at, `"${target}" is not the ARN of a queue: give the arn of an SQS queue`);
    else if (region !== ownRegion || account !== candidate.accountId)
      yield failure(
        at,
        `"${target}" is of another account or region (InvalidParameterValue): name a queue of ${candidate.accountId} in ${ownRegion}`,
      );
    else if (target === own)
      yield failure(at, "a queue can't be its own dead-letter queue (InvalidParameterValue): make another for them");
    else if (own?.split(":")[2] === "sqs" && !letsIn(world, queueArn.id?.(target, candidate), own))
      yield failure(
        at,
        `the redriveAllowPolicy of "${target}" does not let in ${own} (InvalidParameterValue): add it to its sourceQueueArns`,
      );
  };

function matches(pattern: string, arn: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${escaped}$`, "s").test(arn);
}

/** A policy speaks of its own queue or topic, and of none that only has the same name. */
export const ownPolicy = (property: string): Constraint =>
  function* (candidate) {
    const { document } = documentAt(candidate, "policy");
    const own = ownArn(candidate, property);
    if (document === undefined || own === undefined) return;
    const name = own.split(":").at(-1) ?? own;
    for (const resource of elsewhere(document, (each) => matches(each, own)))
      yield failure(
        "policy",
        `speaks of ${resource}, and not of ${name} to which it belongs (InvalidAttributeValue): name that one`,
      );
  };

const PERMISSIONS: readonly string[] = ["allowAll", "denyAll", "byQueue"];
const SOURCES = 10;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const redriveAllow: Constraint = function* (candidate): Iterable<Failure> {
  const { document, failure: broken } = documentAt(candidate, "redriveAllowPolicy");
  if (broken) yield broken;
  if (!isObject(document)) return;
  const { redrivePermission, sourceQueueArns } = document;
  const permission = text(redrivePermission);
  const sources = listed(sourceQueueArns);
  const at = "redriveAllowPolicy";
  if (permission === undefined || !PERMISSIONS.includes(permission))
    yield failure(
      `${at}.redrivePermission`,
      `${JSON.stringify(redrivePermission ?? null)} is not ${PERMISSIONS.join(", ")}`,
    );
  else if (permission === "byQueue" && (sources.length === 0 || sources.length > SOURCES))
    yield failure(
      `${at}.sourceQueueArns`,
      `${sources.length} queues, and byQueue takes 1 to ${SOURCES}: allowAll for more`,
    );
  else if (permission !== "byQueue" && sourceQueueArns !== undefined)
    yield failure(`${at}.sourceQueueArns`, `goes with redrivePermission byQueue only, and not with ${permission}`);
};

export const cards: Cards = {
  "aws:sqs/queue:Queue": {
    source: "sqs/queue.go",
    id: (resource) =>
      `https://sqs.${resource.region}.${dnsSuffix(resource.partition)}/${resource.accountId}/${physicalName(resource)}`,
    autoname: { property: "name", limit: 80 },
    computed: {
      url: (resource) => resource.id,
      arn: (resource) => resource.arn("sqs", resource.id.split("/").at(-1) ?? ""),
    },
    defaults: {
      contentBasedDeduplication: false,
      delaySeconds: 0,
      fifoQueue: false,
      maxMessageSize: 262_144,
      messageRetentionSeconds: 345_600,
      receiveWaitTimeSeconds: 0,
      visibilityTimeoutSeconds: 30,
    },
    references: { kmsMasterKeyId: key, redrivePolicy: deadLetterQueue },
    policies: { policy: "resource" },
    replaces: "fifoQueue name namePrefix",
    constraints: [
      nameForm(80),
      fifoName("fifoQueue"),
      queueRanges,
      redrive(({ inputs }) => (inputs.fifoQueue === UNKNOWN ? undefined : inputs.fifoQueue === true), true),
      deadLetters("name"),
      ownPolicy("name"),
      redriveAllow,
    ],
    drift: { visibilityTimeoutSeconds: 777 },
    holds: "messages that nobody has handled yet",
    creation: {
      runs: "25s 25s 26s 26s 26s 27s",
      source: `${logs("aws_sqs_queue")}; the provider waits until a queue shows its attributes`,
    },
  },
  "aws:sqs/queuePolicy:QueuePolicy": {
    source: "sqs/queue_policy.go",
    id: (resource) => resource.text("queueUrl"),
    references: { queueUrl: queue },
    policies: { policy: "resource" },
    replaces: "queueUrl",
    constraints: [ownPolicy("queueUrl")],
  },
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": {
    source: "sqs/queue_redrive_allow_policy.go",
    id: (resource) => resource.text("queueUrl"),
    references: { queueUrl: queue },
    replaces: "queueUrl",
    constraints: [redriveAllow],
  },
  "aws:sqs/redrivePolicy:RedrivePolicy": {
    source: "sqs/queue_redrive_policy.go",
    id: (resource) => resource.text("queueUrl"),
    references: { queueUrl: queue, redrivePolicy: deadLetterQueue },
    replaces: "queueUrl",
    constraints: [
      redrive(({ text }) => (text("queueUrl") === undefined ? undefined : isFifo(text("queueUrl") ?? "")), true),
      deadLetters("queueUrl"),
    ],
  },
};
