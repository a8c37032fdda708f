// The state of one stack on disk: the layout and the format of the engine's file backend, and beside it the journal of the run that is
// going on. An entry is on the disk before it is acknowledged, so a killed engine or a killed server loses none.
import { createHash } from "node:crypto";
import {
  closeSync,
  copyFileSync,
  existsSync,
  fdatasync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Deployment, VersionedDeployment } from "./deployment";
import { type Entry, Replay } from "./replay";
import { StackLock } from "./stack-lock";

/** The file of a stack in a file backend. */
interface Checkpoint {
  readonly version: number;
  readonly features?: readonly string[];
  readonly checkpoint: { readonly stack: string; readonly latest?: Deployment };
}

/** First line of a journal. */
interface Header {
  /** SHA-256 of the state that the journal continues. */
  readonly base: string;
  readonly engine: string;
}

/** A line of a journal: the header, a batch of entries as the engine sent it, or the SHA-256 of the state that is written from them. */
interface Line extends Partial<Header> {
  readonly entries?: readonly Entry[];
  readonly written?: string;
}

/** One stack of a state folder. */
export class StackState {
  /** Qualified name, as the file backend writes it. */
  readonly name: string;
  readonly #file: string;
  readonly #journal: string;
  readonly lock: StackLock;
  #open: { readonly descriptor: number; size: number } | undefined;
  /**
   * How far a file may grow, in bytes; a spec makes the disk full by it.
   * @default no limit
   */
  room = Infinity;

  /**
   * @param folder root of the file backend
   * @param engine the engine's version, such as `v3.259.0`
   */
  constructor(
    readonly folder: string,
    project: string,
    readonly stack: string,
    readonly engine: string,
  ) {
    const root = join(folder, ".pulumi");
    this.name = `organization/${project}/${stack}`;
    this.#file = join(root, "stacks", project, `${stack}.json`);
    this.#journal = join(root, "journals", project, `${stack}.jsonl`);
    this.lock = new StackLock(join(root, "locks", "organization", project, stack));
  }

  get exists(): boolean {
    return existsSync(this.#file);
  }

  /**
   * The deployment now: with what the journal says when a run is going on.
   *
   * @throws Error when the file can't be read
   */
  current(): VersionedDeployment {
    const { text, deployment } = this.#read();
    if (!existsSync(this.#journal)) return deployment;
    const lines = journalLines(this.#journal);
    const entries = lines.flatMap((line) => line.entries ?? []);
    if (entries.length === 0 || lines[0]?.base !== sumOf(text)) return deployment;
    return replayed(deployment.deployment, entries, lines[0].engine ?? this.engine);
  }

  /** Writes a whole deployment in place of the state. */
  write(deployment: VersionedDeployment): void {
    this.#replace(this.#textOf(deployment));
  }

  /** Begins a journal on the present state. */
  async begin(): Promise<void> {
    const { text } = this.#read();
    mkdirSync(dirname(this.#journal), { recursive: true });
    this.#open = { descriptor: openSync(this.#journal, "ax"), size: 0 };
    const header: Header = { base: sumOf(text), engine: this.engine };
    await this.append(JSON.stringify(header));
  }

  /**
   * Adds a line to the journal; when this resolves, it is on the disk.
   *
   * @param line the body of the engine's request, JSON without a line break
   * @throws Error when the disk is full; then the journal is as it was
   */
  async append(line: string): Promise<void> {
    const journal = this.#open;
    if (journal === undefined || !existsSync(this.#journal)) throw new Error(`no run has begun on ${this.name}`);
    const bytes = Buffer.from(`${line}\n`);
    try {
      this.#refuseAbove(journal.size + bytes.length);
      writeFileSync(journal.descriptor, bytes);
      await toDisk(journal.descriptor);
    } catch (error) {
      ftruncateSync(journal.descriptor, journal.size);
      throw error;
    }
    journal.size += bytes.length;
  }

  /**
   * Ends the run: writes the state that the journal leads to, and removes the journal. Does nothing when there is no journal.
   *
   * @returns where the journal was put aside, when it continues another state than the one that is there
   */
  async settle(): Promise<string | undefined> {
    if (!existsSync(this.#journal)) return undefined;
    const { text, deployment } = this.#read();
    const lines = journalLines(this.#journal);
    if (lines.at(-1)?.written !== sumOf(text)) {
      const { base, engine } = lines[0] ?? {};
      if (base !== undefined && base !== sumOf(text)) return this.#putAside();
      const entries = lines.flatMap((line) => line.entries ?? []);
      if (entries.length > 0)
        await this.#settleOn(this.#textOf(replayed(deployment.deployment, entries, engine ?? this.engine)));
    }
    this.#close();
    rmSync(this.#journal);
    return undefined;
  }

  /** A killed writer must find out which of the two states is there: the journal says what is being written before it is. */
  async #settleOn(text: string): Promise<void> {
    this.#open ??= { descriptor: openSync(this.#journal, "a"), size: statSync(this.#journal).size };
    // The last line may be cut off.
    await this.append(`\n${JSON.stringify({ written: sumOf(text) })}`);
    this.#replace(text);
  }

  #putAside(): string {
    this.#close();
    const aside = `${this.#journal}.${Date.now()}`;
    renameSync(this.#journal, aside);
    return aside;
  }

  #close(): void {
    if (this.#open !== undefined) closeSync(this.#open.descriptor);
    this.#open = undefined;
  }

  #read(): { readonly text: string; readonly deployment: VersionedDeployment } {
    try {
      const text = readFileSync(this.#file, "utf8");
      const { version, features, checkpoint } = JSON.parse(text) as Checkpoint;
      return { text, deployment: { version, ...(features && { features }), deployment: checkpoint.latest ?? {} } };
    } catch (error) {
      throw new Error(`failed to load checkpoint: ${this.#file}: ${String(error)}`, { cause: error });
    }
  }

  #textOf({ version, features, deployment }: VersionedDeployment): string {
    const checkpoint: Checkpoint = {
      version,
      ...(features !== undefined && features.length > 0 && { features }),
      checkpoint: { stack: this.name, latest: deployment },
    };
    return JSON.stringify(checkpoint);
  }

  /** Replaces the state at once: a reader finds the old one or the new one. The old one stays beside it, as with the file backend. */
  #replace(text: string): void {
    this.#refuseAbove(Buffer.byteLength(text));
    const fresh = `${this.#file}.new`;
    const descriptor = openSync(fresh, "w");
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    copyFileSync(this.#file, `${this.#file}.bak`);
    // The file backend keeps a checksum of what it wrote itself.
    for (const file of [this.#file, `${this.#file}.bak`]) rmSync(`${file}.attrs`, { force: true });
    renameSync(fresh, this.#file);
  }

  #refuseAbove(size: number): void {
    if (size > this.room) throw new Error(`${this.folder}: no space left on device`);
  }
}

const toDisk = promisify(fdatasync);

function replayed(base: Deployment, entries: readonly Entry[], engine: string): VersionedDeployment {
  const replay = new Replay(base, engine);
  for (const entry of entries) replay.add(entry);
  return replay.deployment();
}

/** The lines of a journal. A line that a killed server has cut off was never acknowledged. */
function journalLines(file: string): readonly Line[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        return line === "" ? [] : [JSON.parse(line) as Line];
      } catch {
        return [];
      }
    });
}

function sumOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
