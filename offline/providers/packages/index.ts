// Every package that is emulated, and how its provider's configuration becomes a setting.
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import type * as Aws from "../aws";
import { Emulation } from "../core/emulation";
import { type Inventory, NOWHERE, type Place } from "../core/record";
import type { PackageRules, Setting } from "../core/rules";
import type { Told } from "../core/run";
import type { Notes } from "../core/told";
import { isObject, mapValues, plain, text, type Value, type Values } from "../core/values";
import { Sdk } from "../schema/sdk";
import type * as DockerBuild from "./docker-build";
import type * as Kubernetes from "./kubernetes";
import type * as Random from "./random";

const load = createRequire(__filename);

/** Loaded on demand: a provider's process serves one package, and starts the sooner without the others' rules. */
function rulesOf(name: string, config: Values): PackageRules {
  switch (name) {
    case "docker-build":
      return (load("./docker-build") as typeof DockerBuild).dockerBuildRules;
    case "kubernetes": {
      const { ofDeclaredVersion, renderedRules, rulesWith } = load("./kubernetes") as typeof Kubernetes;
      const given = mapValues(config, plain);
      return ofDeclaredVersion(rendersTo(config) === "" ? rulesWith(given) : renderedRules, given);
    }
    case "random":
      return (load("./random") as typeof Random).randomRules;
    default:
      return (load("../aws") as typeof Aws).awsRules;
  }
}

const sdks = new Map<string, Sdk>();

/** The installed SDK of a package, read once a process. */
export function sdkOf(name: string): Sdk {
  const known = sdks.get(name) ?? new Sdk(name);
  sdks.set(name, known);
  return known;
}

/** The emulation of a package under a configuration. */
export function emulate(
  name: string,
  config: Values,
  inventory: Inventory,
  nonce: () => string,
  notes?: Notes,
): Emulation {
  const setting = settingOf(config);
  const place = placeOf(name, config, setting);
  const sdk = sdkOf(name);
  const hear = ({ type, urn, id, marked }: Told): void => {
    const secrets = sdk.resource(type)?.secrets ?? new Set<string>();
    notes?.add({ package: name, place: place(type), type, urn, id, marked }, secrets);
  };
  return new Emulation(sdk, rulesOf(name, config), setting, inventory.at(place), nonce, hear);
}

/** Services without regions: what they keep belongs to the whole account. */
const GLOBAL = /^aws:(?:iam|route53|cloudfront|s3)\//;

/** What a provider sees: an account's region, or a cluster. */
function placeOf(name: string, config: Values, { accountId, region }: Setting): Place {
  if (name === "aws") return (type) => `${accountId}/${GLOBAL.test(type) ? "global" : region}`;
  const cluster = ["kubeconfig", "context", "cluster", "renderYamlToDirectory"]
    .map((key) => text(plain(config[key] ?? "")) ?? "")
    .join("");
  const place = cluster === "" ? NOWHERE : createHash("sha256").update(cluster).digest("hex").slice(0, 12);
  return () => place;
}

/** The folder into which a provider writes its objects, instead of making them in a cluster. */
const rendersTo = (config: Values): string => text(plain(config.renderYamlToDirectory ?? "")) ?? "";

/** Regions outside the commercial partition, by what their names begin with. */
const PARTITIONS = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["eusc-", "aws-eusc"],
] as const;

/** Where and for whom a provider acts, by its configuration: nested values arrive as JSON text. */
export function settingOf(config: Values): Setting {
  const region = text(plain(config.region ?? "")) ?? "";
  const accounts = parsed(config.allowedAccountIds);
  const tags = parsed(config.defaultTags);
  const common = isObject(tags) && isObject(tags.tags) ? tags.tags : {};
  return {
    region: region === "" ? "us-east-1" : region,
    accountId: Array.isArray(accounts) && typeof accounts[0] === "string" ? accounts[0] : "123456789012",
    partition: PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws",
    defaultTags: Object.fromEntries(
      Object.entries(common).filter((tag): tag is [string, string] => typeof tag[1] === "string"),
    ),
  };
}

function parsed(value: Value | undefined): Value {
  const known = plain(value ?? null);
  if (typeof known !== "string") return known;
  try {
    return JSON.parse(known) as Value;
  } catch {
    return known;
  }
}
