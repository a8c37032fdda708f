// What the types of a description can't see. All problems of a system at once; derive.ts expects that there are none.
import type { Problem } from "../../components/base/problems";
import { Findings } from "./findings";
import { DEFAULTS } from "./resolve";
import { queuesOf } from "./selection";
import type { System } from "./system";
import { checkEvents } from "./validate-events";
import { checkLimits } from "./validate-gateway";
import { checkService } from "./validate-service";

/** Everything that is wrong with a system's description; paths start at the system (`services.order.scaling.max`). */
export function validateSystem(system: System): Problem[] {
  const findings = new Findings();
  findings.require(
    /^[a-z](?:[a-z0-9-]{0,18}[a-z0-9])?$/.test(system.name),
    "name",
    system.name,
    "lower-case letters, digits and dashes, at most 20, starting with a letter",
    "shorten or respell it; it becomes part of resource names",
  );
  const version = /^(\d+)\.\d+$/.exec(system.cache?.engineVersion ?? DEFAULTS.cacheVersion);
  findings.require(
    Number(version?.[1] ?? 0) >= 7,
    "cache.engineVersion",
    system.cache?.engineVersion,
    "Redis 7.0 or later, as major.minor: older ones have no users that sign in by IAM",
    'write "7.0"',
  );
  for (const [name, context] of Object.entries(system.contexts)) {
    const path = `contexts.${name}.entities`;
    findings.require(context.entities.length > 0, path, [], "at least one entity", "name what the context owns");
  }
  for (const [name, service] of Object.entries(system.services)) checkService(name, service, system, findings);
  checkLimits(system, findings);
  checkEvents(system, findings);
  checkShared(system, findings);
  return findings.problems;
}

/** What only one service may have. */
function checkShared(system: System, findings: Findings): void {
  const services = Object.entries(system.services);
  const claims = [
    ...services.flatMap(([name, { exposes }]) =>
      exposes?.priority === undefined
        ? []
        : [claim(name, "exposes.priority", exposes.priority, "give each service a priority of its own")],
    ),
    ...services.flatMap(([name, { exposes }]) =>
      (exposes?.paths ?? []).map((path) => claim(name, "exposes.paths", path, "let one service answer for the path")),
    ),
    ...services.flatMap(([name, service]) =>
      queuesOf(name, service).map((queue) =>
        claim(name, "consumes", queue.name, "give each consumer a queue of its own and subscribe both to the topic"),
      ),
    ),
  ];
  const owners = new Map<string, string>();
  for (const { service, path, value, remedy } of claims) {
    const key = `${path} ${value}`;
    const owner = owners.get(key);
    const at = `services.${service}.${path}`;
    findings.require(owner === undefined, at, value, `what no other service has; ${owner} has it`, remedy);
    owners.set(key, owner ?? service);
  }
}

function claim(service: string, path: string, value: string | number, remedy: string) {
  return { service, path, value, remedy };
}
