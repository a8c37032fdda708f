// What differs between two JSON documents, such as policies and container definitions: the members, and not two long texts.

/** A member of a document that differs; undefined where a side has none. */
export interface Difference {
  /** Below the document: `Statement[WriteLogs].Action[1]`. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** By these the members of a list are known, wherever they stand in it. */
const NAMES = ["Sid", "name", "Name", "key", "Key", "containerPath", "containerPort"];

/** The members in which two texts differ; undefined unless both are JSON objects or lists. Pure. */
export function documentDifferences(before: unknown, after: unknown): readonly Difference[] | undefined {
  const [old, now] = [parsed(before), parsed(after)];
  return old === undefined || now === undefined ? undefined : differences("", old, now);
}

function parsed(text: unknown): unknown {
  if (typeof text !== "string" || !/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function differences(path: string, before: unknown, after: unknown): Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return lists(path, before, after);
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => differences(path === "" ? key : `${path}.${key}`, before[key], after[key]));
  }
  return [{ path, before, after }];
}

function lists(path: string, before: readonly unknown[], after: readonly unknown[]): Difference[] {
  const name = NAMES.find((candidate) => [...before, ...after].every((item) => isObject(item) && candidate in item));
  if (name !== undefined) {
    const by = (items: readonly unknown[]) => new Map(items.map((item) => [String((item as Members)[name]), item]));
    const [old, now] = [by(before), by(after)];
    const unique = old.size === before.length && now.size === after.length;
    const keys = [...new Set([...old.keys(), ...now.keys()])];
    const [gone, come] = [keys.filter((key) => !now.has(key)), keys.filter((key) => !old.has(key))];
    // One large member under another name, such as a container: what differs in it, and not both members whole.
    if (unique && gone.length === 1 && come.length === 1 && isLarge(old.get(gone[0] ?? ""))) {
      const [was = "", is = ""] = [gone[0], come[0]];
      const renamed = differences(`${path}[${was} -> ${is}]`, old.get(was), now.get(is));
      const kept = keys.filter((key) => old.has(key) && now.has(key));
      return [...renamed, ...kept.flatMap((key) => differences(`${path}[${key}]`, old.get(key), now.get(key)))];
    }
    if (unique) return keys.flatMap((key) => differences(`${path}[${key}]`, old.get(key), now.get(key)));
  }
  // Without names, what is in one of the two only: one more at the front moves no other.
  const texts = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item));
  const [old, now] = [texts(before), texts(after)];
  const gone = before.filter((_, at) => !now.includes(old[at] ?? ""));
  const come = after.filter((_, at) => !old.includes(now[at] ?? ""));
  const [one, other] = [gone[0], come[0]];
  if (gone.length === 1 && come.length === 1) return differences(`${path}[${before.indexOf(one)}]`, one, other);
  if (gone.length === 0 && come.length === 0) return [{ path, before: "another order", after: "the same members" }];
  return [
    ...gone.map((item): Difference => ({ path: `${path}[]`, before: item, after: undefined })),
    ...come.map((item): Difference => ({ path: `${path}[]`, before: undefined, after: item })),
  ];
}

function isLarge(member: unknown): boolean {
  return isObject(member) && Object.values(member).some((value) => typeof value === "object" && value !== null);
}

type Members = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
