// Reads a stack's configuration into settings. Pure: what the engine and the process know is handed in.
import { ALL_REGIONS, partitionOf } from "../../components/kit/partitions";
import type { Problem } from "../../components/kit/problems";
import { Environment } from "./environment";
import { Findings, nearest } from "./findings";
import { HOST, requireReal } from "./hosts";
import { parseIdentity } from "./parse-identity";
import { parseExistingNetwork } from "./parse-existing-network";
import { parseCidr, parseMasks } from "./parse-network";
import { parseSecrets, refuseSecretsIn } from "./parse-secrets";
import { parseServices, parseImages } from "./parse-services";
import { parseQuotas } from "./quotas";
import { RawConfig } from "./raw-config";
import { rateLimited } from "./routing";
import { checked } from "./schema/check";
import type { PartialSettings, Settings } from "./settings";
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

const KEYS = [
  "system",
  "environment",
  "region",
  "zones",
  "account",
  "domain",
  "hostedZoneId",
  "alertEmail",
  "identity",
  "waf",
  "images",
  "cidr",
  "masks",
  "network",
  "quotas",
  "secrets",
  "services",
] as const;

/** Reads and checks every key. */
export function parseSettings(run: RunInput, known: Known): Parsed {
  const findings = new Findings();
  const config = new RawConfig(run.values, findings);
  config.refuseUnknown(KEYS);
  refuseSecretsIn(config, run.values);
  const systemName = named(config, "system", Object.keys(known.systems));
  const environmentName = named(config, "environment", Object.keys(known.environments));
  if (environmentName !== undefined) checkStack(run, systemName, environmentName, findings);
  const region = named(config, "region", ALL_REGIONS);
  const zones = parseZones(config, region);
  const accountId = parseAccount(config, run);
  const domain = parseDomain(config, run);
  const hostedZoneId = parseHostedZone(config, run, domain);
  const alertEmail = parseEmail(config, run);
  const identity = parseIdentity(config, run);
  const cidr = parseCidr(config);
  const masks = parseMasks(config);
  const network = parseExistingNetwork(config);
  const quotas = parseQuotas(config);
  const described = systemName === undefined ? undefined : checked(System, known.systems[systemName]);
  const system = described?.rest;
  const images = parseImages(config, system);
  const services = parseServices(config, system);
  const secrets = parseSecrets(config, system);
  const waf = config.flag("waf", rateLimited(system).length > 0);
  const partition = region === undefined ? undefined : partitionOf(region);
  const environment =
    environmentName === undefined ? undefined : checked(Environment, known.environments[environmentName]).rest;
  const read = {
    system: system?.name,
    environment: environment?.name,
    region,
    partition,
    zones,
    accountId,
    domain,
    hostedZoneId,
    alertEmail,
    identity,
    waf,
    images,
    cidr,
    masks,
    network,
    quotas,
    services,
    secrets,
  };
  return {
    systemName,
    environmentName,
    system,
    environment,
    read,
    settings: complete(read),
    problems: findings.problems,
  };
}

/** Settings, when everything that they require could be read. */
function complete(read: PartialSettings): Settings | undefined {
  const { system, environment, region, partition, zones, accountId, waf, images, services } = read;
  const { domain, hostedZoneId, alertEmail, identity, cidr, masks, network, secrets } = read;
  if (system === undefined || environment === undefined || region === undefined || partition === undefined)
    return undefined;
  if (!zones || accountId === undefined || !images || waf === undefined || !services) return undefined;
  const required = { system, environment, region, partition, zones, accountId, waf, images, services };
  return {
    ...required,
    ...(secrets && { secrets }),
    ...(domain !== undefined && { domain }),
    ...(hostedZoneId !== undefined && { hostedZoneId }),
    ...(alertEmail !== undefined && { alertEmail }),
    ...(identity && { identity }),
    ...(cidr !== undefined && { cidr }),
    ...(masks && { masks }),
    ...(network && { network }),
  };
}

