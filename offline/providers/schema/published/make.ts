// Makes aws.json anew: `node --require ./cli/preload.cjs offline/providers/schema/published/make.ts <schemas>`, where <schemas> is the
// folder cfnlint/data/schemas of the Python package cfn-lint (`pip download --no-deps cfn-lint`, and unzip the wheel).
// @aws-cdk/aws-service-spec is a development dependency. After an update of the AWS SDK or of the specification, run it.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { agreed } from "../agreement";
import { documentedValues } from "../documented";
import { readObjects, readResources } from "../declarations";
import type { Limits, Property } from "../shape";
import { extractText } from "./extract";
import { type Declared, type Laid, laidOn } from "./map";
import { registrySchemas } from "./registry";
import { serviceSpec } from "./service-spec";

/** The declarations of the installed AWS SDK. */
export function awsDeclared(): Declared {
  const folder = dirname(createRequire(join(__dirname, "x.js")).resolve("@pulumi/aws/package.json"));
  return { resources: readResources(folder), objects: readObjects(folder) };
}

/** What of laid limits the SDK's documentation agrees with; the index looks again, because an update may change a text. */
export function settled(declared: Declared, laid: Laid): Laid {
  const inputs = new Map(declared.resources.map(({ token, inputs: own }) => [token, own]));
  const settledTypes = [...laid].map(([type, properties]) => {
    const known = inputs.get(type) ?? declared.objects.get(type) ?? new Map<string, Property>();
    const beside = new Set(known.keys());
    const kept = [...properties].flatMap(([name, limits]) => {
      const property = known.get(name);
      const certain = property ? agreed(limits, property, beside) : {};
      // What stands for "not set" follows from the declaration; a list that contradicts the documentation's tells of a mistake.
      const { range, ...others } = certain;
      const contradicting =
        limits.values && property && documentedValues(property.doc) ? { values: limits.values } : {};
      const bare: Limits = { ...contradicting, ...others, ...(range && { range: without(range) }) };
      return Object.keys(bare).length > 0 ? [[name, bare] as const] : [];
    });
    return [type, new Map(kept)] as const;
  });
  return new Map(settledTypes);
}

function without({ min, max }: NonNullable<Limits["range"]>): NonNullable<Limits["range"]> {
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}

/** Both sources together: a value that either names is allowed, and what either says replaces does. */
export function merged(one: Laid, other: Laid): Laid {
  const types = [...new Set([...one.keys(), ...other.keys()])].map((type) => {
    const [left, right] = [one.get(type) ?? new Map<string, Limits>(), other.get(type) ?? new Map<string, Limits>()];
    const names = [...new Set([...left.keys(), ...right.keys()])];
    return [type, new Map(names.map((name) => [name, both(left.get(name), right.get(name))]))] as const;
  });
  return new Map(types);
}

function both(one: Limits = {}, other: Limits = {}): Limits {
  const values = one.values && other.values && [...new Set([...one.values, ...other.values])];
  return { ...one, ...other, ...(values && { values }) };
}

function main([folder]: readonly string[]): void {
  if (folder === undefined) throw new Error("the folder cfnlint/data/schemas of the package cfn-lint is missing");
  const declared = awsDeclared();
  const [spec, registry] = [serviceSpec(), registrySchemas(folder)];
  const laid = merged(laidOn(declared, spec.types), laidOn(declared, registry.types));
  const text = extractText({ serviceSpec: spec.version, registry: registry.version }, settled(declared, laid));
  writeFileSync(join(__dirname, "aws.json"), text);
  process.stdout.write(`aws.json: ${Buffer.byteLength(text)} bytes\n`);
}

if (require.main === module) main(process.argv.slice(2));
