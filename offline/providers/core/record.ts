// What exists in the emulated cloud, kept apart from the engine's state, so that the two can disagree as they do in life.
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

/** Of what belongs to no account and no cluster. */
export const NOWHERE = "default";

/** Everything that exists. */
export interface Inventory {
  /** The same record as seen from an account, a region, a cluster. */
  at(place: Place): Inventory;
  /** Another package's record of the same cloud, such as docker-build's beside aws's. */
  beside(name: string): Inventory;
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
  /** All packages are in it. */
  beside(): Inventory {
    return this.at(() => NOWHERE);
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
