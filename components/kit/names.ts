// How components are named. Logical names become physical names with eight characters of Pulumi's own suffix behind them.
import { createHash } from "node:crypto";
import type { Problem } from "./problems";

/** What Pulumi's auto-naming appends: a dash and seven hexadecimal digits. */
export const SUFFIX_LENGTH = 8;

/** A problem when a child's physical name would pass the limit of its service, and undefined otherwise. */
export function nameTooLong(name: string, longestRole: string, limit: number): Problem | undefined {
  const allowed = limit - SUFFIX_LENGTH - longestRole.length - 1;
  if (name.length <= allowed) return undefined;
  return {
    path: "name",
    value: name,
    allowed: `at most ${allowed} characters, so that "<name>-${longestRole}" and Pulumi's suffix fit in ${limit}`,
    remedy: "give the component a shorter name",
  };
}

/** A name cut to a limit, with digits that follow from what was cut, so that two long names stay apart. */
export function shortened(name: string, limit: number): string {
  if (name.length <= limit) return name;
  const digits = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.slice(0, limit - digits.length - 1).replace(/-+$/, "")}-${digits}`;
}

/** SQS allows 80 characters; `messaging`, the dead-letter queue's role, Pulumi's suffix and `.fifo` take theirs. */
export const LONGEST_CHANNEL = 45;

/** The queue that brings what changes an entity to a service that keeps a copy: `order-product-projection`. */
export function projectionQueue(service: string, entity: string): string {
  const kebab = entity.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
  return shortened(`${service}-${kebab}-projection`, LONGEST_CHANNEL);
}

/**
 * A problem unless a name is made of lower-case letters, digits and single dashes, a letter first: what every service of
 * AWS takes.
 *
 * @param most characters, where something other than Pulumi's suffix comes behind the name
 */
export function lowerCaseProblems(path: string, value: string, remedy: string, most = Infinity): Problem[] {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(value) && value.length <= most) return [];
  const limit = most === Infinity ? "" : `, at most ${most} characters`;
  return [{ path, value, allowed: `lower-case letters, digits and single dashes, a letter first${limit}`, remedy }];
}

/** The name of an environment variable: `order-events` becomes `ORDER_EVENTS`. */
export function constantCase(name: string): string {
  return name.replaceAll("-", "_").toUpperCase();
}

/** What the variables of a service's callers begin with: `ORDER_SERVICE_`, whether it is called `order` or `order-service`. */
export function callPrefix(service: string): string {
  return `${constantCase(service.replace(/-service$/, ""))}_SERVICE_`;
}

/** A problem unless a text is a name for an environment variable: `IMAGES_BUCKET`. */
export function variableProblems(path: string, value: string): Problem[] {
  if (/^[A-Z][A-Z0-9_]*$/.test(value)) return [];
  const allowed = "capital letters, digits and underscores, a letter first";
  return [{ path, value, allowed, remedy: 'name it like "IMAGES_BUCKET"' }];
}
