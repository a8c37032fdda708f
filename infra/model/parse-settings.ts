// Compares a stack's configuration with itself, with the system and with the environment that it names. Pure: what the engine and
// the process know is handed in.
import { ALL_REGIONS, partitionOf } from "../../components/kit/partitions";
import { type ExistingSecret, SECRET_ARN } from "../../components/kit/existing-secret";
import type { Problem } from "../../components/kit/problems";
import { Environment } from "./environment";
import { Findings, nearest } from "./findings";
import { ownMigrations } from "./kinds/database/migration";
import { NAMESPACE, type ReadSettings, readSettings, SETTINGS_KEYS } from "./read-settings";
import { rateLimited } from "./kinds/service/priorities";
import { checked } from "./schema/check";
import {
  type ExistingNetwork,
  type ExistingNetworkSettings,
  HOST,
  hostOf,
  type PartialSettings,
  type Settings,
} from "./settings";
import { System } from "./system";

/** What a run was started with. */
export interface RunInput {
  /** Text by full key, as `pulumi.runtime.allConfig()` gives it. */
  readonly values: Readonly<Record<string, string>>;
  /** Full keys whose values are secret: they are never shown. @default none */
  readonly secrets?: ReadonlySet<string>;
  readonly stack: string;
  /** Whether the engine runs on the emulated providers. */
  readonly offline: boolean;
}

/** What configuration may name. */
export interface Known {
  readonly systems: Readonly<Record<string, System>>;
  readonly environments: Readonly<Record<string, Environment>>;
}

/** What reading yields: the parts that could be read, and everything that is wrong. */
export interface Parsed {
  /** Keys in {@link Known}. */
  readonly systemName: string | undefined;
  readonly environmentName: string | undefined;
  /** As far as it can be judged: without the keys that its schema refuses, undefined when too much is wrong. */
  readonly system: System | undefined;
  readonly environment: Environment | undefined;
  /** What could be read, so that the rest is checked although a part is wrong. */
  readonly read: PartialSettings;
  /** Undefined when a part that everything needs is missing or wrong. */
  readonly settings: Settings | undefined;
  readonly problems: readonly Problem[];
}

/** Reads and checks every key. */
export function parseSettings(run: RunInput, known: Known): Parsed {
  const read = new Findings();
  const given = withKnownRegion(readSettings(run.values, read));
  const told = new Set(read.problems.map(({ path }) => path));
  const findings = new Findings();
  const systemName = named("system", given.system, Object.keys(known.systems), findings);
  const environmentName = named("environment", given.environment, Object.keys(known.environments), findings);
  if (environmentName !== undefined) checkStack(run, systemName, environmentName, findings);
  const system = systemName === undefined ? undefined : checked(System, known.systems[systemName]).rest;
  const environment =
    environmentName === undefined ? undefined : checked(Environment, known.environments[environmentName]).rest;
  checkZones(given, findings);
  checkNetwork(given, findings);
  if (!run.offline) checkReal(given, findings);
  checkNames(given, system, findings);
  const settings = settingsOf(given, system, environment);
  const problems = byKey([...read.problems, ...findings.problems.filter(({ path }) => !told.has(path))]);
  return {
    ...{ systemName, environmentName, system, environment, read: settings, problems },
    settings: problems.length === 0 ? complete(settings) : undefined,
  };
}

/** In place of a misspelt region the one that was probably meant, to check the rest by. */
function withKnownRegion({ region = "", ...given }: ReadSettings): ReadSettings {
  return { ...given, region: ALL_REGIONS.includes(region) ? region : nearest(region, ALL_REGIONS) };
}

/** Problems in the order of the keys in settings.ts; keys that are not there come first. */
function byKey(problems: readonly Problem[]): Problem[] {
  const place = ({ path }: Problem): number => SETTINGS_KEYS.indexOf(/^[^:]*:(\w*)/.exec(path)?.[1] ?? "");
  return [...problems].sort((one, other) => place(one) - place(other));
}

/** Settings as far as they could be read, with what follows from them. */
function settingsOf(
  given: ReadSettings,
  system: System | undefined,
  environment: Environment | undefined,
): PartialSettings {
  const { account: accountId, network, secrets, services = {}, waf, ...rest } = given;
  return {
    ...rest,
    system: system?.name,
    environment: environment?.name,
    partition: partitionOf(rest.region ?? ""),
    accountId: accountId !== undefined && /^\d{12}$/.test(accountId) ? accountId : undefined,
    network: network && wholeNetwork(network),
    secrets: Object.fromEntries(Object.entries(secrets ?? {}).map(([name, it]) => [name, wholeSecret(it)])),
    services,
    waf: waf ?? rateLimited(system).length > 0,
  };
}

