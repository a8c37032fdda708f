// What a plan will need of an account, against AWS's quotas and the addresses of its subnets. Pure.
import type { Problem } from "../../../components/kit/problems";
import { addresses, DEFAULT_MASKS, type Tier } from "../../../components/kit/subnets";
import { allEdgesFrom, edgesFrom, edgesTo, nodesOf } from "../../model/lookup";
import type { ServicePlan } from "../../model/plan";
import type { AwsPlan } from "../aws/plan";
import { awsLines, isInVpc, type Takes } from "../aws/kinds";
import { concurrencyOf, hasAuthorizer } from "../aws/concurrency";
import { type Need, quotasExceeded } from "../aws/quotas";

/** Every quota and subnet that the plan would overrun: AWS would refuse in the middle of an update, or tasks would not start. */
export function quotaProblems(plan: AwsPlan): Problem[] {
  const short = quotasExceeded(needsOf(plan), plan.quotas);
  return [...short, ...(plan.existingNetwork ? [] : addressProblems(plan))];
}

/** Tasks of a service during a deployment, at the time of its highest maximum: the old ones and as many new ones. */
const atMost = ({ scaling: { max, schedules = {} } }: ServicePlan): number =>
  2 * Math.max(max, ...Object.values(schedules).map((schedule) => schedule.max));
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Counted as infra/targets and the components build it; tests/infra/targets/ecs/quotas.spec.ts holds both together. */
export function needsOf(plan: AwsPlan): Need[] {
  const { services, nodes, edges, endpoints, zones, environment } = plan;
  const [cache] = nodesOf(plan, "cache");
  // DynamoDB's prefix list counts as one rule, as that of S3 does.
  const tabled = new Set(edges.filter(({ to }) => to.kind === "table").map(({ from }) => from));
  const exposed = services.filter(({ exposes }) => exposes);
  const entrances = nodes.filter(({ kind }) => kind === "entrance").length;
  const taken = (what: keyof Takes): number => sum(nodes.map(({ kind }) => awsLines[kind]?.takes?.[what] ?? 0));
  const kinds = [...new Set(nodes.map(({ kind }) => kind))].join(", ");
  const group = (name: string, direction: string, count: number): Need => ({
    quota: "rulesPerSecurityGroup",
    count,
    what: `${direction} rules of ${name}`,
  });
  const authorizers = nodes.filter((node) => node.kind === "entrance" && hasAuthorizer(node, plan)).length;
  return [
    concurrencyOf(plan),
    { quota: "rulesPerBalancer", count: exposed.length, what: "the routes of exposed services" },
    {
      quota: "targetGroupsPerBalancer",
      count: exposed.length + Object.keys(plan.legacy).length,
      what: "exposed services and legacy systems",
    },
    { quota: "targetsPerBalancer", count: sum(exposed.map(atMost)), what: "tasks of exposed services in a deployment" },
    group("the load balancer's security group", "outbound", exposed.length),
    ...(entrances > 0 ? [group("the load balancer's security group", "inbound", entrances)] : []),
    ...(cache ? [group("the cache's security group", "inbound", cache.users.length)] : []),
    ...services.flatMap((service) => [
      group(
        `the security group of ${service.name}`,
        "inbound",
        edgesTo(plan, { kind: "service", name: service.name }, "calls").length + (service.exposes ? 1 : 0),
      ),
      group(
        `the security group of ${service.name}`,
        "outbound",
        outboundOf(service, plan) + (tabled.has(service.name) ? 1 : 0),
      ),
    ]),
    { quota: "interfaceEndpointsPerVpc", count: endpoints.length, what: "the AWS services that tasks use" },
    {
      quota: "networkInterfaces",
      count:
        sum(services.map(atMost)) +
        endpoints.length * environment.network.endpointZones +
        sum(storeNodes(plan)) +
        // The load balancer, the VPC link of each entrance, and functions: Lambda has one interface for each subnet and group.
        zones.length * (1 + taken("interfacesPerZone")) +
        taken("networkInterfaces"),
      what: `tasks in a deployment, endpoints and the load balancer, and what is built of the kinds ${kinds}`,
    },
    {
      quota: "securityGroups",
      count: services.length + taken("securityGroups") + 2,
      what: `services, endpoints and the load balancer, and what is built of the kinds ${kinds}`,
    },
    {
      quota: "roles",
      // Of the whole stack: one, and one for the logs of entrances.
      count:
        2 * services.length +
        taken("roles") +
        entrances +
        authorizers +
        Object.keys(plan.legacy).length +
        1 +
        (entrances > 0 ? 1 : 0),
      what: `services, legacy systems, health monitors, authorizers and logs of entrances, and what is built of the kinds ${kinds}`,
    },
  ];
}

/** Endpoints, the prefix list of S3, the internet, stores and callees. */
function outboundOf({ name, internetEgress }: ServicePlan, plan: AwsPlan): number {
  const stores = allEdgesFrom(plan, name).filter(({ to }) => isInVpc(to.kind)).length;
  return 2 + (internetEgress ? 1 : 0) + stores + edgesFrom(plan, name, "calls").length;
}

/** Addresses that each store takes of the isolated subnets. */
function storeNodes(plan: AwsPlan): number[] {
  return plan.nodes.flatMap((node) => awsLines[node.kind]?.addresses?.(node, plan) ?? []);
}

/** AWS keeps five addresses of each subnet: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const RESERVED = 5;
/** Free addresses that a load balancer needs in each of its subnets to scale: "Subnets for your load balancer" of its guide. */
const BALANCER_ADDRESSES = 8;

/** Addresses that the fullest zone needs, by tier. */
export function addressesOf(plan: AwsPlan): Readonly<Record<Tier, number>> {
  const { services, endpoints, zones } = plan;
  const perZone = (count: number): number => Math.ceil(count / zones.length);
  // RDS and ElastiCache need a free address beside each node for failover, maintenance and replacement.
  return {
    public: BALANCER_ADDRESSES + 1,
    private: perZone(sum(services.map(atMost))) + endpoints.length + BALANCER_ADDRESSES,
    isolated: sum(storeNodes(plan).map((count) => perZone(count) + 1)),
  };
}

function addressProblems(plan: AwsPlan): Problem[] {
  const needed = addressesOf(plan);
  const { masks } = plan.environment.network;
  return (Object.keys(needed) as Tier[]).flatMap((tier) => {
    const mask = masks?.[tier] ?? DEFAULT_MASKS[tier];
    const usable = addresses(mask) - RESERVED;
    if (needed[tier] <= usable) return [];
    const wide = 32 - Math.ceil(Math.log2(needed[tier] + RESERVED));
    return [
      {
        path: `archipelago:masks.${tier}`,
        value: `${needed[tier]} addresses in a zone`,
        allowed: `${usable}, as many as a /${mask} has besides the ${RESERVED} that AWS keeps`,
        remedy: `set archipelago:masks.${tier} to ${wide} before the network is created, or lower the most tasks of services`,
      },
    ];
  });
}
