// A service of the plan as arguments of the component, as far as they are plain values: `check` judges them, and `build` adds the edges. Pure.
import type { DatabaseArgs } from "../../../components/kubernetes/database";
import type { CollectorArgs } from "../../../components/kubernetes/observability";
import type { JobArgs, MicroserviceArgs, RoutingSettings } from "../../../components/kubernetes/microservice";
import type { DatabaseNode } from "../../model/kinds/database";
import type { JobNode } from "../../model/kinds/job";
import type { ExposurePlan, MigrationPlan, ServicePlan } from "../../model/plan";
import type { KubernetesPlan } from "./plan";
import { cronOf } from "./schedule";

type Placed = "placement" | "grants" | "routing";

/** Arguments without what other components give. */
export function serviceArgs(
  service: ServicePlan,
  imagePullSecrets?: readonly string[],
): Omit<MicroserviceArgs, Placed> {
  const { image, port, cpu, memory, architecture, runtime, environment, exposes } = service;
  const { min, max, cpu: onCpu, memory: onMemory, scaleInCooldown, scaleOutCooldown } = service.scaling;
  const { path, interval, timeout, healthyThreshold, unhealthyThreshold } = exposes?.healthCheck ?? {};
  return {
    ...{ image, port, cpu, memory, architecture, environment },
    // A user that may be root is refused for its own sake: the rest of the runtime is the same as on ECS.
    ...runtime,
    ...(exposes && {
      healthCheck: {
        ...(path !== undefined && { path }),
        ...(interval !== undefined && { interval }),
        ...(timeout !== undefined && { timeout }),
        ...(healthyThreshold !== undefined && { healthyThreshold }),
        ...(unhealthyThreshold !== undefined && { unhealthyThreshold }),
      },
    }),
    scaling: {
      ...{ min, max, scaleInCooldown, scaleOutCooldown },
      ...(onCpu !== undefined && { cpu: onCpu }),
      ...(onMemory !== undefined && { memory: onMemory }),
    },
    ...(imagePullSecrets && { imagePullSecrets }),
  };
}

/** Routes of a service. What only an implementation of Gateway API has is set where the settings name one; without one, it has been refused. */
export function routesOf(
  { identity, cluster: { gatewayImplementation } }: Pick<KubernetesPlan, "identity" | "cluster">,
  { paths, responseTime, authentication, tokens, ratePerMinute, balancing, slowStart }: ExposurePlan,
): Omit<RoutingSettings, "gateway"> {
  const routes = { paths, ...(responseTime !== undefined && { responseTime }) };
  if (gatewayImplementation === undefined) return routes;
  const audience = tokens?.audience ?? identity?.audience;
  const isGuarded = authentication === "jwt";
  // Validation has refused such a plan: a route is never built without its guard.
  if (isGuarded && (identity === undefined || audience === undefined))
    throw new Error("a route has JWT validation, and the plan names no issuer or no audience");
  return {
    ...routes,
    balancing,
    ...(slowStart !== undefined && { slowStart }),
    ...(ratePerMinute !== undefined && { requestsPerMinute: ratePerMinute }),
    ...(isGuarded && identity && audience !== undefined && { jwt: { ...identity, ...tokens, audience } }),
  };
}

/** Arguments of the job that prepares a service's database. */
export function migrationArgs(
  { architecture }: ServicePlan,
  { image, command, cpu, memory, runtime }: MigrationPlan,
  imagePullSecrets?: readonly string[],
): Omit<JobArgs, Placed> {
  return {
    ...{ image, cpu, memory, architecture },
    ...(command && { command }),
    ...runtime,
    ...(imagePullSecrets && { imagePullSecrets }),
  };
}

/**
 * Arguments of a job that runs a command. As on AWS, a run that has started is not started again, and a run that can't start is tried until `maxAge` has
 * passed: the controller does that, so `retries` has nothing to count. A run that hangs would keep all later ones from starting, so a day is the most.
 */
export function jobArgs(
  { schedule, timezone, maxAge, runs }: JobNode,
  imagePullSecrets?: readonly string[],
): Omit<JobArgs, Placed> {
  // A function has no binding, so a job that calls one has been refused.
  if (!("task" in runs)) throw new Error("only a job with a command becomes a CronJob");
  const { image, architecture, command, cpu, memory, runtime } = runs.task;
  const cron = cronOf(schedule);
  return {
    ...{ image, architecture, command, cpu, memory },
    ...runtime,
    schedule: "cron" in cron ? cron.cron : schedule,
    ...(timezone !== undefined && { timeZone: timezone }),
    startingDeadline: maxAge ?? "1h",
    deadline: "1d",
    retries: 0,
    ...(imagePullSecrets && { imagePullSecrets }),
  };
}

/** Arguments of the collector; the settings have one. Its pods run on the nodes of the first service. */
export function collectorArgs({
  cluster,
  environment,
  system,
  services,
}: Pick<KubernetesPlan, "cluster" | "environment" | "system" | "services">): Omit<CollectorArgs, "placement"> {
  const { collector, imagePullSecrets } = cluster;
  if (collector === undefined) throw new Error("the settings name no collector");
  const { image, otlpEndpoint, namespace, cidr, authorization } = collector;
  return {
    ...{ image, otlpEndpoint, stack: `${system}-${environment.name}` },
    ...(namespace !== undefined && { namespace }),
    ...(cidr !== undefined && { cidr }),
    ...(authorization && { authorization }),
    architecture: services[0]?.architecture ?? "X86_64",
    replicas: environment.database.multiAz ? 2 : 1,
    ...(imagePullSecrets && { imagePullSecrets }),
  };
}

/**
 * Arguments of a service's database. The instance classes of AWS say a size that Kubernetes does not know, so memory is asked for by
 * capacity: an ACU of Aurora is 2 GiB, and an instance of PostgreSQL has the component's default.
 */
export function databaseArgs(
  settings: DatabaseNode["settings"],
  { environment, cluster }: Pick<KubernetesPlan, "environment" | "cluster">,
  { protectData }: ServicePlan,
): Omit<DatabaseArgs, "placement"> {
  const { databaseName, engineVersion } = settings;
  const replicas = settings.kind === "postgres" ? environment.database.multiAz : environment.database.readers > 0;
  return {
    databaseName,
    ...(engineVersion !== undefined && { version: engineVersion }),
    instances: replicas ? 3 : 1,
    ...(settings.kind === "postgres" && { storage: settings.allocatedStorage }),
    waitUntilReady: cluster.waitForStores ?? true,
    protectData,
  };
}

/** Messages for each pod that a queue may hold before pods are added. Steps of ECS have no counterpart: their first growth says it. */
export function messagesPerPod({ queue, backlogPerTask }: ServicePlan["scaling"]) {
  if (backlogPerTask) return { queue: backlogPerTask.queue, messages: backlogPerTask.target };
  if (queue === undefined) return undefined;
  const growth = queue.steps.find(({ change }) => change > 0);
  return growth && { queue: queue.queue, messages: Math.max(1, growth.from) };
}
