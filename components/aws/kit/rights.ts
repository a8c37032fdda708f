// How the rights of one role are spread over policies. IAM takes 10,240 characters of inline policies, which is enough for
// about eighty queues and topics once statements are merged; beyond that, ten managed policies of 6,144 characters. Pure.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
import { createHash } from "node:crypto";
import type { Grant, Problem, Statement } from "../../kit";

const INLINE = 10_240;
const MANAGED = 6144;
const MOST_MANAGED = 10;
/** The longest ARN that this library makes, with quotes and a comma: ARNs are known only when their resources exist. */
const LONGEST_ARN = 115;
/** `{"Effect":"Allow","Action":,"Resource":[]},` */
const AROUND = 50;
const DOCUMENT = 50;

/** Grants by key, of which the statements count. */
export type Rights = Readonly<Record<string, Pick<Grant, "statements">>>;

/** Where the statements of a role's grants go. */
export interface Spread {
  /** All of them in one inline policy; empty when they don't fit. */
  readonly inline: readonly Statement[];
  /** Whether they fit only when they are merged. */
  readonly isMerged: boolean;
  /** One list a managed policy. */
  readonly managed: readonly (readonly Statement[])[];
}

/** Statements that one inline policy has to hold: as they are, or merged when they are too many. Undefined when merging is not enough. */
export function inlineOf(statements: readonly Statement[]): Pick<Spread, "inline" | "isMerged"> | undefined {
  if (plainSize(statements) <= INLINE) return { inline: statements, isMerged: false };
  return mergedSize(statements) <= INLINE ? { inline: statements, isMerged: true } : undefined;
}

/** Spreads the statements of a role's grants; undefined when ten managed policies do not hold them. */
export function spreadOf(grants: Rights): Spread | undefined {
  const statements = Object.values(grants).flatMap((grant) => grant.statements ?? []);
  const one = inlineOf(statements);
  if (one) return { ...one, managed: [] };
  for (let count = 1; count <= MOST_MANAGED; count++) {
    const managed = shared(grants, count);
    if (managed.every((policy) => mergedSize(policy) <= MANAGED)) return { inline: [], isMerged: true, managed };
  }
  const managed = packed(grants);
  return managed && { inline: [], isMerged: true, managed };
}

/** Grants in the first policy that has room, in the order of their keys: fuller than a digest fills them, and a new grant moves others. */
function packed(grants: Rights): Statement[][] | undefined {
  const policies: Statement[][] = [];
  for (const [, { statements = [] }] of Object.entries(grants).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const room = policies.find((policy) => mergedSize([...policy, ...statements]) <= MANAGED);
    if (room) room.push(...statements);
    else if (policies.length === MOST_MANAGED || mergedSize(statements) > MANAGED) return undefined;
    else policies.push([...statements]);
  }
  return policies;
}

/** A problem when a role's rights are more than IAM lets one role have. */
export function rightsProblems(grants: Rights | undefined): Problem[] {
  if (grants === undefined || spreadOf(grants)) return [];
  return [
    {
      path: "grants",
      value: `${Object.keys(grants).length} grants`,
      allowed: `rights that fit in ${MOST_MANAGED} managed policies of ${MANAGED} characters: about 450 queues and topics`,
      remedy: "split the service: IAM lets no role have more",
    },
  ];
}

/**
 * A problem when a role's rights are more than one inline policy holds.
 *
 * @param own characters of statements that the component adds itself
 */
export function inlineProblems(path: string, statements: readonly Statement[], own: number): Problem[] {
  if (mergedSize(statements) + own <= INLINE) return [];
  return [
    {
      path,
      value: `${statements.length} statements with about ${mergedSize(statements) + own} characters`,
      allowed: `rights of at most ${INLINE} characters: IAM lets a role have no more in inline policies`,
      remedy: "split it: one of them for a part of the rights",
    },
  ];
}

/**
 * The same rights in fewer statements: those that differ in their resources only become one.
 *
 * @param statements with plain values
 */
export function merged(statements: readonly Statement[]): Statement[] {
  const groups = new Map<string, { readonly statement: Statement; readonly resources: Set<string> }>();
  for (const { Resource, ...statement } of statements) {
    const key = JSON.stringify(statement);
    const group = groups.get(key) ?? { statement, resources: new Set<string>() };
    for (const resource of [Resource].flat()) if (typeof resource === "string") group.resources.add(resource);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ statement, resources }) => {
    const [first = "", ...others] = [...resources].sort();
    return { ...statement, Resource: others.length === 0 ? first : [first, ...others] };
  });
}

/** Each grant's statements in one of so many policies: the one its key names, so that few move when a policy is added. */
function shared(grants: Rights, count: number): Statement[][] {
  const policies = Array.from({ length: count }, (): Statement[] => []);
  for (const [key, { statements = [] }] of Object.entries(grants)) {
    const ranked = policies.map((policy, index) => ({ policy, rank: digest(`${index} ${key}`) }));
    const [best] = ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1));
    best?.policy.push(...statements);
  }
  return policies.filter((policy) => policy.length > 0);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Characters of a document at most, each statement as it is. */
function plainSize(statements: readonly Statement[]): number {
  return DOCUMENT + sum(statements.map((statement) => headSize(statement) + sum(resourcesOf(statement).map(arnSize))));
}

/** Characters of a document at most, once its statements are merged. */
function mergedSize(statements: readonly Statement[]): number {
  const resources = new Map<string, Set<unknown>>();
  const heads = new Map<string, number>();
  for (const statement of statements) {
    const key = JSON.stringify(statement.Action) + conditionKeys(statement);
    heads.set(key, headSize(statement));
    const seen = resources.get(key) ?? new Set();
    for (const resource of resourcesOf(statement)) seen.add(resource);
    resources.set(key, seen);
  }
  return DOCUMENT + sum(heads.values()) + sum([...resources.values()].flatMap((seen) => [...seen].map(arnSize)));
}

function headSize({ Action, Condition, Sid = "" }: Statement): number {
  const conditions = Condition === undefined ? 0 : Object.keys(Condition).length * 100;
  return AROUND + JSON.stringify(Action).length + Sid.length + conditions;
}

function conditionKeys({ Condition = {} }: Statement): string {
  return JSON.stringify(Object.entries(Condition).map(([operator, keys]) => [operator, Object.keys(keys)]));
}

function resourcesOf({ Resource = [] }: Statement): readonly unknown[] {
  return Array.isArray(Resource) ? (Resource as readonly unknown[]) : [Resource];
}

function arnSize(resource: unknown): number {
  return typeof resource === "string" ? resource.length + 3 : LONGEST_ARN;
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, number) => total + number, 0);
}
