// One service of the plan: it holds exactly one grant for each of its edges.
import { alarmsOf } from "../../../components/aws/kit";
import { LegacyTarget } from "../../../components/aws/function";
import {
  collectorGrant,
  type JwtSettings,
  Microservice,
  type MicroserviceArgs,
} from "../../../components/aws/microservice";
import { GeneratedSecrets } from "../../../components/aws/secret";
import { type Grant, type SecretLink, seconds } from "../../../components/kit";
import { COLLECTOR_EXPORTERS } from "../../../components/kit/variables";
import { type Edge, keyOf } from "../../model/edges";
import type { ExposurePlan, ServicePlan } from "../../model/plan";
import { type Bound, refused } from "../target";
import { tagsOf } from "../aws/bindings";
import type { Foundation } from "./foundation";
import { ownedBy } from "../aws/renames";

/** Things of the plan that have been built, by {@link keyOf}. */
export type Built = ReadonlyMap<string, Bound>;

/** Creates a service; what its `edges` lead to is in `built` already. */
export function createService(foundation: Foundation, plan: ServicePlan, edges: readonly Edge[], built: Built): Bound {
  const tags = tagsOf(plan);
  // Every child of what the service owns is named after the service.
  const owned = { ...foundation, opts: ownedBy(foundation.opts, plan.name, plan.renamedFrom) };
  const { placement, cluster, network, logKeyArn } = foundation;
  const { environment } = foundation.plan;
  const secrets = createSecrets(owned, plan, tags);
  const existing = existingSecrets(plan);
  const tracing = tracingOf(foundation.plan, plan.environment);
  const grants = grantsOf(foundation, plan, edges, built, secrets);
  const legacy = createLegacy(owned, plan, tags);
  const service = new Microservice(
    plan.name,
    {
      placement,
      cluster,
      network,
      image: plan.image,
      port: plan.port,
      cpu: plan.cpu,
      memory: plan.memory,
      architecture: plan.architecture,
      ...plan.runtime,
      ...(plan.requestTimeout !== undefined && { requestTimeout: plan.requestTimeout }),
      ...tracing,
      ...(Object.keys(existing).length > 0 && { secrets: existing }),
      grants,
      ...(plan.exposes && {
        routing: {
          listenerArn: cluster.listenerArn,
          loadBalancerSecurityGroupId: cluster.loadBalancerSecurityGroupId,
          loadBalancerArnSuffix: cluster.loadBalancerArnSuffix,
          ...routesOf(foundation, plan.name, plan.exposes),
          ...(legacy && { shared: legacy.shared }),
        },
      }),
      scaling: scalingOf(foundation, plan),
      waitForSteadyState: environment.waitForSteadyState ?? true,
      logRetentionInDays: environment.logRetentionDays,
      logKeyArn,
      tags,
    },
    owned.opts,
  );
  return {
    grant: (edge) => callGrant(service, edge),
    given: {
      [plan.name]: { ...grants, ...(tracing.collector && { collector: collectorGrant(tracing.collector) }) },
    },
    outputs: { services: { [plan.name]: service.serviceName } },
    signals: [...service.signals, ...(legacy?.target.signals ?? [])],
    alarms: [
      ...alarmsOf(service.signals, service.nodes.alarms),
      ...(legacy ? alarmsOf(legacy.target.signals, legacy.target.nodes.alarms) : []),
    ],
    logGroupName: service.logGroupName,
  };
}

/**
 * Variables and collector of a service. A service that names an exporter itself gets no collector, and keeps its variables: it sends its
 * traces somewhere else.
 */
function tracingOf(
  { collector, system, environment: { name } }: Foundation["plan"],
  environment: ServicePlan["environment"],
): Pick<MicroserviceArgs, "environment" | "collector"> {
  if (!collector || COLLECTOR_EXPORTERS.some((exporter) => environment[exporter] !== "none")) return { environment };
  const replaced = collector.otlpEndpoint === undefined ? COLLECTOR_EXPORTERS.slice(0, 1) : COLLECTOR_EXPORTERS;
  return {
    environment: Object.fromEntries(
      Object.entries(environment).filter(([variable]) => !replaced.some((one) => one === variable)),
    ),
    collector: { ...collector, stack: `${system}-${name}` },
  };
}

function callGrant(service: Microservice, edge: Edge): Grant {
  if (edge.verb !== "calls") return refused(edge, edge.to);
  const { timeout, retries, backoff, breaker, bulkhead } = edge.policy;
  return service.grantCall({ timeout, retries, backoff, breaker, bulkhead });
}

/** The part of a service's routes that the load balancer holds; limits are the firewall's. */
function routesOf(foundation: Foundation, service: string, exposes: ExposurePlan) {
  const { paths, priority, healthCheck, balancing, slowStart, authentication, tokens, responseTime } = exposes;
  // A task that stops has time for the answers that it is at.
  const slow = responseTime !== undefined && responseTime !== "none" && (seconds(responseTime) ?? 0) > 30;
  const routes = {
    ...{ paths, priority, healthCheck, balancing },
    ...(slowStart !== undefined && { slowStart }),
    ...(slow && { deregistrationDelay: responseTime }),
  };
  if (authentication !== "jwt") return routes;
  return { ...routes, jwt: jwtOf(foundation, service, tokens) };
}

