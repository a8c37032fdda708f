// A plan as specs read it: what each service does by verb, what stands in it by kind. Made of nodes and edges alone.
import type { Edge, Verb } from "../../../infra/model/edges";
import type { Node } from "../../../infra/model/kinds/registry";
import type { Plan } from "../../../infra/model/plan";

/** The nodes of a kind, without the kind. */
function each<K extends Node["kind"]>({ nodes }: Plan, kind: K): Omit<Extract<Node, { readonly kind: K }>, "kind">[] {
  return nodes
    .filter((node): node is Extract<Node, { readonly kind: K }> => node.kind === kind)
    .map(({ kind: _kind, ...node }) => node);
}

/** A plan with its channels, its cache, and what each service owns and does. */
export function readPlan<P extends Plan>(plan: P) {
  const rest: Omit<P, "services"> = plan;
  const from = <V extends Verb>(name: string, verb: V) =>
    plan.edges.filter((edge): edge is Extract<Edge, { readonly verb: V }> => edge.from === name && edge.verb === verb);
  const queues = each(plan, "queue");
  const topics = each(plan, "topic");
  const databases = each(plan, "database");
  return {
    ...rest,
    queues,
    topics,
    subscriptions: topics.flatMap(({ name: topic, subscriptions }) => subscriptions.map((one) => ({ topic, ...one }))),
    sagas: each(plan, "saga"),
    cache: each(plan, "cache")[0],
    services: plan.services.map((service) => {
      const { name } = service;
      const database = databases.find(({ owner }) => owner === name);
      return {
        ...service,
        database: database?.settings,
        migration: database?.migration,
        usesCache: from(name, "uses").length > 0,
        calls: from(name, "calls").map(({ to, policy }) => ({ service: to.name, ...policy })),
        publishes: from(name, "publishes").map(({ to, policy }) => ({ topic: to.name, ...policy })),
        consumes: queues.filter(({ consumer }) => consumer === name).map((queue) => queue.name),
        sendsTo: from(name, "sends").map(({ to }) => to.name),
      };
    }),
  };
}
