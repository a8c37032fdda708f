// What providers were told in a run of the engine, kept in a private folder while the run lasts. A program may use several providers of one
// cluster, each a process of its own; what the whole run wants to have is known only from all of them.
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Told } from "./run";
import { isObject, isSecret, mapValues, secret, UNKNOWN, type Value, type Values } from "./values";

/** A resource, the package that was told of it, and where that keeps it: an account, a region, a cluster. */
export interface Note extends Omit<Told, "inputs"> {
  readonly package: string;
  readonly place: string;
}

/** The folder of a run. */
export class Notes {
  constructor(private readonly folder: string) {}

  /** Adds a resource. The last note of a resource counts. */
  add(note: Note, secrets: ReadonlySet<string>): void {
    const marked = mapValues(note.marked, (value, name) => hidden(value, secrets.has(name)));
    // A file for each process: lines of two can't mix.
    appendFileSync(this.file(`${process.pid}.told`), `${JSON.stringify({ ...note, marked })}\n`, { mode: 0o600 });
  }

  /** Takes note of a refusal: the run has failed and will not tell all that it wanted. */
  fail(): void {
    writeFileSync(this.file("failed"), "");
  }

  /** Whether something was refused. */
  get failed(): boolean {
    return existsSync(this.file("failed"));
  }

  all(): readonly Note[] {
    return readdirSync(this.folder)
      .filter((name) => name.endsWith(".told"))
      .flatMap((name) => readFileSync(this.file(name), "utf8").split("\n"))
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Note);
  }

  private file(name: string): string {
    return join(this.folder, name);
  }
}

/** A value as it may be written to a disk: what is secret counts as unknown, its keys apart. */
function hidden(value: Value, within: boolean): Value {
  if (isSecret(value)) return secret(hidden((value as Values).value ?? null, true));
  if (Array.isArray(value)) return (value as readonly Value[]).map((item) => hidden(item, within));
  if (isObject(value)) return mapValues(value, (item) => hidden(item, within));
  return within ? UNKNOWN : value;
}
