// Values that the cloud makes up, written as references: `<network-vpc.id>`.
import type { Registered } from "../../offline/providers/mocks";

/** Outputs that name a resource best, in this order; others follow by their names. */
const BEST = ["id", "arn", "name"];
/** Characters of a value that is a resource's own: shorter ones are words such as `ACTIVE`. */
const SHORTEST = 8;
/** Characters by which a text is searched for values. */
const INDEXED = 6;

/** Finds made-up values of a run's resources in texts. */
export class References {
  private readonly words = new Map<string, string>();
  private readonly byStart = new Map<string, string[]>();
  private readonly owners = new Map<string, Registered>();

  /** @param constants values that belong to no resource */
  constructor(resources: readonly Registered[], constants: readonly string[]) {
    const names = new Map<string, number>();
    for (const { name, outputs } of resources)
      if (outputs.id !== undefined) names.set(name, (names.get(name) ?? 0) + 1);
    // What a component says is what a resource of it said.
    const custom = resources.filter(({ outputs }) => outputs.id !== undefined);
    for (const resource of [...custom, ...resources.filter((each) => !custom.includes(each))]) {
      const { name, type } = resource;
      const word = names.get(name) === 1 ? name : `${name}/${type.slice(type.lastIndexOf(":") + 1)}`;
      this.owners.set(word, resource);
      for (const [path, value] of madeUp(resource))
        if (!constants.includes(value)) this.add(value, `<${word}.${path}>`);
    }
    for (const values of this.byStart.values()) values.sort((one, other) => other.length - one.length);
  }

  /** A value with made-up texts replaced, at any depth. */
  resolve(value: unknown): unknown {
    if (typeof value === "string") return this.inText(value);
    if (Array.isArray(value)) return value.map((each: unknown) => this.resolve(each));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [this.inText(key), this.resolve(each)] as const),
    );
  }

  /** Resources to which a resolved value refers. */
  namedIn(value: unknown): ReadonlySet<Registered> {
    const words = JSON.stringify(value).matchAll(/<([^<>]+)>/g);
    return new Set([...words].flatMap(([, word = ""]) => this.owners.get(word.slice(0, word.indexOf("."))) ?? []));
  }

  private add(value: string, word: string): void {
    if (this.words.has(value)) return;
    this.words.set(value, word);
    const start = value.slice(0, INDEXED);
    this.byStart.set(start, [...(this.byStart.get(start) ?? []), value]);
  }

  private inText(text: string): string {
    let result = "";
    for (let at = 0; at < text.length;) {
      const found = (this.byStart.get(text.slice(at, at + INDEXED)) ?? []).find((value) => standsAt(text, value, at));
      result += found === undefined ? text.charAt(at) : (this.words.get(found) ?? "");
      at += found?.length ?? 1;
    }
    return result;
  }
}

/** Whether a value stands there, and not as a part of a longer word. */
function standsAt(text: string, value: string, at: number): boolean {
  const within = (character: string | undefined): boolean => character !== undefined && /[A-Za-z0-9]/.test(character);
  return text.startsWith(value, at) && !within(text[at - 1]) && !within(text[at + value.length]);
}

/** Outputs that only the cloud can have said, by path, best names first. */
function madeUp({ name, inputs, outputs }: Registered): [path: string, value: string][] {
  const given = new Set(textsOf(inputs, "").map(([, text]) => text));
  return textsOf(outputs, "")
    .filter(([, text]) => text.length >= SHORTEST && /\d/.test(text) && text !== name && !given.has(text))
    .sort(([one], [other]) => rank(one) - rank(other));
}

const rank = (path: string): number => (BEST.includes(path) ? BEST.indexOf(path) : BEST.length);

function textsOf(value: unknown, path: string): [path: string, text: string][] {
  if (typeof value === "string") return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((each: unknown, at) => textsOf(each, `${path}[${at}]`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => textsOf(each, path === "" ? key : `${path}.${key}`));
}
