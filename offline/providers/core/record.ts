// What exists in the emulated cloud, kept apart from the engine's state, so that the two can disagree as they do in life.
// One file a resource: an operation costs the same however many there are, several provider processes may work at once, and
// a person can edit or delete a file to make drift.
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Values } from "./values";

/** A resource as the emulated cloud knows it. */
export interface Existing {
  readonly type: string;
  readonly id: string;
  readonly urn: string;
  readonly inputs: Values;
  readonly outputs: Values;
  /** What it names in declared references. */
  readonly uses?: readonly Used[];
  /** Older revisions under the same identifier that were given up. */
  readonly retired?: readonly number[];
}

/** A resource that is named by another, and how. */
export interface Used {
  readonly type: string;
  readonly id: string;
  /** The reference's path, `subnetIds[]`. */
  readonly path: string;
  /** It can't be deleted meanwhile. */
  readonly keeps: boolean;
}

/** Where resources of a type are kept, such as an account and a region; a relative path. */
export type Place = (type: string) => string;

/** Everything that exists. */
export interface Inventory {
  /** The same record as seen from an account, a region, a cluster. */
  at(place: Place): Inventory;
  get(type: string, id: string): Existing | undefined;
  /** Whether it exists: cheaper than to get it. */
  has(type: string, id: string): boolean;
  put(existing: Existing): void;
  remove(type: string, id: string): void;
  /** Every resource of a type. */
  all(type: string): readonly Existing[];
  /** Takes a name that must be unique for a resource; false when another one that exists holds it. */
  claim(type: string, name: string, id: string): boolean;
  release(type: string, name: string): void;
  /** The resource that holds a name. */
  holder(type: string, name: string): Existing | undefined;
  /** Resources of a type which name this one, at a path where one is given. */
  users(target: { readonly type: string; readonly id: string }, ofType: string, path?: string): readonly Existing[];
  /** Resources of any type that keep this one from being deleted. */
  keepers(target: { readonly type: string; readonly id: string }): readonly Existing[];
}

const uses = (existing: Existing, target: { readonly type: string; readonly id: string }, path?: string): boolean =>
  (existing.uses ?? []).some(
    ({ type, id, path: own }) => type === target.type && id === target.id && (path === undefined || path === own),
  );
const keeps = (existing: Existing, target: { readonly type: string; readonly id: string }): boolean =>
  (existing.uses ?? []).some(({ type, id, keeps: kept }) => kept && type === target.type && id === target.id);

/** An inventory that ends with the process: for specs. */
export class MemoryInventory implements Inventory {
  constructor(
    private readonly resources = new Map<string, Map<string, Existing>>(),
    private readonly names = new Map<string, string>(),
    private readonly place: Place = () => "",
    /** Who names a resource, by the resource's place, type and identifier, then by the user's key. */
    private readonly named = new Map<string, Map<string, Map<string, Existing>>>(),
  ) {}

  at(place: Place): Inventory {
    return new MemoryInventory(this.resources, this.names, place, this.named);
  }
  get(type: string, id: string): Existing | undefined {
    return this.resources.get(this.key(type))?.get(id);
  }
  has(type: string, id: string): boolean {
    return this.get(type, id) !== undefined;
  }
  put(existing: Existing): void {
    const key = this.key(existing.type);
    const ofType = this.resources.get(key) ?? new Map<string, Existing>();
    this.forget(existing.type, existing.id);
    this.resources.set(key, ofType.set(existing.id, existing));
    for (const use of existing.uses ?? []) {
      const users = this.named.get(this.spot(use)) ?? new Map<string, Map<string, Existing>>();
      this.named.set(this.spot(use), users);
      users.set(existing.type, (users.get(existing.type) ?? new Map<string, Existing>()).set(existing.id, existing));
    }
  }
  remove(type: string, id: string): void {
    this.forget(type, id);
    this.resources.get(this.key(type))?.delete(id);
  }
  all(type: string): readonly Existing[] {
    return [...(this.resources.get(this.key(type))?.values() ?? [])];
  }
  claim(type: string, name: string, id: string): boolean {
    if (this.holder(type, name)) return false;
    this.names.set(`${this.key(type)}|${name}`, id);
    return true;
  }
  release(type: string, name: string): void {
    this.names.delete(`${this.key(type)}|${name}`);
  }
  holder(type: string, name: string): Existing | undefined {
    const id = this.names.get(`${this.key(type)}|${name}`);
    return id === undefined ? undefined : this.get(type, id);
  }
  users(target: { readonly type: string; readonly id: string }, ofType: string, path?: string): readonly Existing[] {
    const users = this.named.get(this.spot(target))?.get(ofType)?.values() ?? [];
    return [...users].filter((existing) => uses(existing, target, path));
  }
  keepers(target: { readonly type: string; readonly id: string }): readonly Existing[] {
    const users = [...(this.named.get(this.spot(target))?.values() ?? [])].flatMap((ofType) => [...ofType.values()]);
    return users.filter((existing) => keeps(existing, target));
  }

