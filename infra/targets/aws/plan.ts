// A plan with what every target on AWS adds to it: the place, the network, the firewall. Pure.
import { partitionOf } from "../../../components/kit/partitions";
import { defaultDomainPrefix } from "../../../components/kit/sign-in";
import type { ExistingSecret } from "../../../components/kit/existing-secret";
import type { Edge } from "../../model/edges";
import type { Environment, Nat } from "../../model/environment";
import type { Node } from "../../model/kinds/registry";
import { nodesOf } from "../../model/lookup";
import type { Plan, ServicePlan } from "../../model/plan";
import { wholeSecret } from "../../model/parse-settings";
import { endpoints, hasAdministrator, isInVpc } from "./kinds";
import type {
  AwsSettings,
  Collector,
  ExistingNetwork,
  ExistingNetworkSettings,
  LegacySystem,
  Quotas,
  UserPool,
} from "./settings";

/** A plan for one account and region of AWS. */
export interface AwsPlan extends Plan {
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** The partition that the region lies in. */
  readonly partition: string;
  /** Zone names, as many as the environment uses. */
  readonly zones: readonly string[];
  /** Name and zone of the load balancer's certificate; undefined: HTTP, inside the VPC. */
  readonly https?: { readonly domainName: string; readonly hostedZoneId: string };
  readonly alertEmail?: string;
  readonly alertWebhook?: string;
  /** The collector beside each service; undefined: the system is not traced, or nothing keeps its traces. */
  readonly collector?: CollectorPlan;
  /** Whether a firewall judges requests: at the entrances, or before the load balancer of a system without them. */
  readonly waf: boolean | "count";
  /** AWS services that tasks reach without leaving the VPC (`sqs`, `ecr.api`), sorted. */
  readonly endpoints: readonly string[];
  /** Ways to the internet: what the environment says, or none when nothing in the plan needs one. */
  readonly nat: Nat;
  /** The network that exists already; undefined: the stack makes its own. */
  readonly existingNetwork?: ExistingNetworkSettings;
  /** Legacy systems that get a part of the requests, by service. */
  readonly legacy: Readonly<Record<string, LegacySystem>>;
  /** Quotas that AWS has raised for the account. */
  readonly quotas: Quotas;
  /** The user pool that the stack makes; undefined: `identity` names an issuer, or no route has JWT validation. */
  readonly userPool?: UserPoolPlan;
}

/** A user pool with everything decided. */
export interface UserPoolPlan extends Omit<UserPool, "clients" | "mfa" | "domainPrefix"> {
  /** By entrance. */
  readonly clients: Readonly<
    Record<string, UserPool["clients"][string] & { /** Scopes that its routes ask for. */ readonly scopes: string[] }>
  >;
  readonly mfa: "required" | "optional";
  readonly domainPrefix: string;
}

/** A collector of traces, and where it sends them. */
export interface CollectorPlan {
  readonly image: string;
  /** Undefined: AWS X-Ray. */
  readonly otlpEndpoint?: string;
  readonly authorization?: ExistingSecret;
}

/** Adds to a plan what follows from the settings of a stack on AWS, which have been checked. */
export function onAws(plan: Plan, settings: AwsSettings): AwsPlan {
  const { environment, services, domain, nodes } = plan;
  const { region, account, hostedZoneId, alertEmail, alertWebhook, waf, network, quotas = {}, legacy = {} } = settings;
  const { userPool } = settings;
  const collector = plan.tracing ? settings.collector : undefined;
  const zones = settings.zones.slice(0, environment.network.zoneCount);
  return {
    ...plan,
    place: `${region}, ${zones.length} zones`,
    environment: { ...environment, network: networkOf(environment, settings) },
    region,
    accountId: account,
    partition: partitionOf(region) ?? "aws",
    zones,
    ...(domain !== undefined &&
      hostedZoneId !== undefined && { https: { domainName: `services.${domain}`, hostedZoneId } }),
    ...(alertEmail !== undefined && { alertEmail }),
    ...(alertWebhook !== undefined && { alertWebhook }),
    ...(collector && { collector: collectorPlan(collector) }),
    waf:
      waf ??
      (services.some(({ exposes }) => exposes?.ratePerMinute !== undefined) ||
        nodes.some((node) => node.kind === "entrance" && node.protocol === "rest")),
    endpoints: [...endpointsOf(plan), ...(sendsToXray(collector) ? ["xray"] : [])],
    nat: services.some(needsInternet) || collector?.otlpEndpoint !== undefined ? environment.network.nat : "none",
    ...(network && { existingNetwork: wholeNetwork(network) }),
    legacy: Object.fromEntries(Object.entries(legacy).filter(([, { servicePercent }]) => servicePercent < 100)),
    quotas,
    ...(userPool && { userPool: userPoolPlan(plan, settings, userPool) }),
  };
}

