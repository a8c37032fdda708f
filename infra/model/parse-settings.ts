// Checks a stack's configuration for conflicts: between its keys, with the system and with the environment. Pure: values of the engine
// and the process are arguments.
import { type ExistingSecret, SECRET_ARN } from "../../components/kit/existing-secret";
import type { Problem } from "../../components/kit/problems";
import { Environment } from "./environment";
import { Findings, nearest } from "./findings";
import { ownMigrations } from "./kinds/database/migration";
import { NAMESPACE, type ReadSettings, readSettings, type TargetKeys } from "./read-settings";
import { checked, nameOf } from "./schema/check";
import { HOST, hostOf, type PartialSettings, type Settings } from "./settings";
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

/** Systems and environments that configuration may name. */
export interface Known {
  readonly systems: Readonly<Record<string, System>>;
  readonly environments: Readonly<Record<string, Environment>>;
}

/** What reading yields: the parts that could be read, and everything that is wrong. */
export interface Parsed {
  /** Keys in {@link Known}. */
  readonly systemName: string | undefined;
  readonly environmentName: string | undefined;
  /** The target that the stack names, or the usual one. */
  readonly target: string;
  /** As far as it can be judged: without the keys that its schema refuses, undefined when too much is wrong. */
  readonly system: System | undefined;
  readonly environment: Environment | undefined;
  /** The valid parts, so that the rest is checked although a part is wrong. */
  readonly read: PartialSettings;
  /** What could be read of the keys of the target. */
  readonly own: ReadSettings["own"];
  /** Undefined when a part that everything needs is missing or wrong. */
  readonly settings: Settings | undefined;
  readonly problems: readonly Problem[];
  /** Problems in the order of {@link ReadSettings.keys}; those of other keys come first. */
  readonly byKey: (problems: readonly Problem[]) => Problem[];
}

/** Reads and checks every key. */
export function parseSettings(run: RunInput, known: Known, targets: TargetKeys): Parsed {
  const read = new Findings();
  const { target, common: given, own, keys } = readSettings(run.values, targets, read);
  const told = new Set(read.problems.map(({ path }) => path));
  const findings = new Findings();
  const systemName = named("system", given.system, Object.keys(known.systems), findings);
  const environmentName = named("environment", given.environment, Object.keys(known.environments), findings);
  if (environmentName !== undefined) checkStack(run, systemName, environmentName, findings);
  const described = systemName === undefined ? undefined : checked(System, known.systems[systemName]);
  const sized = environmentName === undefined ? undefined : checked(Environment, known.environments[environmentName]);
  const [system, environment] = [described?.rest, sized?.rest];
  if (systemName !== undefined && described)
    checkKey("systems", systemName, known.systems[systemName], described.problems, findings);
  if (environmentName !== undefined && sized)
    checkKey("environments", environmentName, known.environments[environmentName], sized.problems, findings);
  if (!run.offline) checkReal(given, findings);
  checkNames(given, system, findings);
  const settings = settingsOf(given, system, environment);
  const place = ({ path }: Problem): number => keys.indexOf(/^[^:]*:(\w*)/.exec(path)?.[1] ?? "");
  const byKey = (problems: readonly Problem[]): Problem[] =>
    [...problems].sort((one, other) => place(one) - place(other));
  const problems = byKey([...read.problems, ...findings.problems.filter(({ path }) => !told.has(path))]);
  return {
    ...{ systemName, environmentName, target, system, environment, read: settings, own, problems, byKey },
    settings: problems.length === 0 ? complete(settings) : undefined,
  };
}

/** The key of a system or an environment must equal its `name`: names of resources come from the one, stacks from the other. */
function checkKey(
  of: "systems" | "environments",
  key: string,
  described: unknown,
  wrong: readonly Problem[],
  findings: Findings,
): void {
  const name = nameOf(described);
  // A name of a wrong form is reported once, by the schema.
  if (name === "" || wrong.some(({ path }) => path === "name")) return;
  const remedy = `export it as [${of === "systems" ? "system" : "environment"}.name], so that both are always one name`;
  findings.require(name === key, `${of}.${key}.name`, name, `"${key}", the name under which it is exported`, remedy);
}

/** Settings as far as they could be read, with what follows from them. */
function settingsOf(
  { target, ...given }: ReadSettings["common"],
  system: System | undefined,
  environment: Environment | undefined,
): PartialSettings {
  const { secrets, services = {}, ...rest } = given;
  return {
    ...rest,
    system: system?.name,
    environment: environment?.name,
    secrets: Object.fromEntries(Object.entries(secrets ?? {}).map(([name, it]) => [name, wholeSecret(it)])),
    services,
  };
}

/** Settings, when everything that they require is there. */
function complete(read: PartialSettings): Settings | undefined {
  const set = Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
  return REQUIRED.every((key) => Object.hasOwn(set, key)) ? (set as unknown as Settings) : undefined;
}
const REQUIRED = ["system", "environment", "images", "services"];

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
  const own = [environment, ...(system === undefined ? [] : [`${system}-${environment}`])];
  // The same environment on another platform beside it.
  const names = [...own, ...own.flatMap((name) => [`eks-${name}`, `k8s-${name}`])];
  findings.require(
    // Without a known system nothing can be said of the stack's name.
    system === undefined || names.some((name) => run.stack === name || run.stack.startsWith(`${name}-`)),
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

export function wholeSecret(secret: string | ExistingSecret): ExistingSecret {
  return typeof secret === "string" ? { arn: secret } : secret;
}

/** A run for an account or a cluster of one's own is refused with the domains of examples. */
function checkReal({ domain, identity }: ReadSettings["common"], findings: Findings): void {
  checkHosts(
    [
      ["domain", domain, domain],
      ["identity.issuer", identity?.issuer, hostOf(identity?.issuer ?? "")],
      ["identity.jwksEndpoint", identity?.jwksEndpoint, hostOf(identity?.jwksEndpoint ?? "")],
    ],
    findings,
  );
}

// RFC 2606 reserves these names: a certificate for them is never issued, and mail to them is never delivered.
const RESERVED = /(?:^|\.)(?:example\.(?:com|net|org)|example|test|invalid|localhost)$/;

/** Refuses hosts that are reserved for examples: the key, its value and the host in it. */
export function checkHosts(
  hosts: readonly (readonly [key: string, value: string | undefined, host: string | undefined])[],
  findings: Findings,
): void {
  for (const [key, value, host = ""] of hosts) {
    findings.require(
      !HOST.test(host) || !RESERVED.test(host),
      `${NAMESPACE}:${key}`,
      value,
      "a domain of yours; this one is reserved for examples",
      "replace it in Pulumi.<stack>.yaml, remove the key, or run with OFFLINE=1",
    );
  }
}

/** Images, secrets and services are of names that the system has; each image and each secret that it needs is there. */
function checkNames(given: ReadSettings["common"], system: System | undefined, findings: Findings): void {
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