  /** Takes what a resource names out of the index. */
  private forget(type: string, id: string): void {
    for (const use of this.get(type, id)?.uses ?? []) this.named.get(this.spot(use))?.get(type)?.delete(id);
  }
  private spot({ type, id }: { readonly type: string; readonly id: string }): string {
    return `${this.key(type)}|${id}`;
  }
  private key(type: string): string {
    return `${this.place(type)}|${type}`;
  }
}

/** An inventory in a folder: survives the process, and its death at any moment. */
export class FolderInventory implements Inventory {
  constructor(
    private readonly folder: string,
    private readonly place: Place = () => "",
  ) {}

  at(place: Place): Inventory {
    return new FolderInventory(this.folder, place);
  }
  get(type: string, id: string): Existing | undefined {
    return readJson(this.file(type, id));
  }
  has(type: string, id: string): boolean {
    return existsSync(this.file(type, id));
  }
  put(existing: Existing): void {
    const file = this.file(existing.type, existing.id);
    // Marks first: one without its resource is passed over, a resource without its marks could be deleted from under another.
    for (const use of existing.uses ?? []) this.mark(existing, use);
    const draft = `${file}.${randomBytes(4).toString("hex")}.draft`;
    mkdirSync(dirname(file), { recursive: true });
    // A reader sees the old file or the new one and never a half: rename is atomic.
    writeFileSync(draft, JSON.stringify(existing, undefined, 1));
    renameSync(draft, file);
  }
  remove(type: string, id: string): void {
    const existing = this.get(type, id);
    rmSync(this.file(type, id), { force: true });
    if (existing) this.unmark(existing);
  }
  all(type: string): readonly Existing[] {
    const folder = dirname(this.file(type, "x"));
    return list(folder, ".json")
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
  holder(type: string, name: string): Existing | undefined {
    const id = readText(this.nameFile(type, name));
    return id === undefined ? undefined : this.get(type, id);
  }
  users(target: { readonly type: string; readonly id: string }, ofType: string, path?: string): readonly Existing[] {
    return this.marked(this.marks(target, ofType), ofType).filter((existing) => uses(existing, target, path));
  }
  keepers(target: { readonly type: string; readonly id: string }): readonly Existing[] {
    const folder = this.marks(target);
    return list(folder, "")
      .flatMap((type) => this.marked(join(folder, type), type.replaceAll("+", "/").replaceAll("=", ":")))
      .filter((existing) => keeps(existing, target));
  }

  /** Marks outlive a use that an update gave up; who reads them looks at the resource itself. */
  private marked(folder: string, type: string): readonly Existing[] {
    return list(folder, "").flatMap((name) => {
      const id = readText(join(folder, name));
      const existing = id === undefined ? undefined : this.get(type, id);
      return existing ?? [];
    });
  }
  private mark(user: Existing, target: { readonly type: string; readonly id: string }): void {
    const folder = this.marks(target, user.type);
    const file = join(folder, fileName(user.id));
    if (existsSync(file)) return;
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, user.id);
  }
  private unmark(user: Existing): void {
    for (const use of user.uses ?? []) rmSync(join(this.marks(use, user.type), fileName(user.id)), { force: true });
  }
  private marks(target: { readonly type: string; readonly id: string }, ofType?: string): string {
    const folder = join(this.folder, "uses", this.place(target.type), folderName(target.type), fileName(target.id));
    // Reversible, since keepers are found from the folder's name alone.
    return ofType === undefined ? folder : join(folder, ofType.replaceAll("/", "+").replaceAll(":", "="));
  }
  private file(type: string, id: string): string {
    return join(this.folder, this.place(type), folderName(type), `${fileName(id)}.json`);
  }
  private nameFile(type: string, name: string): string {
    return join(this.folder, "names", this.place(type), folderName(type), fileName(name));
  }
}

function list(folder: string, ending: string): string[] {
  try {
    return readdirSync(folder).filter((file) => file.endsWith(ending));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function readJson(file: string): Existing | undefined {
  const known = readText(file);
  return known === undefined ? undefined : (JSON.parse(known) as Existing);
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
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
