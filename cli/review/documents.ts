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
  return old === undefined || now === undefined ? undefined : withoutPlaces(differences("", old, now));
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
  const nameOf = namingOf([...before, ...after]);
  if (nameOf !== undefined) {
    const by = (items: readonly unknown[]) => new Map(items.map((item) => [nameOf(item) ?? "", item]));
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

/** How the members of a list are called, when each has a name: one property, or for widgets of a dashboard what stands above them. */
function namingOf(items: readonly unknown[]): ((item: unknown) => string | undefined) | undefined {
  const byProperty = NAMES.map(
    (name) => (item: unknown) => (isObject(item) && name in item ? String(item[name]) : undefined),
  );
  return [...byProperty, widgetName].find((nameOf) => items.every((item) => nameOf(item) !== undefined));
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
function widgetName(item: unknown): string | undefined {
  if (!isObject(item) || !isObject(item.properties)) return undefined;
  const { title, markdown } = item.properties;
  const name = typeof title === "string" ? title : typeof markdown === "string" ? markdown.split("\n")[0] : undefined;
  return name === undefined ? undefined : `${String(item.type)} ${name}`;
}

function isLarge(member: unknown): boolean {
  return isObject(member) && Object.values(member).some((value) => typeof value === "object" && value !== null);
}

type Members = Readonly<Record<string, unknown>>;

/** One widget more moves all that stand below it: their places are left out when something else differs. */
function withoutPlaces(found: readonly Difference[]): Difference[] {
  const others = found.filter(({ path }) => !/\]\.(?:x|y|width|height)$/.test(path));
  return [...(others.length > 0 ? others : found)];
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
