// Copies an input (from JavaScript, JSON or a wrong cast) to plain data: mappings, lists, text, numbers, true, false and null; anything
// else is a problem. The copy has no getters and no cycles, so the following checks can read it safely.
import { types } from "node:util";
import type { Problem } from "../../../components/kit/problems";
import { pathOf } from "./path";

/** Levels within levels: the deepest description has about fifteen. */
const DEEPEST = 40;
/** Values in all: 10,000 services have about half a million. */
const MOST = 2_000_000;
/** Characters of one text: a container's environment holds less in all. */
const LONGEST = 65_536;
/** Property names of every JavaScript object; a key with such a name could be confused with the property. */
const TAKEN = new Set(["__proto__", "prototype", ...Object.getOwnPropertyNames(Object.prototype)]);

type Path = readonly (string | number)[];

/** A frozen copy made of plain data only, and what could not be copied. */
export function plainOf(given: unknown): { readonly copy: unknown; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const copy = new Copier(problems).copy(given, []);
  return { copy, problems };
}

class Copier {
  private count = 0;
  private readonly above = new Set<object>();

  constructor(private readonly problems: Problem[]) {}

  copy(given: unknown, path: Path): unknown {
    if (++this.count > MOST) {
      if (this.count === MOST + 1) this.refuse(path, "more than that", `at most ${MOST} values`, "split the system");
      return undefined;
    }
    if (typeof given === "string") return this.text(given, path);
    if (given === null || ["number", "boolean", "undefined"].includes(typeof given)) return given;
    if (typeof given !== "object") return this.foreign(path, `a ${typeof given}`);
    if (types.isProxy(given)) return this.foreign(path, "a Proxy");
    if (this.above.has(given)) return this.foreign(path, "a part that contains itself");
    if (path.length >= DEEPEST) {
      return this.refuse(path, `level ${path.length + 1}`, `at most ${DEEPEST} levels`, "make it flatter");
    }
    this.above.add(given);
    const copy = Array.isArray(given) ? this.list(given, path) : this.mapping(given, path);
    this.above.delete(given);
    return Object.freeze(copy);
  }

  private text(given: string, path: Path): unknown {
    if (given.length <= LONGEST) return given;
    return this.refuse(path, `${given.length} characters`, `at most ${LONGEST} characters`, "shorten it");
  }

  private list(given: readonly unknown[], path: Path): unknown {
    if (given.length > MOST) {
      return this.refuse(path, `${given.length} items`, `at most ${MOST} values`, "shorten the list");
    }
    // An index at a time, and by its descriptor: a list may have holes and getters, and length is all that it must have.
    return Array.from({ length: given.length }, (_, index) => this.property(given, index, path));
  }

  private mapping(given: object, path: Path): unknown {
    if (!isPlain(given)) return this.foreign(path, `an object of class ${classOf(given)}`);
    const copy: Record<string, unknown> = {};
    for (const key of Reflect.ownKeys(given)) {
      if (typeof key === "symbol") this.foreign([...path, String(key)], "a symbol as a key");
      else if (TAKEN.has(key)) {
        const allowed = "a name that objects of JavaScript do not have already";
        this.refuse([...path, key], key, allowed, "rename it");
      } else copy[key] = this.property(given, key, path);
    }
    return copy;
  }

  private property(given: object, key: string | number, path: Path): unknown {
    const at = [...path, key];
    const descriptor = Object.getOwnPropertyDescriptor(given, key);
    if (descriptor === undefined) return undefined;
    return "value" in descriptor ? this.copy(descriptor.value, at) : this.foreign(at, "a getter or setter");
  }

  private foreign(path: Path, what: string): unknown {
    return this.refuse(
      path,
      what,
      "plain data: mappings, lists, text, numbers, true and false",
      "write the value itself",
    );
  }

  private refuse(path: Path, value: unknown, allowed: string, remedy: string): unknown {
    this.problems.push({ path: pathOf(path), value, allowed, remedy });
    return undefined;
  }
}

/** Whether an object is a literal: `{ … }`, of this realm or another, or one without a prototype. */
function isPlain(given: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(given);
  if (prototype === null || prototype === Object.prototype) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, "hasOwnProperty");
}

function classOf(given: object): string {
  const tag = Object.prototype.toString.call(given).slice(8, -1);
  const prototype: unknown = Object.getPrototypeOf(given);
  const maker =
    typeof prototype === "object" && prototype !== null
      ? Object.getOwnPropertyDescriptor(prototype, "constructor")
      : undefined;
  const made: unknown = maker?.value;
  return typeof made === "function" && made.name !== "" ? made.name : tag;
}
