// What comes out of a resource's inputs: before it exists, when it is made, and when it changes.
import type { Sdk } from "../schema/sdk";
import { birthOf, nameOf } from "./birth";
import { assembled, declared, make } from "./completing";
import type { Birth, Made, PackageRules, Setting } from "./rules";
import type { Subject } from "./subjects";
import { plainAll, same, UNKNOWN, type Values } from "./values";

/** Makes outputs, for one package under one setting. Inputs are normalized; those of a birth are plain. */
export class Outputs {
  constructor(
    private readonly sdk: Sdk,
    private readonly rules: PackageRules,
    private readonly setting: Setting,
  ) {}

  /** The moment of a creation. */
  birth({ type, urn }: Subject, inputs: Values, identity: string): Birth {
    const none = { token: type, inputs: new Map(), outputs: new Map(), secrets: new Set<string>() };
    return birthOf(this.setting, this.sdk.resource(type) ?? none, nameOf(urn), inputs, identity);
  }

  /** The identifier that the cloud gives. */
  id(birth: Birth): string {
    return this.rules.rule(birth.schema.token).id?.(birth) ?? this.rules.id(birth);
  }

  /** Outputs as far as they are known before anything exists. */
  foreseen(type: string, inputs: Values): Values {
    const schema = this.sdk.resource(type);
    if (!schema) return declared(inputs);
    const known = plainAll(inputs);
    const rule = this.rules.rule(type);
    return assembled(schema, inputs, (property, optional) => {
      if (rule.defaults?.[property] !== undefined) return rule.defaults[property];
      const generic = this.rules.known(property, known, schema, this.setting);
      if (generic !== undefined) return generic;
      return optional && rule.computed?.[property] === undefined ? undefined : UNKNOWN;
    });
  }

  /** Outputs of what has been made or changed. */
  made(birth: Birth, inputs: Values): Values {
    const { schema } = birth;
    const rule = this.rules.rule(schema.token);
    if (schema.outputs.size === 0) return declared(inputs);
    return assembled(schema, inputs, (property, optional) => {
      const computed = rule.computed?.[property];
      if (computed !== undefined) return make(computed, birth);
      if (rule.defaults?.[property] !== undefined) return rule.defaults[property];
      const known = this.rules.known(property, birth.inputs, schema, birth);
      return known ?? (optional ? undefined : this.rules.generic(property, birth));
    });
  }

  /** Outputs with the package's last touches. */
  finished(outputs: Values, birth: Birth, before: Values | undefined): Values {
    return this.rules.finished?.(outputs, birth, before) ?? outputs;
  }

  /** Outputs that an update changes: those made of inputs that change, and those which count. */
  moving({ type, urn }: Subject, olds: Values | undefined, news: Values): ReadonlySet<string> {
    if (olds === undefined) return new Set();
    const rule = this.rules.rule(type);
    // Unknown parts are texts of their own, so what is made of them differs.
    const [before, after] = [olds, news].map((inputs) => this.birth({ type, urn }, inputs, urn)) as [Birth, Birth];
    const follows = ([, value]: readonly [string, Made]): boolean => !same(make(value, before), make(value, after));
    const made = Object.entries(rule.computed ?? {}).filter(follows);
    return new Set([...made.map(([property]) => property), ...(rule.advances ?? [])]);
  }
}
