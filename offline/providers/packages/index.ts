// Every package that is emulated, and how its provider's configuration becomes a setting.
import { createRequire } from "node:module";
import type * as Aws from "../../aws/provider";
import { Emulation } from "../core/emulation";
import { type Inventory, NOWHERE, type Place } from "../core/record";
import type { PackageRules, Setting } from "../core/rules";
import { isObject, plain, text, type Value, type Values } from "../core/values";
import { Sdk } from "../schema/sdk";
import type * as DockerBuild from "./docker-build";
import type * as Kubernetes from "./kubernetes";
import type * as Random from "./random";

const load = createRequire(__filename);

/** Loaded on demand: a provider's process serves one package, and starts the sooner without the others' rules. */
function rulesOf(name: string): PackageRules {
  switch (name) {
    case "docker-build":
      return (load("./docker-build") as typeof DockerBuild).dockerBuildRules;
    case "kubernetes":
      return (load("./kubernetes") as typeof Kubernetes).kubernetesRules;
    case "random":
      return (load("./random") as typeof Random).randomRules;
    default:
      return (load("../../aws/provider") as typeof Aws).awsRules;
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
export function emulate(name: string, config: Values, inventory: Inventory, nonce: () => string): Emulation {
  const setting = settingOf(config);
  return new Emulation(sdkOf(name), rulesOf(name), setting, inventory.at(placeOf(name, setting)), nonce);
}

/** Services without regions: what they keep belongs to the whole account. */
const GLOBAL = /^aws:(?:iam|route53|cloudfront|s3)\//;

/** What a provider sees: an account's region. */
function placeOf(name: string, { accountId, region }: Setting): Place {
  return (type) => (name === "aws" ? `${accountId}/${GLOBAL.test(type) ? "global" : region}` : NOWHERE);
}

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
