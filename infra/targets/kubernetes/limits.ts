// What a plan may not be on Kubernetes: everything that the components refuse, found without an SDK, and what the platform has not. Pure.
import { validateJob, validateMicroservice } from "../../../components/kubernetes/microservice/validate";
import { jwtProblems, pathProblems } from "../../../components/kubernetes/microservice/validate-routing";
import { validateCollector } from "../../../components/kubernetes/observability/validate-collector";
import { objectNameProblems } from "../../../components/kubernetes/kit/checks";
import type { Problem } from "../../../components/kit/problems";
import { databaseOf, nodesOf } from "../../model/lookup";
import type { ServicePlan } from "../../model/plan";
import { isTraced, type KubernetesPlan } from "./plan";
import { cronOf } from "./schedule";
import { collectorArgs, jobArgs, migrationArgs, routesOf, serviceArgs } from "./service-args";

/** Every problem of a plan, each below its service. */
export function kubernetesProblems(plan: KubernetesPlan): readonly Problem[] {
  return [
    ...objectNameProblems("namespace", plan.namespace),
    ...plan.services.flatMap((service) =>
      [...unsupported(plan, service), ...refusedArguments(plan, service)].map((problem) => ({
        ...problem,
        path: `${plan.system}.services.${service.name}.${problem.path}`,
      })),
    ),
    ...jobProblems(plan),
    ...readerProblems(plan),
    ...collectorProblems(plan),
  ];
}

function collectorProblems(plan: KubernetesPlan): Problem[] {
  if (!isTraced(plan)) return [];
  const args = { placement: { namespace: plan.namespace }, ...collectorArgs(plan) };
  return validateCollector("collector", args).map((problem) => ({
    ...problem,
    path: `archipelago:collector.${problem.path}`,
  }));
}

/** What a CronJob has not, and what the component refuses of it. */
export function jobProblems(plan: Pick<KubernetesPlan, "system" | "namespace" | "nodes">): Problem[] {
  const placement = { namespace: plan.namespace };
  return nodesOf(plan, "job").flatMap((node) => {
    if (!("task" in node.runs)) return [];
    const cron = cronOf(node.schedule);
    const args = { placement, ...jobArgs(node), ...("cron" in cron ? {} : { schedule: "0 0 * * *" }) };
    return [
      ...("cron" in cron ? [] : [{ path: "schedule", value: node.schedule, ...cron }]),
      ...validateJob(node.workload, args),
    ].map((problem) => ({
      ...problem,
      path: `${plan.system}.services.${node.owner}.jobs.${node.name}.${problem.path}`,
    }));
  });
}

function refusedArguments(plan: KubernetesPlan, service: ServicePlan): Problem[] {
  const { exposes } = service;
  return [
    ...refusedWorkloads(plan, service),
    ...(exposes?.paths ?? []).flatMap((path, index) => pathProblems(`exposes.paths[${index}]`, path)),
    ...(exposes ? jwtProblems("exposes.authentication.jwt", routesOf(plan, exposes).jwt) : []),
  ];
}

/** What the components refuse of a service's pods and of its migration, whatever routes requests to them. */
export function refusedWorkloads(plan: Pick<KubernetesPlan, "namespace" | "nodes">, service: ServicePlan): Problem[] {
  const placement = { namespace: plan.namespace };
  const migration = databaseOf(plan, service.name)?.migration;
  return [
    ...validateMicroservice(service.name, { placement, ...serviceArgs(service) }),
    ...(migration
      ? validateJob(migration.name, { placement, ...migrationArgs(service, migration) }).map((problem) => ({
          ...problem,
          path: `owns.database.migration.${problem.path}`,
        }))
      : []),
  ];
}

/** What a description can say and Kubernetes has not, or not yet here. What protects a service is never left out in silence. */
function unsupported({ cluster }: KubernetesPlan, { exposes, scaling, secrets, runtime }: ServicePlan): Problem[] {
  const found: [path: string, value: unknown, instead: string][] = [];
  const core = cluster.gatewayImplementation === undefined;
  const named = "set archipelago:gatewayImplementation to envoy-gateway if the gatewayClass is of Envoy Gateway";
  if (core && exposes?.authentication === "jwt")
    found.push(["exposes.authentication", "jwt", `${named}, or let the service check tokens ("by-service")`]);
  if (core && exposes?.ratePerMinute !== undefined)
    found.push(["exposes.rateLimit", exposes.ratePerMinute, `${named}, or remove the limit`]);
  if (core && exposes?.slowStart !== undefined)
    found.push(["exposes.slowStart", exposes.slowStart, `${named}, or remove it`]);
  if (scaling.requestsPerTarget !== undefined)
    found.push(["scaling.requestsPerTarget", scaling.requestsPerTarget, "scale on cpu"]);
  if (Object.keys(scaling.schedules ?? {}).length > 0)
    found.push(["scaling.schedules", Object.keys(scaling.schedules ?? {}).join(", "), "raise min, or scale on cpu"]);
  if (runtime.allowRootUser === true)
    found.push(["runtime.allowRootUser", true, "run as another user: the namespace refuses pods of root"]);
  for (const secret of secrets) {
    if (!("length" in secret))
      found.push([`secrets.${secret.variable}`, secret.arn, "let the secret be made: { length: 64 }"]);
  }
  return found.map(([path, value, remedy]) => ({ path, value, allowed: "not set on the target kubernetes", remedy }));
}

/** Users and hosts that only read have no counterpart in the cluster yet. */
function readerProblems({ system, nodes, edges }: KubernetesPlan): Problem[] {
  const services = `${system}.services`;
  const found = [
    ...nodesOf({ nodes }, "database").flatMap(({ owner, settings: { readers = 0 } }) =>
      readers > 0 ? [[`${services}.${owner}.owns.database.readers`, readers] as const] : [],
    ),
    ...edges.flatMap(({ from, verb, to }) =>
      verb === "reads" && to.kind === "database"
        ? [[`${services}.${from}`, `reads the database of ${to.owner ?? ""}`] as const]
        : [],
    ),
  ];
  return found.map(([path, value]) => ({
    path,
    value,
    allowed: "no readers on the target kubernetes",
    remedy: "let the owner's own user read, or keep a copy of the data (projects)",
  }));
}