/** Settings, when everything that they require is there. */
function complete(read: PartialSettings): Settings | undefined {
  const set = Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
  return REQUIRED.every((key) => Object.hasOwn(set, key)) ? (set as unknown as Settings) : undefined;
}
const REQUIRED = ["system", "environment", "region", "partition", "zones", "accountId", "images", "services", "waf"];

/** One of the names that are known; of a misspelt one, the name that was probably meant, to check the rest by. */
function named(
  key: string,
  given: string | undefined,
  known: readonly string[],
  findings: Findings,
): string | undefined {
  if (given === undefined) return undefined;
  findings.requireKnown(given, known, `${NAMESPACE}:${key}`, key);
  return known.includes(given) ? given : nearest(given, known);
}

/** A stack is called `<environment>` or `<system>-<environment>`, with or without a suffix behind. */
function checkStack(run: RunInput, system: string | undefined, environment: string, findings: Findings): void {
  const names = [environment, ...(system === undefined ? [] : [`${system}-${environment}`])];
  findings.require(
    names.some((name) => run.stack === name || run.stack.startsWith(`${name}-`)),
    "archipelago:environment",
    environment,
    `the environment that the stack "${run.stack}" is named after`,
    `select the stack ${names.map((name) => `"${name}"`).join(" or ")} (or one with "-<suffix>"), or correct the key`,
  );
  findings.require(
    environment !== "local" || run.offline,
    "archipelago:environment",
    environment,
    "local on the emulated providers only",
    "run `make up`; for a real account select dev, staging or prod",
  );
}

/** The last zone of regions that have more than three: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html */
const LAST_ZONE: Readonly<Record<string, string>> = {
  ...{ "us-east-1": "f", "us-west-2": "d", "ca-central-1": "d", "ca-west-1": "c" },
  ...{ "ap-northeast-1": "d", "ap-northeast-2": "d", "cn-north-1": "d" },
};

function checkZones({ region, zones = [] }: ReadSettings, findings: Findings): void {
  zones.forEach((zone, index) => {
    const path = `${NAMESPACE}:zones[${index}]`;
    const letters = LAST_ZONE[region ?? ""] ?? "c";
    const letter = region !== undefined && zone.startsWith(region) ? zone.slice(region.length) : "";
    const holds = region === undefined || (/^[a-z]$/.test(letter) && letter <= letters);
    const allowed = `a zone of ${region ?? "the region"}: ${region ?? ""}a to ${region ?? ""}${letters}`;
    findings.require(holds, path, zone, allowed, "name the region's own zones");
    findings.require(zones.indexOf(zone) === index, path, zone, "each zone once", "remove the repetition");
  });
}

// The zone is named, not looked up: a look-up would need credentials at preview.
function checkNetwork(given: ReadSettings, findings: Findings): void {
  const { domain, hostedZoneId, cidr, network } = given;
  findings.require(
    (hostedZoneId === undefined) === (domain === undefined),
    `${NAMESPACE}:hostedZoneId`,
    hostedZoneId,
    "set when archipelago:domain is set, and only then",
    "name the Route 53 hosted zone that the domain lies in, or leave out both keys",
  );
  if (network === undefined) return;
  findings.require(
    cidr === undefined,
    `${NAMESPACE}:cidr`,
    cidr,
    "not set with archipelago:network: the VPC that exists has a range of its own",
    "remove the key",
  );
  findings.require(
    (network.endpointSecurityGroupIds ?? []).length === 0 || (network.endpoints ?? "existing") === "existing",
    `${NAMESPACE}:network.endpointSecurityGroupIds`,
    network.endpointSecurityGroupIds,
    'not set unless endpoints is "existing"',
    "remove one of the two keys",
  );
  const taken = new Set<string>();
  for (const tier of ["publicSubnetIds", "privateSubnetIds", "isolatedSubnetIds"] as const) {
    for (const [index, id] of (network[tier] ?? []).entries()) {
      const path = `${NAMESPACE}:network.${tier}[${index}]`;
      findings.require(!taken.has(id), path, id, "each subnet once, in one tier", "remove the repetition");
      taken.add(id);
    }
  }
}

