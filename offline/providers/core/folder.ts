// The record on disk. One file a resource, so that several provider processes may work at once, each may die at any moment, and
// a person can edit or delete a file to make drift. The files are the truth; what a process remembers of them saves it from
// reading all of a type for each new one.
import { createHash } from "node:crypto";
import {
  appendFileSync,
  type Dirent,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { type Existing, type Inventory, MemoryInventory, NOWHERE, type Place } from "./record";

/** A file's content as it was read. */
interface Read {
  readonly stamp: string;
  readonly existing: Existing;
}

/** Beside the places. Older records have `uses`, which nobody reads any more: what a resource names is in its own file. */
const BESIDE: ReadonlySet<string> = new Set(["names", "uses"]);

/** An inventory in a folder: survives the process, and its death at any moment. */
export class FolderInventory implements Inventory {
  /** By file: a resource is parsed again only when its file is another. */
  private readonly read = new Map<string, Read>();
  /** All resources of the types that were asked for as a whole. A person's edit shows in it from the next process on. */
  private remembered: Inventory;
  private complete = new Set<string>();
  private everything = false;
  /** Length of the file of changes, as far as this process knows what the changes were. */
  private seen = 0;
  private drafts = 0;

  constructor(
    private readonly folder: string,
    private readonly place: Place = () => "",
  ) {
    this.remembered = new MemoryInventory().at(place);
  }

  at(place: Place): Inventory {
    return new FolderInventory(this.folder, place);
  }
  beside(name: string): Inventory {
    return new FolderInventory(join(dirname(this.folder), name), () => NOWHERE);
  }
  get(type: string, id: string): Existing | undefined {
    return this.contents(this.file(type, id));
  }
  has(type: string, id: string): boolean {
    return existsSync(this.file(type, id));
  }
  put(existing: Existing): void {
    const file = this.file(existing.type, existing.id);
    this.changing(() => {
      const draft = `${file}.${process.pid}-${this.drafts++}.draft`;
      // A reader sees the old file or the new one and never a half: rename is atomic.
      inFolder(draft, () => {
        writeFileSync(draft, JSON.stringify(existing, undefined, 1));
      });
      renameSync(draft, file);
    });
    if (this.everything) this.complement(existing.type);
    if (this.complete.has(existing.type)) this.remembered.put(existing);
  }
  remove(type: string, id: string): void {
    this.changing(() => {
      rmSync(this.file(type, id), { force: true });
    });
    this.remembered.remove(type, id);
  }
  all(type: string): readonly Existing[] {
    this.refresh();
    this.complement(type);
    return this.remembered.all(type);
  }
  claim(type: string, name: string, id: string): boolean {
    const file = this.nameFile(type, name);
    try {
      inFolder(file, () => {
        writeFileSync(file, id, { flag: "wx" });
      });
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
      // A claim outlives its resource when a person deletes the resource's file, or when the process is killed in between.
      if (this.get(type, readFileSync(file, "utf8"))) return false;
      writeFileSync(file, id);
    }
    return true;
  }
  release(type: string, name: string): void {
    rmSync(this.nameFile(type, name), { force: true });
  }
  holder(type: string, name: string): Existing | undefined {
    const id = readText(this.nameFile(type, name));
    return id === undefined ? undefined : this.get(type, id);
  }
  users(target: { readonly type: string; readonly id: string }, ofType: string, path?: string): readonly Existing[] {
    this.refresh();
    this.complement(ofType);
    return this.remembered.users(target, ofType, path);
  }
  keepers(target: { readonly type: string; readonly id: string }): readonly Existing[] {
    this.refresh();
    this.complementAll();
    return this.remembered.keepers(target);
  }

  /**
   * Makes a change, and the file of changes longer by a byte before and after it: a process which finds it longer than by its
   * own bytes remembers nothing any more. Two, because a process may be killed between the change and the second.
   */
  private changing(change: () => void): void {
    const file = join(this.folder, "changes");
    const tell = (): void => {
      inFolder(file, () => {
        appendFileSync(file, ".");
      });
      this.seen++;
    };
    tell();
    change();
    try {
      tell();
    } catch (error) {
      // The change is made: called a failure, it would be there without the engine's knowledge.
      if (codeOf(error) !== "ENOSPC") throw error;
    }
  }

  /** Forgets what others may have changed. */
  private refresh(): void {
    const length = statSync(join(this.folder, "changes"), { throwIfNoEntry: false })?.size ?? 0;
    if (length === this.seen) return;
    this.seen = length;
    this.complete = new Set();
    this.everything = false;
    this.remembered = new MemoryInventory().at(this.place);
  }

  /** Remembers all of a type. */
  private complement(type: string): void {
    if (this.complete.has(type)) return;
    const folder = this.typeFolder(type);
    for (const { name } of list(folder)) {
      const existing = name.endsWith(".json") ? this.contents(join(folder, name)) : undefined;
      if (existing) this.remembered.put(existing);
    }
    this.complete.add(type);
  }

  /** Remembers all of every type. A folder's name tells less than its type's; what is in it tells that. */
  private complementAll(): void {
    if (this.everything) return;
    const places = list(this.folder).filter((entry) => entry.isDirectory() && !BESIDE.has(entry.name));
    for (const [folder, file] of places.flatMap(({ name }) => oneOfEach(join(this.folder, name)))) {
      const type = this.contents(file)?.type;
      if (type !== undefined && this.typeFolder(type) === folder) this.complement(type);
    }
    this.everything = true;
  }

  private contents(file: string): Existing | undefined {
    const stats = statSync(file, { throwIfNoEntry: false });
    const stamp = stats && `${stats.ino} ${stats.mtimeMs} ${stats.size}`;
    const before = this.read.get(file);
    if (stamp !== undefined && before?.stamp === stamp) return before.existing;
    const text = stamp === undefined ? undefined : readText(file);
    if (stamp === undefined || text === undefined) {
      this.read.delete(file);
      return undefined;
    }
    const existing = parsed(file, text);
    this.read.set(file, { stamp, existing });
    return existing;
  }

  private typeFolder(type: string): string {
    return join(this.folder, this.place(type), folderName(type));
  }
  private file(type: string, id: string): string {
    return join(this.typeFolder(type), `${fileName(id)}.json`);
  }
  private nameFile(type: string, name: string): string {
    return join(this.folder, "names", this.place(type), folderName(type), fileName(name));
  }
}

/** Every folder with resources, and one file in it. */
function oneOfEach(folder: string): readonly (readonly [folder: string, file: string])[] {
  const entries = list(folder);
  const file = entries.find(({ name }) => name.endsWith(".json"));
  const inner = entries.filter((entry) => entry.isDirectory()).flatMap(({ name }) => oneOfEach(join(folder, name)));
  return file === undefined ? inner : [[folder, join(folder, file.name)], ...inner];
}

function list(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}

/** Does something with a file whose folder may not be there yet. */
function inFolder(file: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    mkdirSync(dirname(file), { recursive: true });
    work();
  }
}

function parsed(file: string, text: string): Existing {
  try {
    return JSON.parse(text) as Existing;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${file} is not JSON (${reason}): mend it, or delete it, and the resource is gone`);
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

/** A name that every file system takes; it ends in a digest where that made it ambiguous, so that no two are alike. */
function fileName(text: string): string {
  const safe = text.replace(/[^A-Za-z0-9.-]/g, "_");
  if (safe === text && safe.length <= 150) return safe;
  return `${safe.slice(0, 150)}.${createHash("sha256").update(text).digest("hex").slice(0, 8)}`;
}

/** Type tokens differ in more than their punctuation. */
function folderName(type: string): string {
  return type.replace(/[^A-Za-z0-9.-]/g, "_");
}