function userPoolPlan(
  { system, environment, nodes, services }: Plan,
  { account, region }: AwsSettings,
  pool: UserPool,
): UserPoolPlan {
  const scopesAt = (name: string): string[] => {
    const routes = nodes.flatMap((node) => (node.kind === "entrance" && node.name === name ? node.routes : []));
    const behind = services.filter((service) => routes.some((route) => route.service === service.name));
    const asked = [
      ...routes.flatMap(({ guard }) => (guard.by === "entrance" ? guard.scopes : [])),
      ...behind.flatMap(({ exposes }) => exposes?.tokens?.scopes ?? []),
    ];
    return [...new Set(asked)].sort();
  };
  return {
    ...pool,
    clients: Object.fromEntries(
      Object.entries(pool.clients).map(([name, client]) => [name, { ...client, scopes: scopesAt(name) }]),
    ),
    mfa: pool.mfa ?? (environment.protectData ? "required" : "optional"),
    domainPrefix: pool.domainPrefix ?? defaultDomainPrefix(system, environment.name, `${account}/${region}`),
  };
}

/** Whether a collector sends traces to X-Ray, through an endpoint of the VPC. */
function sendsToXray(collector: Collector | undefined): boolean {
  return collector !== undefined && collector.otlpEndpoint === undefined;
}

function collectorPlan({ image, otlpEndpoint, authorization }: Collector): CollectorPlan {
  return {
    image,
    ...(otlpEndpoint !== undefined && { otlpEndpoint }),
    ...(authorization !== undefined && { authorization: wholeSecret(authorization) }),
  };
}

/** Whether a plan is one of a target on AWS. */
export function isOnAws(plan: Plan): plan is AwsPlan {
  return "accountId" in plan;
}

/**
 * Whether something of a service goes out to the internet: its tasks, or the load balancer, which fetches the keys of tokens
 * from private subnets (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html).
 */
export function needsInternet({ internetEgress, exposes }: Pick<ServicePlan, "internetEgress" | "exposes">): boolean {
  return internetEgress || exposes?.authentication === "jwt";
}

/** AWS services that need a VPC endpoint: those that Fargate needs to start a task, and those of the edges. */
export function endpointsOf({ services, nodes, edges }: Pick<Plan, "services" | "edges" | "nodes">): string[] {
  const outside = outsideOf(nodes, edges);
  const inside = edges.filter(({ from }) => !outside.has(from));
  // Lambda itself reads the sources of functions.
  const calledFunctions = new Set(nodesOf({ nodes }, "function").map(({ workload }) => workload));
  const reaches = (kind: string): boolean =>
    inside.some(({ from, verb, to }) => to.kind === kind && !(verb === "consumes" && calledFunctions.has(from)));
  const hasSecrets = services.some(({ secrets }) => secrets.length > 0);
  const hasAdministrators = nodes.some(({ kind }) => hasAdministrator(kind));
  return [
    "ecr.api",
    "ecr.dkr",
    "logs",
    // No `kms`: queues, topics, secrets and buckets use their keys on the caller's behalf, behind their own endpoints.
    ...(hasSecrets || hasAdministrators ? ["secretsmanager"] : []),
    // Two kinds may share one.
    ...new Set(Object.entries(endpoints).flatMap(([kind, endpoint]) => (reaches(kind) ? [endpoint] : []))),
  ];
}

/** Functions that stand outside the VPC, because nothing that they use is reachable inside only. */
function outsideOf(nodes: readonly Node[], edges: readonly Edge[]): ReadonlySet<string> {
  const inside = new Set(edges.filter(({ to }) => isInVpc(to.kind)).map(({ from }) => from));
  return new Set(
    nodes.flatMap((node) => (node.kind === "function" && !inside.has(node.workload) ? [node.workload] : [])),
  );
}

/** The environment's network with what the stack's settings say above it. */
function networkOf({ network }: Environment, { cidr, masks }: AwsSettings): Environment["network"] {
  return {
    ...network,
    ...(cidr !== undefined && { cidr }),
    ...(masks && { masks: { ...network.masks, ...masks } }),
  };
}

function wholeNetwork(network: ExistingNetwork): ExistingNetworkSettings {
  return { publicSubnetIds: [], endpoints: "existing", endpointSecurityGroupIds: [], internetEgress: true, ...network };
}
