// Judges a request by what exists: references, constraints, unique names, and what is in use.
import type { ResourceSchema } from "../schema/sdk";
import type { Failure } from "./check";
import { namedBy } from "./diff";
import type { Existing, Inventory } from "./record";
import { nameOf } from "./outputs";
import type { PackageRules, Setting, Subject } from "./rules";
import { isObject, isSecret, plainAll, same, text, UNKNOWN, type Value, type Values } from "./values";
import { candidateOf, type Use, usesOf, type World, worldWithout } from "./world";

/** Why something could not be made or changed, with every reason. */
export class Refusal extends Error {
  constructor(subject: Subject, failures: readonly Failure[]) {
    super(refusalText(subject, failures));
  }
}

/** Names a resource and lists what is wrong with it. */
export function refusalText({ type, urn }: Subject, failures: readonly Failure[]): string {
  const reasons = failures.map(({ property, reason }) => `  ${property}: ${reason}`).join("\n");
  return `${type} "${nameOf(urn)}" was refused:\n${reasons}`;
}

/** The judgement of the cloud, for one account and region. Throws a refusal with every reason. */
export class Judge {
  /** Names and identifiers that this preview would take, with their URN. */
  private readonly planned = new Map<string, string>();

  constructor(
    private readonly rules: PackageRules,
    private readonly inventory: Inventory,
    private readonly setting: Setting,
    private readonly schemaOf: (type: string) => ResourceSchema | undefined,
  ) {}

  /**
   * Constraints that inputs break at check. An existing resource is found by its URN, or by its old inputs, since an alias gives it
   * another URN.
   */
  broken(subject: Subject, inputs: Values, olds: Values | undefined): readonly Failure[] {
    const isSelf = (existing: Existing): boolean =>
      existing.urn === subject.urn || (olds !== undefined && same(plainAll(existing.inputs), olds));
    return this.constrained(subject, inputs, olds, isSelf);
  }

  /**
   * Admits a creation, or the update of what exists.
   * @param marked the inputs with their secrets marked, so that no refusal shows one
   * @returns the resources that it names
   */
  admit(subject: Subject, marked: Values, existing?: Existing): readonly Use[] {
    const inputs = plainAll(marked);
    const olds = existing && plainAll(existing.inputs);
    const uses = this.uses(subject.type, inputs);
    const isSelf = (other: Existing): boolean => existing !== undefined && isSame(other, existing);
    const broken = this.constrained(subject, inputs, olds, isSelf);
    refuse(subject, [...this.missing(uses), ...broken, ...this.unchangeable(subject.type, olds, inputs)], marked);
    return uses;
  }

  /** Admits a creation at preview, as far as it is foreseeable. */
  planCreate(subject: Subject, marked: Values): void {
    const inputs = plainAll(marked);
    refuse(subject, [...this.missing(this.foreseeable(subject.type, inputs)), ...this.taken(subject, inputs)], marked);
  }

  /** Admits an update at preview, as far as it is foreseeable. */
  planUpdate(subject: Subject, marked: Values, olds: Values | undefined): void {
    const inputs = plainAll(marked);
    const missing = this.missing(this.foreseeable(subject.type, inputs));
    refuse(subject, [...missing, ...this.unchangeable(subject.type, olds, inputs)], marked);
  }

  private constrained(
    subject: Subject,
    inputs: Values,
    olds: Values | undefined,
    isSelf: (existing: Existing) => boolean,
  ): readonly Failure[] {
    const constraints = this.rules.rule(subject.type).constraints ?? [];
    if (constraints.length === 0) return [];
    const candidate = candidateOf(this.setting, subject, inputs, olds);
    const world = worldWithout(this.rules, this.inventory, isSelf);
    return constraints.flatMap((constraint) => [...constraint(candidate, world)]);
  }

  private unchangeable(type: string, olds: Values | undefined, news: Values): readonly Failure[] {
    const { unchangeable } = this.rules.rule(type);
    return olds === undefined || unchangeable === undefined ? [] : [...unchangeable(olds, news)];
  }

  /** Notes an identifier that a preview would make, for what refers to it. */
  notePlanned({ type, urn }: Subject, id: string): void {
    this.planned.set(`${type}|${id}`, urn);
  }

  /** Takes a resource's physical name. */
  claimName(subject: Subject, marked: Values, id: string): void {
    const claimed = this.nameOf(subject.type, plainAll(marked));
    if (claimed === undefined || this.inventory.claim(subject.type, claimed.key, id)) return;
    refuse(subject, [nameTaken(claimed)], marked);
  }

  /** Gives a physical name free. */
  releaseName(existing: Existing): void {
    const claimed = this.nameOf(existing.type, plainAll(existing.inputs));
    if (claimed !== undefined) this.inventory.release(existing.type, claimed.key);
  }

