// Dead letters and policies: which queue may stand in them.
import type { Failure } from "../../core/check";
import { plainAll, isObject, text, UNKNOWN, type Value, type Values } from "../../core/values";
import type { Candidate, Constraint } from "../../core/rules";
import type { World } from "../../core/world";
import { queueArn } from "../references/kinds";
import { elsewhere } from "./iam";
import { listed } from "./policy-language";
import { documentAt, failure } from "./support";

const QUEUE = "aws:sqs/queue:Queue";
const ALLOWS = "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy";

/** The ARN of a queue that is given by its URL. */
function arnOfUrl(url: string, { partition }: Candidate): string | undefined {
  const [, region, account, name] = /^https:\/\/sqs\.([^.]+)\.[^/]+\/(\d+)\/([^/]+)$/.exec(url) ?? [];
  return name === undefined ? undefined : `arn:${partition}:sqs:${region ?? ""}:${account ?? ""}:${name}`;
}

/** The ARN of the queue or topic that a candidate is, or belongs to by one of its inputs; undefined while it is unknown. */
export function ownArn(candidate: Candidate, property: string): string | undefined {
  const given = candidate.text(property);
  if (given === undefined || given.includes(UNKNOWN)) return undefined;
  if (given.startsWith("arn:")) return given;
  if (given.startsWith("https:")) return arnOfUrl(given, candidate);
  const service = candidate.type.split(/[:/]/)[1] ?? "";
  return `arn:${candidate.partition}:${service}:${candidate.region}:${candidate.accountId}:${given}`;
}

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

function read(policy: string): Values {
  try {
    const document = JSON.parse(policy) as Value;
    return isObject(document) ? document : {};
  } catch {
    return {};
  }
}

const PERMISSIONS: readonly string[] = ["allowAll", "denyAll", "byQueue"];
const SOURCES = 10;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
export const redriveAllow: Constraint = function* (candidate): Iterable<Failure> {
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
