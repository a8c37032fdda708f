// What exists in the emulated cloud, kept apart from the engine's state, so that the two can disagree as they do in life.
// One file a resource: an operation costs the same however many there are, several provider processes may work at once, and
// a person can edit or delete a file to make drift.
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Values } from "./values";

/** A resource as the emulated cloud knows it. */
export interface Existing {
  readonly type: string;
  readonly id: string;
  readonly urn: string;
  readonly inputs: Values;
  readonly outputs: Values;
}

/** Everything that exists. */
export interface Inventory {
  get(type: string, id: string): Existing | undefined;
  put(existing: Existing): void;
  remove(type: string, id: string): void;
  /** Every resource of a type. */
  all(type: string): readonly Existing[];
  /** Takes a name that must be unique for a resource; false when another one that exists holds it. */
  claim(type: string, name: string, id: string): boolean;
  release(type: string, name: string): void;
}

/** An inventory that ends with the process: for specs. */
export class MemoryInventory implements Inventory {
  private readonly resources = new Map<string, Map<string, Existing>>();
  private readonly names = new Map<string, string>();

  get(type: string, id: string): Existing | undefined {
    return this.resources.get(type)?.get(id);
  }
  put(existing: Existing): void {
    const ofType = this.resources.get(existing.type) ?? new Map<string, Existing>();
    this.resources.set(existing.type, ofType.set(existing.id, existing));
  }
  remove(type: string, id: string): void {
    this.resources.get(type)?.delete(id);
  }
  all(type: string): readonly Existing[] {
    return [...(this.resources.get(type)?.values() ?? [])];
  }
  claim(type: string, name: string, id: string): boolean {
    const key = `${type}|${name}`;
    const holder = this.names.get(key);
    if (holder !== undefined && this.get(type, holder)) return false;
    this.names.set(key, id);
    return true;
  }
  release(type: string, name: string): void {
    this.names.delete(`${type}|${name}`);
  }
}

/** An inventory in a folder: survives the process, and its death at any moment. */
export class FolderInventory implements Inventory {
  constructor(private readonly folder: string) {}

  get(type: string, id: string): Existing | undefined {
    return readJson(this.file(type, id));
  }
  put(existing: Existing): void {
    const file = this.file(existing.type, existing.id);
    const draft = `${file}.${randomBytes(4).toString("hex")}.draft`;
    mkdirSync(dirname(file), { recursive: true });
    // A reader sees the old file or the new one and never a half: rename is atomic.
    writeFileSync(draft, JSON.stringify(existing, undefined, 1));
    renameSync(draft, file);
  }
  remove(type: string, id: string): void {
    rmSync(this.file(type, id), { force: true });
  }
  all(type: string): readonly Existing[] {
    const folder = dirname(this.file(type, "x"));
    return list(folder)
      .map((file) => readJson(join(folder, file)))
      .filter((existing) => existing !== undefined);
  }
  claim(type: string, name: string, id: string): boolean {
    const file = this.nameFile(type, name);
    mkdirSync(dirname(file), { recursive: true });
    try {
      writeFileSync(file, id, { flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      // A claim outlives its resource when a person deletes the resource's file, or when the process is killed in between.
      if (this.get(type, readFileSync(file, "utf8"))) return false;
      writeFileSync(file, id);
    }
    return true;
  }
  release(type: string, name: string): void {
    rmSync(this.nameFile(type, name), { force: true });
  }

  private file(type: string, id: string): string {
    return join(this.folder, folderName(type), `${fileName(id)}.json`);
  }
  private nameFile(type: string, name: string): string {
    return join(this.folder, "names", folderName(type), fileName(name));
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => file.endsWith(".json"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function readJson(file: string): Existing | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Existing;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
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