  /** The other resources. */
  around(existing: Existing): World {
    return worldWithout(this.rules, this.inventory, (other) => isSame(other, existing));
  }

  /** Throws when a resource is protected, or in use. */
  admitDeletion(existing: Existing): void {
    const keepers = this.inventory.keepers(existing).filter((keeper) => !isSame(keeper, existing));
    const { undeletable, forcedBy } = this.rules.rule(existing.type);
    const forced = forcedBy !== undefined && plainAll(existing.inputs)[forcedBy] === true;
    const reason = undeletable?.(existing, this.around(existing)) ?? (forced ? undefined : inUse(keepers));
    if (reason !== undefined) throw new Error(`${existing.type} "${existing.id}" can't be deleted: ${reason}`);
  }

  /** The resources that known inputs name. */
  uses(type: string, inputs: Values): readonly Use[] {
    return usesOf(this.rules, type, inputs, this.setting);
  }

  private exists(type: string, id: string): boolean {
    if (this.inventory.has(type, id)) return true;
    return this.rules.defaultPart?.(type, id, (whole) => this.inventory.all(whole)) !== undefined;
  }

  private foreseeable(type: string, inputs: Values): readonly Use[] {
    return this.uses(type, inputs).filter(({ late }) => !late);
  }

  /** References to what neither exists nor would be made by this preview. */
  private missing(uses: readonly Use[]): readonly Failure[] {
    return uses
      .filter(({ outside }) => !outside)
      .filter(({ type, id }) => !this.planned.has(`${type}|${id}`) && !this.exists(type, id))
      .map(({ type, at, value }) => ({
        property: at,
        reason: `no ${type} "${value}" exists in this account and region: create it first, or name one that exists`,
      }));
  }

  /** The physical name, when another resource has it or would have it by this preview. */
  private taken({ type, urn }: Subject, inputs: Values): readonly Failure[] {
    const claimed = this.nameOf(type, inputs);
    if (claimed === undefined) return [];
    const key = `name of ${type}|${claimed.key}`;
    const holder = this.planned.get(key) ?? this.inventory.holder(type, claimed.key)?.urn;
    this.planned.set(key, urn);
    return holder === undefined || holder === urn ? [] : [nameTaken(claimed)];
  }

  /** The name that only one resource may have, where it is known. */
  private nameOf(type: string, inputs: Values): Claimed | undefined {
    const rule = this.rules.rule(type);
    const schema = this.schemaOf(type);
    const property =
      rule.unique === false ? undefined : (rule.unique ?? namedBy(rule) ?? (schema && this.rules.uniqueName?.(schema)));
    const name = property === undefined ? undefined : text(inputs[property]);
    if (property === undefined || name === undefined || name === "") return undefined;
    const within = (rule.uniqueWithin ?? []).map((each) => inputs[each] ?? "");
    if (within.includes(UNKNOWN)) return undefined;
    const region = text(inputs.region) ?? this.setting.region;
    return { property, name, region, key: [region, ...within.map(String), name].join("/") };
  }
}

interface Claimed {
  readonly property: string;
  readonly name: string;
  readonly region: string;
  readonly key: string;
}

/** The same failures, without a word on values that are secret. */
export function concealed(failures: readonly Failure[], marked: Values): readonly Failure[] {
  return failures.map((failure) =>
    isHidden(marked, failure.property)
      ? { ...failure, reason: "the value is secret and does not fit: see which values the property takes" }
      : failure,
  );
}

function isHidden(marked: Values, path: string): boolean {
  let value: Value | undefined = marked;
  for (const step of path.match(/[^.[\]"]+/g) ?? []) {
    if (Array.isArray(value)) value = (value as readonly Value[])[Number(step)];
    else value = isObject(value) ? value[step] : undefined;
    if (isSecret(value)) return true;
  }
  return false;
}

function refuse(subject: Subject, failures: readonly Failure[], marked: Values): void {
  if (failures.length > 0) throw new Refusal(subject, concealed(failures, marked));
}

function nameTaken({ property, name, region }: Claimed): Failure {
  return { property, reason: `"${name}" already exists in ${region}: give it another name, or import it` };
}

function isSame(left: Existing, right: Existing): boolean {
  return left.type === right.type && left.id === right.id;
}

function inUse(keepers: readonly Existing[]): string | undefined {
  if (keepers.length === 0) return undefined;
  const named = keepers.slice(0, 5).map(({ type, id }) => `${type} "${id}"`);
  const more = keepers.length > named.length ? ` and ${keepers.length - named.length} more` : "";
  return `it is in use by ${named.join(", ")}${more}: delete those first`;
}
