// The emulated AWS provider: names, ARNs, common tags, and values of the right form for every output that no card mentions.
import type { NewResource, PackageRules, Setting, TypeRule } from "../providers/core/rules";
import {
  hasUnknown,
  isObject,
  isSecret,
  mapValues,
  plain,
  secret,
  UNKNOWN,
  type Value,
  type Values,
} from "../providers/core/values";
import type { ResourceSchema } from "../providers/schema/sdk";
import type { Property } from "../providers/schema/shape";
import { invoke } from "./functions";
import { deleteImages } from "./images";
import { defaultPart } from "./default-parts";
import { referencesByForm } from "./references-by-form";
import { ruleOfType } from "./cards";
import { commonConstraints } from "./common";
import { firstName, hasName } from "./names";
import { globalArn, physicalName, UPPER, uuid } from "./identifiers";

export const awsRules: PackageRules = {
  rule: (token) => ruleOfType(token) ?? WITHOUT_CARD,

  completed(schema, token, logicalName, given, hex) {
    const inputs = schema ? withTexts(schema, given) : given;
    const rule = awsRules.rule(token).autoname;
    if (rule === false || !schema) return inputs;
    const property = rule?.property ?? "name";
    if (!namesItself(schema, property) || isGiven(inputs[property]) || isGiven(inputs[`${property}Prefix`]))
      return inputs;
    const fifo = plain(inputs.fifoQueue ?? inputs.fifoTopic ?? false) === true ? ".fifo" : "";
    const prefix = rule?.prefix ?? "";
    const limit = (rule?.limit ?? 255) - prefix.length - hex.length - 1 - fifo.length;
    const base = rule?.lower === true ? logicalName.toLowerCase() : logicalName;
    return { ...inputs, [property]: `${prefix}${base.slice(0, Math.max(0, limit))}-${hex}${fifo}` };
  },

  id(resource) {
    const { unique = uniqueName(resource.schema), uniqueWithin = [] } = awsRules.rule(resource.schema.token);
    const name =
      unique === undefined || unique === false ? "" : resource.text(unique) || resource.text(`${unique}Prefix`);
    if (typeof unique === "string" && name !== "")
      return [
        ...uniqueWithin.flatMap((property) => resource.text(property) || []),
        physicalName(resource, unique),
      ].join(":");
    const [, module = "", type = ""] = resource.schema.token.split(":");
    return `${kebab(type || module)}-${resource.hex(17)}`;
  },

  generic(property, resource) {
    const kind = resource.schema.outputs.get(property)?.shape.kind;
    const fallback = documentedDefault(property, resource.schema);
    if (fallback !== undefined) return fallback;
    if (kind === "number") return 0;
    if (kind === "boolean") return false;
    if (kind === "list") return [];
    if (kind === "map" || kind === "object") return {};
    return made(property, resource);
  },

  known(property, inputs, schema, setting) {
    if (property === "tagsAll") return allTags(inputs, setting);
    if (property === "region") return setting.region;
    return schema.inputs.has(property) ? documentedDefault(property, schema) : undefined;
  },

  invoke,
  uniqueName,
  referencesByForm,
  defaultPart,
  firstName,
  afterDeletion: deleteImages,
};

/** A type without a card is judged by its declaration, and by what holds for every type. Its names need not be unique. */
const WITHOUT_CARD: TypeRule = { unique: false, constraints: commonConstraints };

/** The property that must be unique, where a card names none. */
function uniqueName(schema: ResourceSchema): string | undefined {
  return hasName(schema) ? "name" : undefined;
}

/** Documents that may be given as objects (policies) go to the cloud as JSON text. */
function withTexts(schema: ResourceSchema, inputs: Values): Values {
  return mapValues(inputs, (value, property) => {
    const shape = schema.inputs.get(property)?.shape;
    const known = plain(value);
    if (shape?.kind !== "union" || !shape.of.some(({ kind }) => kind === "string") || !isObject(known)) return value;
    const document = hasUnknown(known) ? UNKNOWN : JSON.stringify(known);
    return isSecret(value) ? secret(document) : document;
  });
}

