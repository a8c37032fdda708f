// An environment by itself, and a system with its settings against the environment.
import { runtimeProblems } from "../../components/kit/container-runtime";
import { imageProblems, parseImage } from "../../components/kit/image";
import type { Problem } from "../../components/kit/problems";
import { LARGEST_PREFIX, longestPrefixFor, parseRange, tiersOf } from "../../components/kit/subnets";
import { mebibytes } from "../../components/kit/units";
import { Environment } from "./environment";
import { Findings } from "./findings";
import { resolveDatabase } from "./kinds/database/derive";
import { ownMigrations } from "./kinds/database/migration";
import { isPrivate } from "./private-range";
import { resolveScaling, resolveSize } from "./resolve";
import { checked, nameOf } from "./schema/check";
import type { PartialSettings } from "./settings";
import type { System } from "./system";
import { checkVersions } from "./kinds/database/validate";
import { checkScaling } from "./kinds/service/validate";

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
  checkRange(network, `${path}.network.cidr`, findings);
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

/** Everything that does not fit between a system, an environment and the settings that every stack has. */
export function validateFit(system: System, environment: Environment, settings: PartialSettings): Problem[] {
  const findings = new Findings();
  for (const [service, image] of Object.entries(settings.images ?? {})) {
    if (service in system.services || ownMigrations(system).has(service))
      checkImage(service, image, environment, findings);
  }
  const open = Object.entries(system.services).flatMap(([name, it]) => (it.internetEgress ? [name] : []));
  findings.require(
    open.length === 0 || environment.network.nat !== "none",
    `environments.${environment.name}.network.nat`,
    environment.network.nat,
    `a way to the internet: ${open.slice(0, 10).join(", ")} of ${system.name} may open connections there (internetEgress)`,
    'set nat to "single" or more, or remove internetEgress',
  );
  checkSizes(system, environment, settings, findings);
  const overridden = Object.keys(environment.services?.[system.name] ?? {});
  for (const service of overridden) {
    const path = `environments.${environment.name}.services.${system.name}.${service}`;
    findings.requireKnown(service, Object.keys(system.services), path, "service");
  }
  return findings.problems;
}

export function checkRange(
  { cidr, masks }: Pick<Environment["network"], "cidr" | "masks">,
  path: string,
  findings: Findings,
) {
  const range = parseRange(cidr);
  const tiers = tiersOf(masks);
  const longest = longestPrefixFor(tiers);
  const sizes = tiers.map(({ name, mask }) => `/${mask} ${name}`).join(", ");
  findings.require(
    range !== undefined && isPrivate(range) && range.prefix >= LARGEST_PREFIX && range.prefix <= longest,
    path,
    cidr,
    longest < LARGEST_PREFIX
      ? `masks that fit six times each into a /${LARGEST_PREFIX}, the largest VPC: these are ${sizes}`
      : `a private range from /${LARGEST_PREFIX} to /${longest}: room for six zones of ${sizes}`,
    longest < LARGEST_PREFIX ? "make the subnets smaller with `masks`" : "choose a larger range, or smaller `masks`",
  );
}

function checkImage(service: string, reference: string, environment: Environment, findings: Findings): void {
  const path = `archipelago:images.${service}`;
  const problems = imageProblems(path, reference);
  findings.problems.push(...problems);
  const image = parseImage(reference);
  findings.require(
    problems.length > 0 || image?.digest !== undefined || image?.tag !== "latest" || environment.allowLatestImages,
    path,
    reference,
    `a digest, or a tag other than latest, in ${environment.name}`,
    "name the version that is meant; without a tag, whatever was pushed last would run",
  );
}

/** Validates a service after the overrides of configuration and environment. */
function checkSizes(system: System, environment: Environment, settings: PartialSettings, findings: Findings): void {
  for (const [serviceName, service] of Object.entries(system.services)) {
    const configured = settings.services?.[serviceName];
    const overridden = environment.services?.[system.name]?.[serviceName];
    // A service without overrides was already checked with the system.
    if (configured === undefined && overridden === undefined) continue;
    const sources = { settings: configured, environment, systemName: system.name, serviceName, service };
    const path =
      configured === undefined
        ? `environments.${environment.name}.services.${system.name}.${serviceName}`
        : `archipelago:services.${serviceName}`;
    const database = resolveDatabase(sources);
    // Problems of the description itself are reported with the system.
    const hasVersion = overridden?.engineVersion !== undefined || overridden?.upgradeFrom !== undefined;
    if (database && hasVersion) checkVersions(`${path}.`, database, findings);
    findings.require(
      configured?.snapshotIdentifier === undefined || database !== undefined,
      `${path}.snapshotIdentifier`,
      configured?.snapshotIdentifier,
      `nothing: ${serviceName} has no database`,
      "remove it, or describe a database",
    );
    const { memory } = resolveSize(sources);
    findings.problems.push(...runtimeProblems(`${path}.runtime.`, service.runtime ?? {}, mebibytes(memory)));
    checkScaling(path, resolveScaling(sources), service, findings);
  }
}
