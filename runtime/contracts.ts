// Contracts of events, checked with ajv: publishers send nothing that breaks them, and consumers handle nothing that does.
import Ajv2020, { type ValidateFunction } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import type { Described } from "./description";

/** A message that breaks the contract of its event. It is the same at each try. */
export class ContractBroken extends Error {
  override readonly name = "ContractBroken";
}

// Contracts name some formats that ajv-formats does not have (`idn-email`): these are not checked.
const ajv = new Ajv2020({ allErrors: true, strict: false, logger: false });
addFormats(ajv);
const compiled = new WeakMap<object, ValidateFunction>();

/** Problems of data against a JSON Schema, without the values: they may be personal data. */
export function problemsOf(schema: object, data: unknown): string[] {
  const validate = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, validate);
  if (validate(data)) return [];
  return (validate.errors ?? []).map(({ instancePath, message = "" }) => `${instancePath || "/"} ${message}`);
}

/** The event type of a topic. @throws TypeError when the description does not declare it */
export function contractOf({ topics }: Described, topic: string, type: string) {
  const contract = topics[topic]?.events[type];
  if (contract === undefined) throw new TypeError(`the topic ${topic} has no event ${type}`);
  return { ...contract, version: contract.version ?? "1.0" };
}

/** @throws ContractBroken when data breaks the schema that a topic has for an event in a version */
export function checkContract(
  system: Described,
  topic: string,
  type: string,
  version: string | undefined,
  data: unknown,
): void {
  const { version: current, schema, earlier = {} } = contractOf(system, topic, type);
  const wanted = version ?? current;
  const agreed = wanted === current ? schema : (earlier as Readonly<Record<string, object | undefined>>)[wanted];
  if (agreed === undefined) {
    if (wanted !== current) throw new ContractBroken(`${type} has no version ${wanted}`);
    return;
  }
  const problems = problemsOf(agreed, data);
  if (problems.length > 0) throw new ContractBroken(`${type} ${wanted}: ${problems.join("; ")}`);
}
