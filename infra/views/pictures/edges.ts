// The edges of a plan, each once and with words for it: what a picture draws, what a page explains.
import { storesOf } from "../../model/kinds/words";
import type { EntranceNode } from "../../model/kinds/entrance";
import { entrancesIn, frontDoorOf, guardWords } from "../entrances";
import type { QueueNode } from "../../model/kinds/queue";
import { edgesFrom, edgesTo, nodesOf, queuesOfService } from "../../model/lookup";
import { gathered } from "../../model/order";
import type { CallPlan, Plan, ServicePlan } from "../../model/plan";

/**
 * What joins two things.
 *
 * - `route`: an entrance forwards requests to the load balancer, or the load balancer to a service
 * - `call`: a service calls another over HTTP
 * - `publish`, `deliver`, `consume`, `send`: a message's way from a service to a topic, a topic to a queue, a queue to its
 *   service, a service to a queue
 * - `own`: a service has a store to itself
 * - `cache`: a service keeps keys of its own in the shared cache
 * - `internet`: a service opens HTTPS connections to the internet
 * - `depend`: a bounded context depends on another
 */
export type EdgeKind =
  "route" | "call" | "publish" | "deliver" | "consume" | "send" | "own" | "cache" | "internet" | "depend";

/** An edge between two things, which are named by their kind and name (`service:order`). */
export interface Edge {
  /** Unique in a plan: kind, from and to. */
  readonly id: string;
  readonly kind: EdgeKind;
  readonly from: string;
  readonly to: string;
  /** A sentence on it. */
  readonly title: string;
  /** Short lines that stand beside it; empty: it speaks for itself. */
  readonly label: readonly string[];
}

/** Names of the things that edges join. */
export const node = {
  balancer: "balancer",
  cache: "cache",
  internet: "internet",
  entrance: (name: string) => `entrance:${name}`,
  context: (name: string) => `context:${name}`,
  service: (name: string) => `service:${name}`,
  topic: (name: string) => `topic:${name}`,
  queue: (name: string) => `queue:${name}`,
} as const;

/** Every edge of a plan, in the plan's own order. */
export function edgesOf(plan: Plan): Edge[] {
  return [
    ...plan.contexts.flatMap((context) =>
      context.dependsOn.map((other) =>
        edge(
          "depend",
          node.context(context.name),
          node.context(other.context),
          `${context.name} depends on ${other.context}: ${other.relation.replaceAll("-", " ")}`,
        ),
      ),
    ),
    ...entrancesIn(plan).map(entranceEdge),
    ...plan.services.flatMap((service) => serviceEdges(service, plan)),
    ...sagaEdges(plan),
    ...nodesOf(plan, "topic").flatMap(({ name: topic, subscriptions }) =>
      subscriptions.map(({ queue, eventTypes }) =>
        edge(
          "deliver",
          node.topic(topic),
          node.queue(queue),
          `${topic} delivers ${eventTypes ? listed(eventTypes) : "every event"} to ${queue}`,
          eventTypes ?? ["every event"],
        ),
      ),
    ),
  ];
}

/** The commands of sagas, from the service that starts them: the workflow itself has no card. */
function sagaEdges(plan: Plan): Edge[] {
  const sent = nodesOf(plan, "saga").flatMap(({ name, startedBy, steps }) =>
    steps.map(({ queue, command, compensation }) => {
      const commands = [command, ...(typeof compensation === "string" ? [compensation] : [])];
      return [`${startedBy} ${queue}`, { name, startedBy, queue, commands }] as const;
    }),
  );
  return [...gathered(sent).values()].flatMap((commands) => {
    const [first] = commands;
    if (first === undefined) return [];
    const names = [...new Set(commands.map(({ name }) => name))];
    const all = [...new Set(commands.flatMap((one) => one.commands))];
    const what = `the ${names.length === 1 ? "saga" : "sagas"} ${listed(names)}`;
    const title = `${first.startedBy} starts ${what}, which sends ${listed(all)} to ${first.queue}`;
    return [edge("send", node.service(first.startedBy), node.queue(first.queue), title)];
  });
}

