// The random provider: values are made once, at creation, and live in the record from then on.
import { randomBytes, randomInt, randomUUID } from "node:crypto";
import type { NewResource, PackageRules, TypeRule } from "../core/rules";
import type { Values } from "../core/values";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";
const ADJECTIVES = ["amber", "brave", "calm", "eager", "gentle", "keen", "lucid", "noble", "quiet", "swift"];
const ANIMALS = ["badger", "crane", "dolphin", "falcon", "heron", "lynx", "marmot", "otter", "raven", "tapir"];

const number = (resource: NewResource, property: string, otherwise: number): number => {
  const value = resource.inputs[property];
  return typeof value === "number" ? value : otherwise;
};
const enabled = (resource: NewResource, property: string): boolean => resource.inputs[property] !== false;

/** A text that holds at least as many of each kind of character as was asked for. */
function password(resource: NewResource): string {
  const kinds = [
    { on: enabled(resource, "lower"), least: number(resource, "minLower", 0), from: LOWER },
    { on: enabled(resource, "upper"), least: number(resource, "minUpper", 0), from: LOWER.toUpperCase() },
    {
      on: enabled(resource, "numeric") && enabled(resource, "number"),
      least: number(resource, "minNumeric", 0),
      from: DIGITS,
    },
    {
      on: enabled(resource, "special"),
      least: number(resource, "minSpecial", 0),
      from: resource.text("overrideSpecial") || SPECIAL,
    },
  ].filter(({ on }) => on);
  const all = kinds.map(({ from }) => from).join("");
  const characters = kinds.flatMap(({ least, from }) => Array.from({ length: least }, () => pick(from)));
  while (characters.length < number(resource, "length", 0)) characters.push(pick(all));
  for (let at = characters.length - 1; at > 0; at--) {
    const other = randomInt(at + 1);
    [characters[at], characters[other]] = [characters[other] ?? "", characters[at] ?? ""];
  }
  return characters.join("");
}

function pick(from: string | readonly string[]): string {
  return from[randomInt(from.length)] ?? "";
}

function shuffled(values: readonly string[]): string[] {
  return values
    .map((value) => ({ value, key: randomInt(2 ** 32) }))
    .sort((left, right) => left.key - right.key)
    .map(({ value }) => value);
}

const RANDOM_ID = {
  hex: (resource: NewResource) => resource.text("prefix") + Buffer.from(resource.id, "base64url").toString("hex"),
  dec: (resource: NewResource) =>
    resource.text("prefix") + BigInt(`0x${Buffer.from(resource.id, "base64url").toString("hex") || "0"}`).toString(),
  b64Std: (resource: NewResource) => resource.text("prefix") + Buffer.from(resource.id, "base64url").toString("base64"),
  b64Url: (resource: NewResource) => resource.text("prefix") + resource.id,
};

/** Which characters a password or string is made of, unless it says otherwise. */
const CHARACTERS = {
  lower: true,
  upper: true,
  numeric: true,
  number: true,
  special: true,
  minLower: 0,
  minUpper: 0,
  minNumeric: 0,
  minSpecial: 0,
};

const rules: Readonly<Record<string, TypeRule>> = {
  "random:index/randomPassword:RandomPassword": {
    id: () => "none",
    computed: { result: password, bcryptHash: (resource) => `$2a$10$${resource.hex(53)}` },
    defaults: CHARACTERS,
  },
  "random:index/randomString:RandomString": {
    id: password,
    computed: { result: (resource) => resource.id },
    defaults: CHARACTERS,
  },
  "random:index/randomId:RandomId": {
    id: (resource) => randomBytes(number(resource, "byteLength", 8)).toString("base64url"),
    computed: RANDOM_ID,
  },
  "random:index/randomBytes:RandomBytes": {
    id: () => "none",
    computed: {
      base64: (resource) => randomBytes(number(resource, "length", 8)).toString("base64"),
      hex: (resource) => resource.hex(2 * number(resource, "length", 8)),
    },
  },
  "random:index/randomUuid:RandomUuid": { id: () => randomUUID(), computed: { result: (resource) => resource.id } },
  "random:index/randomInteger:RandomInteger": {
    id: (resource) => String(randomInt(number(resource, "min", 0), number(resource, "max", 1) + 1)),
    computed: { result: (resource) => Number(resource.id) },
  },
  "random:index/randomPet:RandomPet": {
    id: (resource) => {
      const words = Array.from({ length: Math.max(0, number(resource, "length", 2) - 1) }, () => pick(ADJECTIVES));
      return [resource.text("prefix"), ...words, pick(ANIMALS)].filter(Boolean).join(resource.text("separator") || "-");
    },
    defaults: { length: 2, separator: "-" },
  },
  "random:index/randomShuffle:RandomShuffle": {
    id: () => "-",
    computed: {
      results: (resource) => {
        const given = resource.inputs.inputs;
        const mixed = shuffled(Array.isArray(given) ? given.map(String) : []);
        return mixed.slice(0, number(resource, "resultCount", mixed.length));
      },
    },
  },
};

/** Everything that a random resource is made of replaces it: its value could not follow otherwise. */
function replacing(token: string): TypeRule {
  return { autoname: false, unique: false, replaces: "all", ...rules[token] };
}

export const randomRules: PackageRules = {
  rule: replacing,
  recordless: true,
  completed: (_schema, _token, _name, inputs) => inputs,
  id: () => "none",
  generic: () => undefined,
  known: () => undefined,
  invoke(token): Values {
    throw new Error(`offline: the random provider has no function ${token}`);
  },
};
