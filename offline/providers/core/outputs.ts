// What comes out of a resource's inputs: its identifier, and its outputs before it exists, when it is made, and when it changes.
import { createHash } from "node:crypto";
import type { ResourceSchema, Sdk } from "../schema/sdk";
import { generatedNames } from "./diff";
import type { Computed, NewResource, PackageRules, Setting, Subject } from "./rules";
import { markedSecret, secretsIn } from "./secret-outputs";
import { isObject, plainAll, same, secret, text, UNKNOWN, type Value, type Values } from "./values";

/** Makes identifiers and outputs, for one package under one setting. Inputs are normalized. */
export class Outputs {
  constructor(
    private readonly sdk: Sdk,
    private readonly rules: PackageRules,
    private readonly setting: Setting,
  ) {}

  /**
   * A resource with its identifier.
   * @param identity what its made-up identifiers follow from
   */
  resource({ type, urn }: Subject, inputs: Values, identity: string, id?: string): NewResource {
    const undeclared = { token: type, inputs: new Map(), outputs: new Map(), secrets: new Set<string>() };
    const schema = this.sdk.resource(type) ?? undeclared;
    const resource = newResource(this.setting, schema, nameOf(urn), plainAll(inputs), identity);
    return { ...resource, id: id ?? this.rules.rule(type).id?.(resource) ?? this.rules.id(resource) };
  }

  /** Outputs as far as they are known at preview. */
  planned(type: string, inputs: Values): Values {
    const schema = this.sdk.resource(type);
    if (!schema) return withoutInternal(inputs);
    const known = plainAll(inputs);
    const rule = this.rules.rule(type);
    const whole = this.completed(type, inputs, () => UNKNOWN);
    return assembled(schema, whole, (property, optional) => {
      if (rule.defaults?.[property] !== undefined) return rule.defaults[property];
      const generic = this.rules.known(property, known, schema, this.setting);
      if (generic !== undefined) return generic;
      return optional && rule.computed?.[property] === undefined ? undefined : UNKNOWN;
    });
  }

  /** Outputs of what has been created or changed. */
  made(resource: NewResource, inputs: Values): Values {
    const { schema } = resource;
    const rule = this.rules.rule(schema.token);
    if (schema.outputs.size === 0) return withoutInternal(inputs);
    const whole = this.completed(schema.token, inputs, (computed) => valueOf(computed, resource));
    return assembled(schema, whole, (property, optional) => {
      const computed = rule.computed?.[property];
      if (computed !== undefined) return valueOf(computed, resource);
      if (rule.defaults?.[property] !== undefined) return rule.defaults[property];
      const known = this.rules.known(property, resource.inputs, schema, resource);
      return known ?? (optional ? undefined : this.rules.generic(property, resource));
    });
  }

  /** Inputs with the values that the cloud makes up within their objects. */
  private completed(type: string, inputs: Values, of: (computed: Computed) => Value | undefined): Values {
    const parts = Object.entries(this.rules.rule(type).computedWithin ?? {});
    return parts.reduce((all, [path, computed]) => {
      const [property = "", part = ""] = path.split(".");
      const [object, made] = [all[property], of(computed)];
      return isObject(object) && made !== undefined ? { ...all, [property]: { ...object, [part]: made } } : all;
    }, inputs);
  }

  /** Outputs that an update changes: those made of inputs that change, and those which count. */
  changing(subject: Subject, olds: Values | undefined, news: Values): ReadonlySet<string> {
    if (olds === undefined) return new Set();
    const rule = this.rules.rule(subject.type);
    // Unknown parts are texts of their own, so what is made of them differs. The identifier never changes.
    const [before, after] = [olds, news].map((inputs) => this.resource(subject, inputs, subject.urn, "")) as [
      NewResource,
      NewResource,
    ];
    const made = Object.entries(rule.computed ?? {}).filter(
      ([, computed]) => !same(valueOf(computed, before), valueOf(computed, after)),
    );
    return new Set([...made.map(([property]) => property), ...(rule.advances ?? [])]);
  }
}

function newResource(
  setting: Setting,
  schema: ResourceSchema,
  logicalName: string,
  inputs: Values,
  identity: string,
): NewResource {
  const region = text(inputs.region) ?? setting.region;
  const { accountId, partition } = setting;
  return {
    ...setting,
    region,
    schema,
    logicalName,
    inputs,
    id: "",
    now: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
    text: (property) => text(inputs[property]) ?? "",
    hex: (length, purpose = "") => digest(`${identity}|${purpose}`, length),
    token: (length, alphabet, purpose = "") => spelled(`${identity}|${purpose}`, length, alphabet),
    arn: (service, path) => `arn:${partition}:${service}:${region}:${accountId}:${path}`,
  };
}

/** The logical name that a URN ends with. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** Hexadecimal digits that follow from a text. */
export function digest(identity: string, length: number): string {
  let hex = "";
  for (let block = 0; hex.length < length; block++)
    hex += createHash("sha256").update(`${block}|${identity}`).digest("hex");
  return hex.slice(0, length);
}

function spelled(identity: string, length: number, alphabet: string): string {
  const hex = digest(identity, length * 4);
  return Array.from(
    { length },
    (_, at) => alphabet[Number.parseInt(hex.slice(at * 4, at * 4 + 4), 16) % alphabet.length],
  ).join("");
}

/** Inputs without what is only between engine and provider. */
function withoutInternal(inputs: Values): Values {
  return Object.fromEntries(Object.entries(inputs).filter(([property]) => !property.startsWith("__")));
}

function valueOf(computed: Computed, resource: NewResource): Value | undefined {
  return typeof computed === "function" ? computed(resource) : computed;
}

/** An output that an update changes: a counter counts on, all else is made anew. */
export function advanced(before: Value | undefined, fresh: Value): Value {
  return typeof before === "number" && typeof fresh === "number" && before >= fresh ? before + 1 : fresh;
}

/**
 * The given inputs and the generated ones, which are listed as the real providers list them (`__defaults`), so that a later
 * update can tell them apart. A name that was generated before stays, because the resource has it.
 */
export function withDefaults(given: Values, completed: Values, olds: Values): Values {
  const generated = Object.keys(completed).filter(
    (property) => given[property] === undefined || given[property] === null,
  );
  const before = generatedNames(olds);
  const kept = generated.filter((property) => before.has(property) && olds[property] !== undefined);
  return {
    ...completed,
    ...Object.fromEntries(kept.map((property) => [property, olds[property] ?? null])),
    __defaults: generated,
  };
}

/** Every declared output: as given, or else as `otherwise` makes it; secret where the SDK says so, or where it holds a secret input. */
function assembled(
  schema: ResourceSchema,
  inputs: Values,
  otherwise: (property: string, optional: boolean) => Value | undefined,
): Values {
  const result: Record<string, Value> = {};
  const secrets = secretsIn(inputs);
  for (const [property, { optional }] of schema.outputs) {
    const made = inputs[property] ?? otherwise(property, optional);
    const value = made === undefined ? undefined : markedSecret(made, secrets);
    if (value !== undefined) result[property] = schema.secrets.has(property) ? secret(value) : value;
  }
  return result;
}
