// One package's provider, without the protocol: what the gRPC server and the in-process specs both stand on. A request goes through
// four steps, each in its own file: check (the declaration), judge (what else exists), outputs, and the record.
import type { Sdk } from "../schema/sdk";
import { checkProperties, type Failure } from "./check";
import { diffProperties, type Difference } from "./diff";
import { InitializationFailed } from "./failing";
import { concealed, Judge } from "./judge";
import { advanced, digest, nameOf, Outputs, withDefaults } from "./outputs";
import type { Existing, Inventory } from "./record";
import type { Finding, PackageRules, Setting, Subject } from "./rules";
import {
  isObject,
  mapValues,
  normalizeAll,
  plain,
  plainAll,
  same,
  text,
  UNKNOWN,
  type Value,
  type Values,
} from "./values";

export type { Finding, Subject } from "./rules";

/** What a check returns: the completed inputs, and why they were refused. */
export interface Checked {
  readonly inputs: Values;
  readonly failures: readonly Failure[];
}

/** A created resource. */
export interface Created {
  readonly id: string;
  readonly outputs: Values;
}

/** An emulated provider of one package. */
export class Emulation {
  private readonly judge: Judge;
  private readonly outputs: Outputs;

  constructor(
    readonly sdk: Sdk,
    readonly rules: PackageRules,
    readonly setting: Setting,
    private readonly inventory: Inventory,
    /** Makes identifiers differ between creations of the same resource. Specs return a constant. */
    private readonly nonce: () => string,
  ) {
    this.outputs = new Outputs(sdk, rules, setting);
    this.judge = new Judge(rules, inventory, setting, (type) => sdk.resource(type));
  }

  /** Completes inputs as the real provider would, and says what is wrong with them. */
  check(given: Subject, news: Values, olds: Values = {}, seed = given.urn): Checked {
    const subject = this.firstNamed(given);
    const [inputs, old] = [normalizeAll(news), normalizeAll(olds)];
    const schema = this.sdk.resource(subject.type);
    const undeclared = schema ? checkProperties(this.sdk, plainAll(inputs), schema.inputs) : [];
    const completed = this.rules.completed(schema, subject.type, nameOf(subject.urn), inputs, digest(seed, 7));
    const complete = withDefaults(inputs, completed, old);
    const before = Object.keys(old).length > 0 ? plainAll(old) : undefined;
    // Constraints read properties by their declared types.
    const broken = undeclared.length > 0 ? [] : this.judge.broken(subject, plainAll(complete), before);
    return { inputs: complete, failures: concealed([...undeclared, ...broken], complete) };
  }

  /** What an update would change, and whether it must replace. */
  diff(given: Subject, olds: Values, news: Values, ignored: readonly string[] = []): Difference {
    const { type } = this.firstNamed(given);
    const [before, after] = [plainAll(normalizeAll(olds)), plainAll(normalizeAll(news))];
    return diffProperties(this.sdk.resource(type), this.rules.rule(type), before, after, ignored, (name) =>
      this.sdk.inputObject(name),
    );
  }

  /** Outputs of a creation as far as they are known at preview. Throws when it is foreseeable that the creation would fail. */
  preview(given: Subject, news: Values): Values {
    const subject = this.firstNamed(given);
    const inputs = normalizeAll(news);
    this.judge.planCreate(subject, inputs);
    const { id } = this.outputs.resource(subject, inputs, subject.urn);
    this.judge.notePlanned(subject, this.recordId(subject.type, plainAll(inputs), id));
    return this.outputs.planned(subject.type, inputs);
  }

  /** Outputs of an update as far as they are known at preview: what the cloud made up stays, unless it follows an input. */
  previewUpdate(given: Subject, old: Values, news: Values, olds?: Values): Values {
    const subject = this.firstNamed(given);
    const [before, inputs] = [normalizeAll(old), normalizeAll(news)];
    const oldInputs = olds && plainAll(normalizeAll(olds));
    this.judge.planUpdate(subject, inputs, oldInputs);
    const changing = this.outputs.changing(subject, oldInputs, inputs);
    return mapValues(this.outputs.planned(subject.type, inputs), (value, property) =>
      value === UNKNOWN && !changing.has(property) ? (before[property] ?? value) : knownBefore(value, before[property]),
    );
  }