function isGiven(value: Value | undefined): boolean {
  return value !== undefined && value !== null;
}

/** The SDK lets the name be left out and yet promises one: the provider makes it. */
function namesItself(schema: ResourceSchema, property: string): boolean {
  const input = schema.inputs.get(property);
  const output = schema.outputs.get(property);
  return input?.optional === true && input.shape.kind === "string" && output?.optional === false;
}

function allTags(inputs: Values, setting: Setting): Value {
  const own = inputs.tags;
  return own === UNKNOWN ? UNKNOWN : { ...setting.defaultTags, ...(isObject(own) ? own : {}) };
}

/** A text is read once, not again for each resource of its type. */
const defaults = new WeakMap<Property, Value | undefined>();

function documentedDefault(property: string, schema: ResourceSchema): Value | undefined {
  const input = schema.inputs.get(property);
  if (input === undefined) return undefined;
  if (!defaults.has(input)) defaults.set(input, readDefault(input));
  return defaults.get(input);
}

/** The default that the documentation promises without an "if" or a "when". */
function readDefault({ doc, shape }: Property): Value | undefined {
  const match = /(?:Defaults? (?:value )?(?:to|is|of)|default is|default:) `([^`]+)`(?=[.)]|$)/i.exec(doc);
  const value = match?.[1];
  if (value === undefined) return undefined;
  if (shape.kind === "boolean") return value === "true" ? true : value === "false" ? false : undefined;
  if (shape.kind === "number") return Number.isFinite(Number(value)) ? Number(value) : undefined;
  return shape.kind === "string" ? value.replace(/^"|"$/g, "") : undefined;
}

/** A text that looks like what its name says. */
function made(property: string, resource: NewResource): Value {
  const [, module = ""] = resource.schema.token.split(":");
  const service = module.split("/")[0] ?? module;
  const type = kebab(resource.schema.token.split(":")[2] ?? "");
  // Optional inputs that AWS computes are empty, unless the service's card sets them.
  const input = resource.schema.inputs.has(property);
  if (property === "arn")
    return GLOBAL.has(service)
      ? globalArn(resource, service, `${type}/${resource.id}`)
      : resource.arn(service, `${type}/${resource.id}`);
  if (property === "name") return physicalName(resource);
  if (property === "namePrefix" || property.endsWith("Prefix")) return "";
  if (/^(owner|account|registry|awsAccount|catalog)Id$|^owner$/.test(property)) return resource.accountId;
  if (input) return "";
  if (property.endsWith("Arn"))
    return resource.arn(service, `${kebab(property.slice(0, -3))}/${resource.hex(12, property)}`);
  if (/(Date|Time|At|Timestamp)$/.test(property)) return resource.now;
  if (/status$/i.test(property)) return "ACTIVE";
  if (/state$/i.test(property)) return "available";
  if (/hostedZoneId$/i.test(property)) return `Z${resource.token(13, UPPER, "zone")}`;
  if (/etag$/i.test(property)) return resource.hex(32, property);
  if (/(dnsName|domainName|endpoint|hostname|address)$/i.test(property)) {
    return `${resource.hex(12, property)}.${service}.${resource.region}.amazonaws.com`;
  }
  if (/(url|uri)$/i.test(property))
    return `https://${resource.hex(10, property)}.${service}.${resource.region}.amazonaws.com`;
  if (/id$/i.test(property))
    return property.toLowerCase() === `${type.replace(/-/g, "")}id` ? resource.id : uuid(resource, property);
  return `${kebab(property)}-${resource.hex(8, property)}`;
}

const GLOBAL: ReadonlySet<string> = new Set(["iam", "route53", "cloudfront", "s3"]);

function kebab(text: string): string {
  return text.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
}