function serviceEdges(service: ServicePlan, plan: Plan): Edge[] {
  const { name } = service;
  const self = node.service(name);
  return [
    ...routeEdges(service, plan),
    ...edgesFrom(plan, name, "calls").map(({ to, policy }) =>
      edge("call", self, node.service(to.name), callTitle(name, to.name, policy)),
    ),
    ...edgesFrom(plan, name, "publishes").map(({ to: { name: topic }, policy: { eventTypes } }) =>
      edge("publish", self, node.topic(topic), `${name} publishes ${listed(eventTypes)} on ${topic}`, [
        ...(isPart(eventTypes, topic, plan) ? eventTypes : []),
      ]),
    ),
    ...edgesFrom(plan, name, "sends").map(({ to: { name: queue } }) =>
      edge("send", self, node.queue(queue), `${name} sends work to ${queue} directly`),
    ),
    ...queuesOfService(plan, name).map((queue) => edge("consume", node.queue(queue.name), self, consumeTitle(queue))),
    ...storeEdges(name, plan),
    ...(service.internetEgress
      ? [edge("internet", self, node.internet, `${name} may open HTTPS connections (port 443) to the internet`)]
      : []),
  ];
}

function entranceEdge({ name, routes, throttling: { rate, burst } }: EntranceNode): Edge {
  const checks = routes.map(({ paths, guard }) => `${listed(paths)} (checked by ${guardWords(guard)})`);
  const title = `The entrance ${name} passes on at most ${rate} requests a second and ${burst} at once: ${listed(checks)}`;
  return edge("route", node.entrance(name), node.balancer, title);
}

function routeEdges({ name, exposes }: ServicePlan, plan: Plan): Edge[] {
  if (!exposes) return [];
  const { paths, priority, authentication, balancing, ratePerMinute } = exposes;
  const checked = {
    jwt: "tokens are checked here",
    "by-service": "the service checks tokens",
    none: "nobody checks tokens",
  };
  const facts = [
    // A gateway prefers the more specific path; only a load balancer has priorities.
    ...(plan.words ? [] : [`priority ${priority}`]),
    checked[authentication],
    ...(ratePerMinute === undefined ? [] : [`at most ${ratePerMinute} requests a minute from one address`]),
    balancing.replaceAll("_", " "),
  ];
  return [
    edge(
      "route",
      node.balancer,
      node.service(name),
      `The ${frontDoorOf(plan)} forwards ${listed(paths)} to ${name}: ${facts.join("; ")}`,
    ),
  ];
}

function storeEdges(service: string, plan: Plan): Edge[] {
  return storesOf(service, plan).map(({ isOwn, thing, sentence }) =>
    edge(isOwn ? "own" : "cache", node.service(service), thing, sentence),
  );
}

/** A call's policy in words. */
export function policyOf({ timeout, retries, backoff, breaker, bulkhead }: CallPlan): string {
  return [
    timeout === "none" ? "waits for ever" : `waits ${timeout}`,
    retries === 0 ? "no retry" : `${retries} ${retries === 1 ? "retry" : "retries"} from ${backoff} on`,
    breaker === "none" ? "no breaker" : `breaker opens after ${breaker.failures} failures for ${breaker.reset}`,
    `at most ${bulkhead} at once`,
  ].join(", ");
}

function callTitle(caller: string, callee: string, call: CallPlan): string {
  const what = call.operations.length > 0 ? ` for ${listed(call.operations)}` : "";
  return `${caller} calls ${callee}${what}: ${policyOf(call)}`;
}

function consumeTitle(queue: QueueNode): string {
  return [
    `${queue.consumer} consumes ${queue.name}: hidden for ${queue.visibilityTimeout} while it is handled`,
    `to the dead-letter queue after ${queue.maxReceiveCount} receives`,
    ...(queue.projection === undefined ? [] : [`it keeps a copy of ${queue.projection}`]),
    ...(queue.ofSagas ? ["it brings commands and outcomes of sagas"] : []),
    ...(queue.maxAge === undefined ? [] : [`an alarm when the oldest message is older than ${queue.maxAge}`]),
  ].join(", ");
}

/** Whether these are only some of a topic's events. */
function isPart(types: readonly string[], topic: string, plan: Plan): boolean {
  return types.length < (nodesOf(plan, "topic").find(({ name }) => name === topic)?.events.length ?? 0);
}

/** Services that send work to a queue. */
export function sendersTo(queue: QueueNode, plan: Plan): string[] {
  const senders = new Set(edgesTo(plan, queue, "sends").map(({ from }) => from));
  return plan.services.flatMap(({ name }) => (senders.has(name) ? [name] : []));
}

/** Names in a sentence: `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

function edge(kind: EdgeKind, from: string, to: string, title: string, label: readonly string[] = []): Edge {
  return { id: `${kind} ${from} ${to}`, kind, from, to, title, label };
}
