// What a rule may look at when a resource comes into being, and the made-up parts of identifiers.
import { createHash } from "node:crypto";
import type { ResourceSchema } from "../schema/sdk";
import type { Birth, Setting } from "./rules";
import { text, type Values } from "./values";

/**
 * The moment of a resource's creation.
 * @param identity what its made-up identifiers follow from
 */
export function birthOf(
  setting: Setting,
  schema: ResourceSchema,
  logicalName: string,
  inputs: Values,
  identity: string,
): Birth {
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
    arn: (service, resource) => `arn:${partition}:${service}:${region}:${accountId}:${resource}`,
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
