// A description in, a whole environment out. Pure and deterministic: the same description gives the same plan, however its
// keys are ordered. Expects what validate.ts has accepted.
import { contextPlans } from "./contexts/derive";
import { cacheEngine } from "./kinds/cache";
import type { Described, Kind } from "./kinds/kind";
import { queuePlans, subscriptionPlans } from "./kinds/queue/derive";
import { topicPlans } from "./kinds/topic/derive";
import { requestTimeoutsOf, servicePlan } from "./kinds/service/derive";
import type { Environment } from "./environment";
import { calleesFirst, compare, sorted } from "./order";
import type { Edge } from "./edges";
import { type Node, registry } from "./kinds/registry";
import type { Plan, ServicePlan } from "./plan";
import { DEFAULTS } from "./resolve";
import { prioritiesOf } from "./kinds/service/priorities";
import type { Settings } from "./settings";
import type { Service, System } from "./system";

/**
 * Derives everything that a system needs in an environment.
 *
 * @throws Error when services call each other in a circle or a service has no image; validation reports both before
 */
export function derive(system: System, environment: Environment, settings: Settings): Plan {
  const priorities = prioritiesOf(system);
  const requestTimeouts = requestTimeoutsOf(system);
  const services = orderedServices(system).map(([name, service]) =>
    servicePlan(name, service, { system, environment, settings, priorities, requestTimeouts }),
  );
  const kinds: readonly Kind<Described, Node>[] = Object.values(registry);
  const derived = kinds.flatMap((kind) => kind.derive?.({ system, environment, settings, services }) ?? []);
  const cacheUsers = services.filter(({ usesCache }) => usesCache).map(({ name }) => name);
  const { domain, hostedZoneId, alertEmail, identity } = settings;
  return {
    nodes: derived.flatMap(({ nodes }) => nodes),
    edges: [...derived.flatMap(({ edges }) => edges), ...services.flatMap(callEdges)],
    system: system.name,
    environment: { ...environment, network: networkOf(environment, settings) },
    region: settings.region,
    accountId: settings.accountId,
    partition: settings.partition,
    zones: settings.zones.slice(0, environment.network.zoneCount),
    tags: {
      Project: system.name,
      Environment: environment.name,
      Architecture: "Microservices",
      ManagedBy: "Pulumi",
    },
    ...(domain !== undefined &&
      hostedZoneId !== undefined && { https: { domainName: `services.${domain}`, hostedZoneId } }),
    ...(alertEmail !== undefined && { alertEmail }),
    ...(identity && { identity }),
    ...(system.tracing && { tracing: { sampling: system.tracing.sampling ?? DEFAULTS.sampling } }),
    waf: settings.waf,
    contexts: contextPlans(system),
    endpoints: endpointsOf(services),
    nat: services.some(needsInternet) ? environment.network.nat : "none",
    ...(settings.network && { existingNetwork: settings.network }),
    queues: queuePlans(system),
    topics: topicPlans(system),
    subscriptions: subscriptionPlans(system),
    sagas: sorted(system.sagas ?? {}).map(([name, saga]) => ({ name, ...saga })),
    ...(cacheUsers.length > 0 && {
      cache: { ...cacheEngine(system), users: cacheUsers.sort(compare) },
    }),
    services,
  };
}

/**
 * Whether something of a service goes out to the internet: its tasks, or the load balancer, which fetches the keys of tokens
 * from private subnets (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html).
 */
export function needsInternet({ internetEgress, exposes }: Pick<ServicePlan, "internetEgress" | "exposes">): boolean {
  return internetEgress || exposes?.authentication === "jwt";
}

/** AWS services that tasks reach without leaving the VPC: what starts every task, and what the edges use. */
export function endpointsOf(services: readonly ServicePlan[]): string[] {
  const uses = (test: (service: ServicePlan) => boolean): boolean => services.some(test);
  return [
    "ecr.api",
    "ecr.dkr",
    "logs",
    // No `kms`: queues, topics, secrets and buckets use their keys on the caller's behalf, behind their own endpoints.
    // Nothing for the cache: its tokens are signed inside the task.
    ...(uses(({ secrets, migration }) => secrets.length > 0 || migration !== undefined) ? ["secretsmanager"] : []),
    ...(uses(({ publishes }) => publishes.length > 0) ? ["sns"] : []),
    ...(uses(({ consumes, sendsTo }) => consumes.length + sendsTo.length > 0) ? ["sqs"] : []),
  ];
}

function callEdges({ name: from, calls }: ServicePlan): Edge[] {
  return calls.map((policy) => ({
    ...{ name: `call-${policy.service}`, from, verb: "calls" as const },
    ...{ to: { kind: "service", name: policy.service }, policy },
  }));
}

function orderedServices(system: System): [name: string, service: Service][] {
  const calls = Object.entries(system.services).map(
    ([name, service]) => [name, Object.keys(service.calls ?? {})] as const,
  );
  const names = calleesFirst(Object.fromEntries(calls));
  if (names === undefined) throw new Error(`services of ${system.name} call each other in a circle`);
  return names.flatMap((name) => {
    const service = system.services[name];
    return service ? [[name, service] as [string, Service]] : [];
  });
}

/** The environment's network with what the stack's settings say above it. */
function networkOf({ network }: Environment, { cidr, masks }: Settings): Environment["network"] {
  return {
    ...network,
    ...(cidr !== undefined && { cidr }),
    ...(masks && { masks: { ...network.masks, ...masks } }),
  };
}
