// All problems of a description at once: first each value by the schema (system.ts), then what values must be together.
// derive.ts expects that there are none.
import type { Problem } from "../../components/kit/problems";
import { checkContexts } from "./contexts/validate";
import { Findings } from "./findings";
import { type Workload, workloadsOf } from "./kinds/function/uses";
import type { AnyKind, Claim } from "./kinds/kind";
import { registry } from "./kinds/registry";
import { checkService } from "./kinds/service/validate";
import { checkRoutes } from "./kinds/service/validate-routes";
import { checked } from "./schema/check";
import { withAncestors } from "./schema/path";
import { System } from "./system";

/**
 * Everything that is wrong with a system's description; paths start at the system (`services.order.scaling.max`).
 *
 * @param given whatever was handed in: JavaScript, JSON and casts bring what the compiler did not see
 */
export function validateSystem(given: unknown): Problem[] {
  const { problems, rest, missing } = checked(System, given);
  // What a wrong value was taken out of is not reported for the lack of it.
  const told = new Set([...problems.map(({ path }) => path), ...missing.flatMap(withAncestors)]);
  return [...problems, ...(rest ? conflictsIn(rest) : []).filter(({ path }) => !told.has(path))];
}

/** Conflicts between values of a system that are each valid by the schema. */
export function conflictsIn(system: System): Problem[] {
  const findings = new Findings();
  const kinds: readonly AnyKind[] = Object.values(registry);
  checkContexts(system, findings);
  for (const [name, service] of Object.entries(system.services)) checkService(name, service, system, findings);
  for (const { conflicts } of kinds) conflicts?.(system, findings);
  for (const workload of workloadsOf(system)) checkUses(workload, kinds, system, findings);
  checkRenames(system, findings);
  checkShared([...exposureClaims(system), ...kinds.flatMap(({ claims }) => claims?.(system) ?? [])], findings);
  checkRoutes(system, findings);
  return findings.problems;
}

/** Checks that the things in `uses` of a function or a job exist. The parts of an event store are checked by its own description. */
function checkUses(workload: Workload, kinds: readonly AnyKind[], system: System, findings: Findings): void {
  const service = system.services[workload.owner];
  if (service === undefined || workload.ofStore === true) return;
  for (const { uses } of kinds) uses?.check({ ...workload, service, system }, `${workload.path}.uses`, findings);
}

/** A former name belongs to one service, and to none that is still there. */
function checkRenames(system: System, findings: Findings): void {
  const services = Object.entries(system.services);
  for (const [name, { renamedFrom }] of services) {
    if (renamedFrom === undefined) continue;
    const path = `services.${name}.renamedFrom`;
    findings.require(
      !(renamedFrom in system.services),
      path,
      renamedFrom,
      "the name of a service that is no longer described",
      renamedFrom === name ? "remove it: the service has this name" : `rename ${renamedFrom}, or remove renamedFrom`,
    );
    const others = services.filter(([other, service]) => other !== name && service.renamedFrom === renamedFrom);
    findings.require(
      others.length === 0,
      path,
      renamedFrom,
      `a name that no other service had; ${others.map(([other]) => other).join(", ")} had it too`,
      "let the service that keeps the stores have it",
    );
  }
}

function exposureClaims(system: System): Claim[] {
  const services = Object.entries(system.services);
  return [
    ...services.flatMap(([service, { exposes }]) =>
      exposes?.priority === undefined
        ? []
        : [
            {
              ...{ kind: "priority", value: exposes.priority, service, path: "exposes.priority" },
              remedy: "give each service a priority of its own",
            },
          ],
    ),
    ...services.flatMap(([service, { exposes }]) =>
      (exposes?.paths ?? []).map((value) => ({
        ...{ kind: "path", value, service, path: "exposes.paths" },
        remedy: "let one service answer for the path",
      })),
    ),
  ];
}

/** What only one service may have. */
function checkShared(claims: readonly Claim[], findings: Findings): void {
  const owners = new Map<string, string>();
  for (const { kind, value, service, path, remedy } of claims) {
    const key = `${kind} ${value}`;
    const owner = owners.get(key);
    const whose = owner === service ? "nothing else of it has" : "no other service has";
    findings.require(
      owner === undefined,
      `services.${service}.${path}`,
      value,
      `what ${whose}; ${owner ?? ""} has it`,
      remedy,
    );
    owners.set(key, owner ?? service);
  }
}