/** A required text that must be one of those known; of a misspelt one, what was probably meant, to check the rest by. */
function named(config: RawConfig, key: string, known: readonly string[]): string | undefined {
  const text = config.text(
    key,
    `a known ${key}, such as ${known[0] ?? ""}`,
    `pulumi config set archipelago:${key} ${known[0] ?? ""}`,
  );
  if (text === undefined) return undefined;
  config.findings.requireKnown(text, known, `archipelago:${key}`, key);
  return known.includes(text) ? text : nearest(text, known);
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

function parseZones(config: RawConfig, region: string | undefined): readonly string[] | undefined {
  const allowed = `a list of zones of ${region ?? "the region"}, such as ["${region ?? "eu-central-1"}a", …]`;
  const zones = config.list("zones", allowed, "list the zones in Pulumi.<stack>.yaml");
  if (zones === undefined) return undefined;
  zones.forEach((zone, index) => {
    const path = `archipelago:zones[${index}]`;
    const letters = LAST_ZONE[region ?? ""] ?? "c";
    const letter = region !== undefined && zone.startsWith(region) ? zone.slice(region.length) : "";
    const known = region === undefined || (/^[a-z]$/.test(letter) && letter <= letters);
    const allowed = `a zone of ${region ?? "the region"}: ${region ?? ""}a to ${region ?? ""}${letters}`;
    config.findings.require(known, path, zone, allowed, "name the region's own zones");
    config.findings.require(zones.indexOf(zone) === index, path, zone, "each zone once", "remove the repetition");
  });
  return zones;
}

// AWS's documentation accounts: they can be anybody's in an example and nobody's in a run.
const DOCUMENTATION_ACCOUNTS = ["111122223333", "444455556666", "777788889999", "123456789012"];

/** Whether an account stands in an example only. */
export function isPlaceholderAccount(accountId: string): boolean {
  return DOCUMENTATION_ACCOUNTS.includes(accountId);
}

function parseAccount(config: RawConfig, run: RunInput): string | undefined {
  const allowed = "an AWS account: twelve digits, in quotes";
  const account = config.text("account", allowed, 'pulumi config set archipelago:account "<account>"');
  if (account === undefined) return undefined;
  const holds = /^\d{12}$/.test(account);
  config.findings.require(
    holds,
    "archipelago:account",
    account,
    allowed,
    /^\d{1,11}$/.test(account)
      ? 'write it in quotes: without them YAML reads a number, which has no leading zeros ("011122223333")'
      : "look it up in the AWS console",
  );
  config.findings.require(
    run.offline || !isPlaceholderAccount(account),
    "archipelago:account",
    account,
    "an account of yours; this one is AWS's documentation example",
    "replace it in Pulumi.<stack>.yaml, or run with OFFLINE=1",
  );
  return holds ? account : undefined;
}

function parseDomain(config: RawConfig, run: RunInput): string | undefined {
  const domain = config.text("domain", "", "", "optional");
  if (domain === undefined) return undefined;
  const allowed = "a lower-case domain name, such as shop.example.com";
  config.findings.require(HOST.test(domain), "archipelago:domain", domain, allowed, "leave out scheme, port and path");
  requireReal("domain", domain, domain, run.offline, config.findings);
  return domain;
}

// The zone is named, not looked up: a look-up would need credentials at preview.
function parseHostedZone(config: RawConfig, run: RunInput, domain: string | undefined): string | undefined {
  const zone = config.text("hostedZoneId", "", "", "optional");
  const path = "archipelago:hostedZoneId";
  const together = "set when archipelago:domain is set, and only then";
  config.findings.require(
    (zone === undefined) === (domain === undefined),
    path,
    zone,
    together,
    "name the Route 53 hosted zone that the domain lies in, or leave out both keys",
  );
  if (zone === undefined) return undefined;
  const allowed = "the id of a public Route 53 hosted zone, such as Z0123456789ABCDEFGHIJ";
  config.findings.require(/^Z[A-Z0-9]{5,31}$/.test(zone), path, zone, allowed, "look it up in the Route 53 console");
  config.findings.require(
    run.offline || !zone.includes("EXAMPLE"),
    path,
    zone,
    "a zone of yours; this one stands in an example only",
    "replace it in Pulumi.<stack>.yaml, or run with OFFLINE=1",
  );
  return zone;
}

function parseEmail(config: RawConfig, run: RunInput): string | undefined {
  const email = config.text("alertEmail", "", "", "optional");
  if (email === undefined) return undefined;
  const [user = "", host = "", ...rest] = email.split("@");
  const holds = /^[\w.+-]+$/.test(user) && HOST.test(host.toLowerCase()) && rest.length === 0;
  const allowed = "one e-mail address, such as alerts@example.com";
  config.findings.require(holds, "archipelago:alertEmail", email, allowed, "name a mailbox that someone reads");
  requireReal("alertEmail", email, host, run.offline, config.findings);
  return email;
}
