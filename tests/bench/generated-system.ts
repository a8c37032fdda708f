// Systems of any size that look like one somebody wrote: each service has as many edges as in a small system.
import type { Service, System, Topic } from "../../infra/model/system";

const EVENTS = ["MADE", "CHANGED"];
const SERVICES_PER_CONTEXT = 10;

/** A valid system; the same number gives the same system. */
export function generatedSystem(count: number): System {
  const indexes = Array.from({ length: count }, (_, index) => index);
  return {
    name: "generated",
    cache: {},
    contexts: Object.fromEntries(
      indexes.map((index) => [
        contextOf(index),
        { description: "Some services", entities: [`${contextOf(index)}Thing`] },
      ]),
    ),
    topics: Object.fromEntries(
      indexes.map((index): [string, Topic] => [
        topicOf(index),
        { displayName: `Events ${index}`, events: Object.fromEntries(EVENTS.map((event) => [event, {}])) },
      ]),
    ),
    services: Object.fromEntries(indexes.map((index) => [nameOf(index), serviceOf(index, count)])),
  };
}

function serviceOf(index: number, count: number): Service {
  const heard = topicOf((index + count - 1) % count);
  return {
    context: contextOf(index),
    description: `Does what number ${index} does`,
    // A load balancer takes 100 rules, so most services are reached by their callers only.
    ...(index % 4 === 0 && {
      exposes: { paths: [`/${nameOf(index)}/*`], authentication: "by-service", priority: index + 1 },
    }),
    ...(index % 5 === 0 && { owns: { database: databaseOf(index) } }),
    ...(index % 10 === 3 && { owns: { buckets: { files: {} } } }),
    ...(index % 5 === 1 && { usesCache: true }),
    ...(index % 5 === 2 && { secrets: { TOKEN: { length: 32 } } }),
    calls: Object.fromEntries(calleesOf(index).map((callee) => [nameOf(callee), {}])),
    publishes: { [topicOf(index)]: EVENTS },
    consumes: {
      [`queue-${index}`]: { from: { [heard]: ["MADE"] }, visibilityTimeout: "60s", maxReceiveCount: 5 },
    },
    scaling: { min: 2, max: 6, cpu: 70 },
  };
}

function databaseOf(index: number): NonNullable<Service["owns"]>["database"] & object {
  return {
    kind: "postgres",
    databaseName: `number${index}`,
    instanceClass: "db.t3.micro",
    allocatedStorage: "20 GiB",
    maxAllocatedStorage: "100 GiB",
    backupRetention: "7d",
  };
}

/** The one before and the first, of the same context: calls never lead forward, so they have no circle. */
function calleesOf(index: number): readonly number[] {
  const first = index - (index % SERVICES_PER_CONTEXT);
  return index === first ? [] : [...new Set([first, index - 1])];
}

function nameOf(index: number): string {
  return `service-${index}`;
}

function topicOf(index: number): string {
  return `events-${index}`;
}

function contextOf(index: number): string {
  return `Context${Math.floor(index / SERVICES_PER_CONTEXT)}`;
}

/** Settings under which it fits an account: wider subnets, and quotas that AWS raises on request. */
export const LARGE = {
  masks: { private: 20, isolated: 22 },
  quotas: { rulesPerSecurityGroup: 250, rulesPerBalancer: 200, targetGroupsPerBalancer: 200, targetsPerBalancer: 5000 },
} as const;
