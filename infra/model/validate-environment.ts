// An environment against AWS's limits, and a system with its settings against the environment.
import { runtimeProblems } from "../../components/base/container-runtime";
import { imageProblems, parseImage } from "../../components/base/image";
import type { Problem } from "../../components/base/problems";
import { mebibytes } from "../../components/base/units";
import { isPrivate, LONGEST_VPC_PREFIX, parseCidr } from "./cidr";
import { Environment } from "./environment";
import { Findings } from "./findings";
import { ownMigrations } from "./migration";
import { isPlaceholderAccount } from "./parse-settings";
import { resolveDatabase, resolveScaling, resolveSize } from "./resolve";
import { checked, nameOf } from "./schema/check";
import { checkGateway } from "./validate-gateway";
import type { PartialSettings } from "./settings";
import type { System } from "./system";
import { checkVersions } from "./validate-stores";
import { checkScaling, checkTaskSize } from "./validate-service";

/**
 * Everything that is wrong with an environment's profile.
 *
 * @param given whatever was handed in; its name is used in paths where it has one
 */
export function validateEnvironment(given: unknown): Problem[] {
  const { problems, rest } = checked(Environment, given);
  const within = (problem: Problem): Problem => ({ ...problem, path: `environments.${nameOf(given)}.${problem.path}` });
  return [...problems.map(within), ...(rest ? conflictsOf(rest) : [])];
}

function conflictsOf(environment: Environment): Problem[] {
  const findings = new Findings();
  const { name, network, capacity, tasks } = environment;
  const path = `environments.${name}`;
  checkRange(network.cidr, `${path}.network.cidr`, findings);
  findings.requireWhole(network.endpointZones, 1, network.zoneCount, `${path}.network.endpointZones`);
  if (typeof network.nat === "object" && "count" in network.nat) {
    findings.requireWhole(network.nat.count, 1, network.zoneCount, `${path}.network.nat.count`);
  }
  const weights = capacity.onDemandWeight + capacity.spotWeight;
  findings.require(
    weights > 0,
    `${path}.capacity`,
    capacity,
    "at least one weight above 0",
    "give tasks somewhere to run",
  );
  if (tasks) {
    findings.requireWhole(tasks.max, tasks.min, 5000, `${path}.tasks.max`);
  }
  return findings.problems;
}

/** Everything that does not fit between a system, an environment and the settings of a stack. */
export function validateFit(
  system: System,
  environment: Environment,
  settings: PartialSettings,
  offline: boolean,
): Problem[] {
  const findings = new Findings();
  const { zoneCount } = environment.network;
  findings.require(
    settings.zones === undefined || settings.zones.length === zoneCount,
    "archipelago:zones",
    settings.zones,
    `${zoneCount} zones: ${environment.name} uses as many`,
    "list exactly as many zones, in an order that stays",
  );
  if (settings.cidr !== undefined) checkRange(settings.cidr, "archipelago:cidr", findings);
  for (const [service, image] of Object.entries(settings.images ?? {})) {
    if (service in system.services || ownMigrations(system).has(service))
      checkImage(service, image, { system, environment, settings, offline }, findings);
  }
  checkGateway(system, settings, findings);
  checkSizes(system, environment, settings, findings);
  const overridden = Object.keys(environment.services?.[system.name] ?? {});
  for (const service of overridden) {
    const path = `environments.${environment.name}.services.${system.name}.${service}`;
    findings.requireKnown(service, Object.keys(system.services), path, "service");
  }
  return findings.problems;
}

function checkRange(text: string, path: string, findings: Findings): void {
  const range = parseCidr(text);
  findings.require(
    range !== undefined && isPrivate(range) && range.prefix >= 16 && range.prefix <= LONGEST_VPC_PREFIX,
    path,
    text,
    `a private range from /16 to /${LONGEST_VPC_PREFIX}: room for six zones with a /24, a /24 and a /28 each`,
    "choose a larger range",
  );
}

interface Fit {
  readonly system: System;
  readonly environment: Environment;
  readonly settings: PartialSettings;
  readonly offline: boolean;
}

function checkImage(service: string, reference: string, fit: Fit, findings: Findings): void {
  const { environment, settings } = fit;
  const path = `archipelago:images.${service}`;
  const problems = imageProblems(path, reference);
  findings.problems.push(...problems);
  const image = parseImage(reference);
  if (image === undefined) return;
  findings.require(
    problems.length > 0 || image.digest !== undefined || image.tag !== "latest" || environment.allowLatestImages,
    path,
    reference,
    `a digest, or a tag other than latest, in ${environment.name}`,
    "name the version that is meant; without a tag, whatever was pushed last would run",
  );
  const owner = fit.system.services[service];
  // A migration has no way to the internet, whatever its service has.
  const { migration } = owner?.owns?.database ?? {};
  const migrates = migration !== undefined && migration.image !== "own";
  const reachesInternet = owner?.internetEgress !== undefined && !migrates;
  const reachable = settings.region === undefined || image.ecr?.region === settings.region || reachesInternet;
  findings.require(
    reachable,
    path,
    reference,
    `an ECR repository in ${settings.region ?? "the region"}: ${migrates ? "the migration" : "tasks"} of ${service} can't reach the internet`,
    "copy the image to an ECR repository in this region",
  );
  findings.require(
    fit.offline || image.ecr === undefined || !isPlaceholderAccount(image.ecr.accountId),
    path,
    reference,
    "a registry of yours; this account is AWS's documentation example",
    "replace the account in Pulumi.<stack>.yaml, or run with OFFLINE=1",
  );
}

/** What configuration and environment make of a service's size is still something that Fargate runs. */
function checkSizes(system: System, environment: Environment, settings: PartialSettings, findings: Findings): void {
  for (const [serviceName, service] of Object.entries(system.services)) {
    const configured = settings.services?.[serviceName];
    const overridden = environment.services?.[system.name]?.[serviceName];
    // What nobody touches was checked with the system.
    if (configured === undefined && overridden === undefined) continue;
    const sources = { settings: configured, environment, systemName: system.name, serviceName, service };
    const path =
      configured === undefined
        ? `environments.${environment.name}.services.${system.name}.${serviceName}`
        : `archipelago:services.${serviceName}`;
    const database = resolveDatabase(sources);
    if (database) checkVersions(`${path}.`, database, findings);
    findings.require(
      configured?.snapshotIdentifier === undefined || database !== undefined,
      `${path}.snapshotIdentifier`,
      configured?.snapshotIdentifier,
      `nothing: ${serviceName} has no database`,
      "remove it, or describe a database",
    );
    const { cpu, memory } = resolveSize(sources);
    checkTaskSize(path, cpu, memory, findings);
    findings.problems.push(...runtimeProblems(`${path}.runtime.`, service.runtime ?? {}, mebibytes(memory)));
    checkScaling(path, resolveScaling(sources), Object.keys(service.consumes ?? {}), findings);
  }
}
