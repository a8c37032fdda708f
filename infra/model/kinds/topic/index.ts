// The kind topic: topics, their events and the publishers.
import { constantCase } from "../../../../components/kit/names";
import type { Edge, Thing } from "../../edges";
import { sorted } from "../../order";
import type { TopicPlan } from "../../plan";
import { checkNames, describedServices, type Kind, once, variablesWith } from "../kind";
import { publicationsOf } from "../queue/selection";
import { relayedTopics } from "../event-store/parts";
import { topicPlans } from "./derive";
import { type Publication, service, system } from "./description";
import { checkTopics } from "./validate";
import { checkContracts } from "./validate-contracts";

const describes = { system, service };

/** A topic with its events. */
export interface TopicNode extends Thing, TopicPlan {
  readonly kind: "topic";
}

export const topic: Kind<typeof describes, TopicNode> = {
  describes,

  conflicts(whole, findings) {
    checkTopics(whole, findings);
    checkContracts(whole, findings);
  },

  variables: (_, service) =>
    Object.keys(service.publishes ?? {}).flatMap((name) =>
      relayedTopics(service).has(name)
        ? []
        : variablesWith(`${constantCase(name)}_TOPIC_`, ["ARN", "EVENT_TYPES"], `publishes.${name}`),
    ),

  uses: {
    check({ uses, service }, path, findings) {
      const known = Object.keys(service.publishes ?? {});
      checkNames(uses.publishes, known, "topic that its service publishes on", `${path}.publishes`, findings);
    },
    edges: ({ workload, uses, service }) =>
      once(uses.publishes).map((name) => publishEdge(workload, name, service.publishes?.[name] ?? [])),
  },

  // Events of a store are published by its relay only.
  derive: (whole) => ({
    nodes: topicPlans(whole.system).map((plan): TopicNode => ({ kind: "topic", ...plan })),
    edges: describedServices(whole).flatMap(([from, service]) =>
      sorted(service.publishes ?? {})
        .filter(([name]) => !relayedTopics(service).has(name))
        .map(([name, publication]) => publishEdge(from, name, publication)),
    ),
  }),
};

/** What a service, a function or a job publishes on a topic. */
export function publishEdge(from: string, name: string, publication: Publication): Edge {
  const eventTypes = publicationsOf(publication).map(([type]) => type);
  return { name, from, verb: "publishes", to: { kind: "topic", name }, policy: { eventTypes } };
}