/** JWT validation at the load balancer: tokens of the user pool's client for the entrance before the service, or of the stack's issuer. */
function jwtOf({ plan, userPool }: Foundation, service: string, tokens: ExposurePlan["tokens"]): JwtSettings {
  // Validation has refused such a plan; a route that is to be guarded is never built without its guard.
  if (userPool) {
    const entrance = plan.nodes.find(
      (node) => node.kind === "entrance" && node.routes.some((route) => route.service === service),
    );
    const audience = userPool.clientIds[entrance?.name ?? ""];
    if (audience === undefined) throw new Error(`no client of the user pool belongs to the entrance before ${service}`);
    const { issuer, jwksEndpoint } = userPool;
    // Access tokens of Amazon Cognito have no claim `aud`.
    return { issuer, jwksEndpoint, ...tokens, audience, audienceClaim: "client_id" };
  }
  const { identity } = plan;
  if (!identity) throw new Error("a route has JWT validation, and the plan names no issuer");
  const audience = tokens?.audience ?? identity.audience;
  if (audience === undefined) throw new Error("a route has JWT validation, and nothing names its audience");
  return { ...identity, ...tokens, audience };
}

/** The legacy system that answers a part of the requests to a service; undefined: the service answers all. */
function createLegacy(
  { placement, cluster, plan: { legacy, environment }, opts }: Foundation,
  { name }: ServicePlan,
  tags: Record<string, string>,
) {
  const described = legacy[name];
  if (described === undefined) return undefined;
  const { url, servicePercent: percent, healthPath, concurrency } = described;
  const target = new LegacyTarget(
    name,
    {
      ...{ placement, url, loadBalancerArnSuffix: cluster.loadBalancerArnSuffix, tags },
      ...(healthPath !== undefined && { healthPath }),
      ...(concurrency !== undefined && { concurrency }),
      logRetentionInDays: environment.logRetentionDays,
    },
    opts,
  );
  return { target, shared: { targetGroupArn: target.targetGroupArn, percent } };
}

/** One grant an edge, beside what every service has: what a service gets is what this list says. */
function grantsOf(
  { network, firewall }: Foundation,
  plan: ServicePlan,
  edges: readonly Edge[],
  built: Built,
  secrets: GeneratedSecrets | undefined,
): Record<string, Grant> {
  const grants: [name: string, grant: Grant | undefined][] = [
    ["endpoints", network.grantEndpoints()],
    ["internet", plan.internetEgress ? network.grantInternet() : undefined],
    ["firewall", plan.exposes ? firewall?.grantProtection() : undefined],
    ["secrets", secrets?.grantRead()],
    ...edges.map((edge): [string, Grant] => [edge.name, boundTo(edge, built).grant(edge)]),
  ];
  return Object.fromEntries(grants.flatMap(([name, grant]) => (grant ? [[name, grant]] : [])));
}

function boundTo({ from, verb, to }: Edge, built: Built): Bound {
  const bound = built.get(keyOf(to));
  if (bound === undefined) throw new Error(`${from} ${verb} ${to.name}, which is not built`);
  return bound;
}

function scalingOf({ messaging }: Foundation, { scaling: { queue, backlogPerTask: backlog, ...rest } }: ServicePlan) {
  const queueNameOf = (name: string) => {
    const queueName = messaging.queueNames[name];
    if (!queueName) throw new Error(`the plan scales on ${name}, which it does not have`);
    return queueName;
  };
  return {
    ...rest,
    ...(queue && { queue: { queueName: queueNameOf(queue.queue), steps: queue.steps, cooldown: queue.cooldown } }),
    ...(backlog && { backlogPerTask: { queueName: queueNameOf(backlog.queue), target: backlog.target } }),
  };
}

/** What somebody else has created is only named. */
function existingSecrets({ secrets }: ServicePlan): Record<string, SecretLink> {
  return Object.fromEntries(
    secrets.flatMap((secret): [string, SecretLink][] => {
      if ("length" in secret) return [];
      const { variable, ...link } = secret;
      return [[variable, link]];
    }),
  );
}

function createSecrets(
  { placement, opts }: Foundation,
  plan: ServicePlan,
  tags: Record<string, string>,
): GeneratedSecrets | undefined {
  const made = plan.secrets.flatMap((secret): [string, { length: number }][] =>
    "length" in secret ? [[secret.variable, { length: secret.length }]] : [],
  );
  if (made.length === 0) return undefined;
  return new GeneratedSecrets(
    plan.name,
    {
      placement,
      secrets: Object.fromEntries(made),
      recoveryWindowInDays: plan.protectData ? 30 : 7,
      tags,
    },
    opts,
  );
}