  /** Creates a resource. Throws when the cloud would refuse it. */
  create(given: Subject, news: Values): Created {
    const subject = this.firstNamed(given);
    const inputs = normalizeAll(news);
    const uses = this.judge.admit(subject, inputs);
    const resource = this.outputs.resource(subject, inputs, `${subject.urn}|${this.nonce()}`);
    const recordId = this.recordId(subject.type, resource.inputs, resource.id);
    this.judge.claimName(subject, inputs, recordId);
    const superseded = this.inventory.get(subject.type, recordId);
    const outputs = this.outputs.made({ ...resource, ...(superseded && { superseded: superseded.outputs }) }, inputs);
    const made = { ...subject, id: recordId, inputs, outputs, uses };
    return { id: resource.id, outputs: this.recorded(made, resource.id, superseded) };
  }

  /** Changes a resource in place. Throws when it does not exist, or the cloud would refuse the change. */
  update(given: Subject, id: string, old: Values, news: Values): Values {
    const subject = this.firstNamed(given);
    const recordId = this.recordId(subject.type, plainAll(normalizeAll(old)), id);
    const existing = this.inventory.get(subject.type, recordId);
    if (!existing && this.rules.recordless !== true)
      throw new Error(`${subject.type} "${id}" does not exist: refresh to find out what does`);
    const olds = existing && plainAll(existing.inputs);
    const inputs = normalizeAll({ ...news, ...this.suppressed(subject.type, olds ?? {}, news) });
    const uses = this.judge.admit(subject, inputs, existing);
    const fresh = this.outputs.made(this.outputs.resource(subject, inputs, `${subject.urn}|${id}`, id), inputs);
    const before = { ...normalizeAll(old), ...existing?.outputs };
    const planned = this.outputs.planned(subject.type, inputs);
    const changing = this.outputs.changing(subject, olds, inputs);
    const outputs = mapValues(fresh, (value, property) => {
      if (changing.has(property)) return advanced(before[property], value);
      return planned[property] === UNKNOWN && !(property in inputs) ? (before[property] ?? value) : value;
    });
    return this.recorded({ ...subject, id: recordId, inputs, outputs, uses }, id, existing, normalizeAll(old));
  }

  /**
   * What exists under an identifier, or undefined when nothing does. Inputs follow the outputs, so that what was changed by
   * hand shows as a difference from the program.
   * @param known the engine's state of it, which is all there is where no cloud keeps a record
   */
  read(
    given: Subject,
    id: string,
    known: { readonly inputs: Values; readonly outputs: Values } = { inputs: {}, outputs: {} },
  ): Existing | undefined {
    const subject = this.firstNamed(given);
    if (this.rules.recordless === true) return { ...subject, id, ...known };
    const recordId = this.recordId(subject.type, plainAll({ ...known.inputs, ...known.outputs }), id);
    // An import names it as the record does.
    const recorded = this.inventory.get(subject.type, recordId) ?? this.inventory.get(subject.type, id);
    // The record keeps the newest revision. An older one is there all the same, and never changes: read as the newest, it would be
    // deleted in the newest one's place.
    if (recorded && isOlder(known.outputs.revision, recorded.outputs.revision)) return { ...subject, id, ...known };
    if (!recorded) return undefined;
    const inputs = mapValues(recorded.inputs, (value, property) => {
      const actual = recorded.outputs[property];
      return actual === undefined || same(plain(value), plain(actual)) ? value : actual;
    });
    return { ...recorded, id: this.engineId(recorded), inputs };
  }