function wholeNetwork(network: ExistingNetwork): ExistingNetworkSettings {
  const defaults = { publicSubnetIds: [], endpoints: "existing", endpointSecurityGroupIds: [], internetEgress: true };
  return { ...defaults, ...network } as ExistingNetworkSettings;
}

function wholeSecret(secret: string | ExistingSecret): ExistingSecret {
  return typeof secret === "string" ? { arn: secret } : secret;
}

// AWS's documentation accounts: they can be anybody's in an example and nobody's in a run.
const DOCUMENTATION_ACCOUNTS = ["111122223333", "444455556666", "777788889999", "123456789012"];

/** Whether an account stands in an example only. */
export function isPlaceholderAccount(accountId: string): boolean {
  return DOCUMENTATION_ACCOUNTS.includes(accountId);
}

// RFC 2606: nobody can own these, so a certificate for them is never issued and mail to them never arrives.
const RESERVED = /(?:^|\.)(?:example\.(?:com|net|org)|example|test|invalid|localhost)$/;

/** A run for an account is refused with the values of examples. */
function checkReal({ account, hostedZoneId, domain, alertEmail, identity }: ReadSettings, findings: Findings): void {
  const replace = "replace it in Pulumi.<stack>.yaml, or run with OFFLINE=1";
  findings.require(
    account === undefined || !isPlaceholderAccount(account),
    `${NAMESPACE}:account`,
    account,
    "an account of yours; this one is AWS's documentation example",
    replace,
  );
  const hosts = [
    ["domain", domain, domain],
    ["alertEmail", alertEmail, alertEmail?.split("@")[1]],
    ["identity.issuer", identity?.issuer, hostOf(identity?.issuer ?? "")],
    ["identity.jwksEndpoint", identity?.jwksEndpoint, hostOf(identity?.jwksEndpoint ?? "")],
  ] as const;
  for (const [key, value, host = ""] of hosts) {
    findings.require(
      !HOST.test(host) || !RESERVED.test(host),
      `${NAMESPACE}:${key}`,
      value,
      "a domain of yours; this one is reserved for examples",
      "replace it in Pulumi.<stack>.yaml, remove the key, or run with OFFLINE=1",
    );
  }
  findings.require(
    !hostedZoneId?.includes("EXAMPLE"),
    `${NAMESPACE}:hostedZoneId`,
    hostedZoneId,
    "a zone of yours; this one stands in an example only",
    replace,
  );
}

/** Images, secrets and services are of names that the system has; each image and each secret that it needs is there. */
function checkNames(given: ReadSettings, system: System | undefined, findings: Findings): void {
  if (system === undefined) return;
  const { images, secrets = {}, services = {} } = given;
  for (const [name, settings] of Object.entries(services)) {
    findings.requireKey(name, system.services, `${NAMESPACE}:services.${name}`, "service", settings);
  }
  const needed = [...Object.keys(system.services), ...ownMigrations(system).keys()];
  const known = Object.fromEntries(needed.map((name) => [name, true]));
  for (const [name, image] of Object.entries(images ?? {})) {
    findings.requireKey(name, known, `${NAMESPACE}:images.${name}`, "service", image);
  }
  for (const name of needed) {
    findings.require(
      // Without the key as a whole, that is reported.
      images === undefined || Object.hasOwn(images, name),
      `${NAMESPACE}:images.${name}`,
      undefined,
      "an image reference with a tag or digest",
      `pulumi config set --path '${NAMESPACE}:images.${name}' <reference>`,
    );
  }
  const called = secretNames(system);
  for (const name of Object.keys(secrets)) {
    const path = `${NAMESPACE}:secrets.${name}`;
    findings.requireKnown(name, called, path, "secret that a service names", "[not shown]");
  }
  for (const name of called) {
    findings.require(
      Object.hasOwn(secrets, name),
      `${NAMESPACE}:secrets.${name}`,
      undefined,
      SECRET_ARN,
      `create it (aws secretsmanager create-secret), then pulumi config set --path '${NAMESPACE}:secrets.${name}' <ARN>`,
    );
  }
}

/** The names by which a system's services call secrets of the stack. */
function secretNames({ services }: System): string[] {
  const secrets = Object.values(services).flatMap(({ secrets = {} }) => Object.values(secrets));
  return [...new Set(secrets.flatMap((secret) => ("existing" in secret ? [secret.existing] : [])))];
}
