// One package's provider, without the protocol: what the gRPC server and the in-process specs both stand on.
import type { Sdk } from "../schema/sdk";
import { digest, nameOf } from "./birth";
import { following, withDefaults } from "./completing";
import { checkProperties } from "./check";
import { InitializationFailed } from "./failing";
import { diffProperties, type Difference } from "./diff";
import { concealed, Judge } from "./judge";
import { Outputs } from "./outputs";
import type { Existing, Inventory } from "./record";
import type { PackageRules, Setting } from "./rules";
import { mapValues, normalizeAll, plain, plainAll, same, text, UNKNOWN, type Value, type Values } from "./values";
import { candidateOf } from "./world";
import type { Checked, Finding, Outcome, Subject } from "./subjects";

export type { Checked, Finding, Outcome, Subject } from "./subjects";

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

  /** Completes inputs as the real provider would and says what is wrong with them. */
  check(subject: Subject, news: Values, olds: Values = {}, seed = subject.urn): Checked {
    const { type, urn } = this.sameAs(subject);
    const schema = this.sdk.resource(type);
    const inputs = normalizeAll(news);
    const failures = schema ? checkProperties(this.sdk, plainAll(inputs), schema.inputs) : [];
    const hex = digest(seed, 7);
    const completed = this.rules.completed(schema, type, nameOf(urn), inputs, hex);
    const old = normalizeAll(olds);
    const complete = withDefaults(inputs, completed, old);
    const before = Object.keys(old).length > 0 ? old : undefined;
    const candidate = candidateOf(this.setting, { type, urn }, plainAll(complete), before);
    // Constraints read properties by their declared types.
    const broken = failures.length > 0 ? [] : this.judge.broken(candidate, selfOf(urn, before));
    return { inputs: complete, failures: concealed([...failures, ...broken], complete) };
  }

  /** What an update would change, and whether it must replace. */
  diff(subject: Subject, olds: Values, news: Values, ignored: readonly string[] = []): Difference {
    const { type } = this.sameAs(subject);
    const [before, after] = [plainAll(normalizeAll(olds)), plainAll(normalizeAll(news))];
    return diffProperties(this.sdk.resource(type), this.rules.rule(type), before, after, ignored, (name) =>
      this.sdk.inputObject(name),
    );
  }

  /** Outputs as far as they are known before anything exists. Throws when what it names or is called could not be. */
  preview(given: Subject, news: Values): Values {
    const subject = this.sameAs(given);
    const inputs = normalizeAll(news);
    this.judge.plannedCreate(subject, inputs);
    const birth = this.outputs.birth(subject, plainAll(inputs), subject.urn);
    this.judge.plan(subject, this.recordId(subject.type, birth.inputs, this.outputs.id(birth)));
    return this.outputs.foreseen(subject.type, inputs);
  }

  /** Outputs of an update as far as they are known beforehand: what the cloud made up stays, unless it follows an input. */
  previewUpdate(given: Subject, old: Values, news: Values, olds?: Values): Values {
    const subject = this.sameAs(given);
    const before = normalizeAll(old);
    const inputs = normalizeAll(news);
    const planned = olds && plainAll(normalizeAll(olds));
    this.judge.plannedUpdate(subject, inputs, planned);
    const moving = this.outputs.moving(subject, planned, plainAll(inputs));
    return mapValues(this.outputs.foreseen(subject.type, inputs), (value, property) =>
      value === UNKNOWN && !moving.has(property) ? (before[property] ?? value) : value,
    );
  }

  /** Brings a resource into being. Throws when its unique name is taken. */
  create(given: Subject, news: Values): Outcome {
    const subject = this.sameAs(given);
    const inputs = normalizeAll(news);
    const birth = this.outputs.birth(subject, plainAll(inputs), `${subject.urn}|${this.nonce()}`);
    const uses = this.judge.judged(subject, inputs, undefined, () => false);
    const id = this.outputs.id(birth);
    const recordId = this.recordId(subject.type, birth.inputs, id);
    this.judge.claim(subject, inputs, recordId);
    const before = this.inventory.get(subject.type, recordId);
    const born = { ...birth, id, ...(before && { superseded: before.outputs }) };
    const outputs = this.outputs.finished(this.outputs.made(born, inputs), born, undefined);
    if (this.rules.recordless === true) return { id, outputs };
    return { id, outputs: this.settle({ ...subject, id: recordId, inputs, outputs, uses }, id, before) };
  }

  /** Changes a resource in place. Throws when it does not exist. */
  update(given: Subject, id: string, old: Values, news: Values): Values {
    const subject = this.sameAs(given);
    const recordless = this.rules.recordless === true;
    const recordId = this.recordId(subject.type, plainAll(normalizeAll(old)), id);
    const existing = this.inventory.get(subject.type, recordId);
    if (!existing && !recordless)
      throw new Error(`${subject.type} "${id}" does not exist: refresh to find out what does`);
    const olds = existing && plainAll(existing.inputs);
    const inputs = normalizeAll({ ...news, ...this.suppressed(subject.type, olds ?? {}, news) });
    const birth = { ...this.outputs.birth(subject, plainAll(inputs), `${subject.urn}|${id}`), id };
    const uses = this.judge.judged(
      subject,
      inputs,
      olds,
      (other) => other.type === subject.type && other.id === recordId,
    );
    const fresh = this.outputs.made(birth, inputs);
    const before = { ...normalizeAll(old), ...existing?.outputs };
    const followsInputs = this.outputs.foreseen(subject.type, inputs);
    const moving = this.outputs.moving(subject, olds, birth.inputs);
    const kept = mapValues(fresh, (value, property) => {
      if (moving.has(property)) return following(before[property], value);
      return followsInputs[property] === UNKNOWN && !(property in inputs) ? (before[property] ?? value) : value;
    });
    const outputs = this.outputs.finished(kept, birth, before);
    if (recordless) return outputs;
    return this.settle({ ...subject, id: recordId, inputs, outputs, uses }, id, existing, normalizeAll(old));
  }

  /** Values that an update leaves as they are, because the real provider sees no change in them. */
  private suppressed(type: string, olds: Values, news: Values): Values {
    const plainNews = plainAll(normalizeAll(news));
    const kept = Object.entries(this.rules.rule(type).suppressed ?? {}).filter(([, when]) => when(olds, plainNews));
    return Object.fromEntries(kept.map(([property]) => [property, olds[property] ?? null]));
  }

  /**
   * What exists under an identifier, or undefined when nothing does. Inputs follow the outputs, so that what was changed by
   * hand shows as a difference from the program.
   * @param known what the engine knows of it, which is all there is where no cloud keeps a record
   */
  read(
    subject: Subject,
    id: string,
    known: { readonly inputs: Values; readonly outputs: Values } = { inputs: {}, outputs: {} },
  ): Existing | undefined {
    const { type, urn } = this.sameAs(subject);
    if (this.rules.recordless === true) return { type, urn, id, ...known };
    // An import names it as the record does.
    const recorded =
      this.inventory.get(type, this.recordId(type, plainAll({ ...known.inputs, ...known.outputs }), id)) ??
      this.inventory.get(type, id);
    // The record keeps the newest revision. An older one is there all the same, and never changes: read as the newest, it would be
    // deleted in the newest one's place.
    if (recorded && isOlder(known.outputs.revision, recorded.outputs.revision)) return { type, urn, id, ...known };
    const existing = recorded && { ...recorded, id: this.engineId(recorded) };
    if (!existing || this.rules.finished) return existing;
    const { outputs } = existing;
    const inputs = mapValues(existing.inputs, (value, property) => {
      const actual = outputs[property];
      return actual === undefined || same(plain(value), plain(actual)) ? value : actual;
    });
    return { ...existing, inputs };
  }

  /**
   * Removes a resource; one that is gone already is no error, as in the cloud's own providers.
   * @param old its outputs as the engine knows them: revisions share an identifier, and a newer one stays
   */
  delete(given: Subject, id: string, old: Values = {}): void {
    const subject = this.sameAs(given);
    const known = plainAll(normalizeAll(old));
    const existing = this.inventory.get(subject.type, this.recordId(subject.type, known, id));
    if (!existing) return;
    const { revision } = known;
    // skip_destroy of a task definition: nothing is deregistered.
    const kept = this.rules.rule(existing.type).outlives?.({ ...existing, inputs: known }) === true;
    if (typeof revision === "number" && revision !== existing.outputs.revision && kept) return;
    if (typeof revision === "number" && revision !== existing.outputs.revision) {
      this.inventory.put({ ...existing, retired: [...(existing.retired ?? []), revision] });
      return;
    }
    if (this.rules.rule(existing.type).outlives?.(existing) === true) {
      // Nobody's stack has it any more.
      this.inventory.put({ ...existing, urn: "" });
      return;
    }
    const world = this.judge.worldOf(existing);
    this.judge.refuseDeletion(existing, world);
    this.inventory.remove(existing.type, existing.id);
    this.judge.release(existing);
    this.rules.emptied?.(existing, this.inventory);
  }

  /** A type that is another by a second name is that one: there is one of it in the cloud. */
  private sameAs({ type, urn }: Subject): Subject {
    return { type: this.rules.sameAs?.(type) ?? type, urn };
  }

  private keep(existing: Existing, before: Existing | undefined): void {
    this.inventory.put({ ...existing, ...(before?.retired && { retired: before.retired }) });
  }

  /** Records a change and what becomes of it; returns the outputs, or throws when the provider would report a failure. */
  private settle(made: Existing, id: string, before?: Existing, known?: Values): Values {
    const { inputs, outputs } = made;
    const change = { inputs: plainAll(inputs), outputs, ...(known && { known }), ...(before && { before }) };
    const outcome = this.rules.rule(made.type).outcome?.(change, this.judge.worldOf(made));
    this.keep({ ...made, outputs: outcome?.exists ?? outputs }, before);
    const told = outcome?.told ?? outcome?.exists ?? outputs;
    if (outcome?.failure !== undefined) throw new InitializationFailed(id, inputs, told, outcome.failure);
    return told;
  }

  /** Everything of a type in this account and region. */
  existing(type: string): readonly Existing[] {
    return this.inventory.all(this.rules.sameAs?.(type) ?? type);
  }

  /** Takes into the record what somebody else has made. */
  found({ type: given, id, inputs = {}, outputs = inputs }: Finding): void {
    const type = this.rules.sameAs?.(given) ?? given;
    const recordId = this.recordId(type, plainAll(inputs), id);
    if (this.inventory.has(type, recordId)) return;
    this.inventory.put({ type, id: recordId, urn: "", inputs, outputs, uses: this.judge.uses(type, inputs) });
  }

  /** Answers a function of the package. */
  invoke(token: string, args: Values): Values {
    return this.rules.invoke(token, plainAll(normalizeAll(args)), this.setting, this);
  }

  /** The identifier under which the record keeps it: where the engine's own is not enough, with what it is within. */
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

/** The resource itself: by its URN, or by what the engine says it was, since an alias gives it another URN. */
function selfOf(urn: string, before: Values | undefined): (existing: Existing) => boolean {
  const was = before && plainAll(before);
  return (existing) => existing.urn === urn || (was !== undefined && same(plainAll(existing.inputs), was));
}