  /**
   * Deletes a resource; one that is gone already is no error, as in the cloud's own providers.
   * @param old its outputs in the engine's state: revisions share an identifier, and a newer one stays
   */
  delete(given: Subject, id: string, old: Values = {}): void {
    const subject = this.firstNamed(given);
    const known = plainAll(normalizeAll(old));
    const existing = this.inventory.get(subject.type, this.recordId(subject.type, known, id));
    if (!existing) return;
    const { outlives } = this.rules.rule(existing.type);
    const { revision } = known;
    if (typeof revision === "number" && revision !== existing.outputs.revision) {
      // skip_destroy of a task definition: nothing is deregistered.
      if (outlives?.({ ...existing, inputs: known }) !== true)
        this.inventory.put({ ...existing, retired: [...(existing.retired ?? []), revision] });
    } else if (outlives?.(existing) === true) this.inventory.put({ ...existing, urn: "" });
    else {
      this.judge.admitDeletion(existing);
      this.inventory.remove(existing.type, existing.id);
      this.judge.releaseName(existing);
      this.rules.afterDeletion?.(existing, this.inventory);
    }
  }

  /** Everything of a type in this account and region. */
  existing(type: string): readonly Existing[] {
    return this.inventory.all(this.rules.firstName?.(type) ?? type);
  }

  /** Records what somebody else has made. */
  found({ type: given, id, inputs = {}, outputs = inputs }: Finding): void {
    const type = this.rules.firstName?.(given) ?? given;
    const recordId = this.recordId(type, plainAll(inputs), id);
    if (this.inventory.has(type, recordId)) return;
    this.inventory.put({ type, id: recordId, urn: "", inputs, outputs, uses: this.judge.uses(type, inputs) });
  }

  /** Answers a function of the package. */
  invoke(token: string, args: Values): Values {
    return this.rules.invoke(token, plainAll(normalizeAll(args)), this.setting, this);
  }

  /** A type with two names is recorded under the first: there is one of it in the cloud. */
  private firstNamed({ type, urn }: Subject): Subject {
    return { type: this.rules.firstName?.(type) ?? type, urn };
  }

  /** Values that an update leaves as they are, because the real provider sees no change in them. */
  private suppressed(type: string, olds: Values, news: Values): Values {
    const plainNews = plainAll(normalizeAll(news));
    const kept = Object.entries(this.rules.rule(type).suppressed ?? {}).filter(([, when]) => when(olds, plainNews));
    return Object.fromEntries(kept.map(([property]) => [property, olds[property] ?? null]));
  }

  /** Records a creation or an update and its outcome. Returns the outputs; throws when the provider would report a failure. */
  private recorded(made: Existing, id: string, before?: Existing, known?: Values): Values {
    const { inputs, outputs } = made;
    if (this.rules.recordless === true) return outputs;
    const change = { inputs: plainAll(inputs), outputs, ...(known && { known }), ...(before && { before }) };
    const outcome = this.rules.rule(made.type).outcome?.(change, this.judge.around(made));
    const exists = outcome?.exists ?? outputs;
    this.inventory.put({ ...made, outputs: exists, ...(before?.retired && { retired: before.retired }) });
    const returned = outcome?.returned ?? exists;
    if (outcome?.failure !== undefined) throw new InitializationFailed(id, inputs, returned, outcome.failure);
    return returned;
  }

  /** The identifier in the record: the engine's, preceded by what it is within where that is needed to tell two apart. */
  private recordId(type: string, values: Values, id: string): string {
    const within = (this.rules.rule(type).recordedWithin ?? []).map((property) => text(values[property]));
    return within.includes(undefined) ? id : [...within, id].join("/");
  }

  private engineId({ type, id, inputs }: Existing): string {
    const prefix = this.recordId(type, plainAll(inputs), "");
    return id.startsWith(prefix) ? id.slice(prefix.length) : id;
  }
}

function isOlder(revision: Value | undefined, newest: Value | undefined): boolean {
  return typeof revision === "number" && typeof newest === "number" && revision < newest;
}

/** An object whose unknown parts the cloud made up before. */
function knownBefore(value: Value, before: Value | undefined): Value {
  if (!isObject(value) || !isObject(before) || !Object.values(value).includes(UNKNOWN)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, part === UNKNOWN ? (before[name] ?? part) : part]),
  );
}
