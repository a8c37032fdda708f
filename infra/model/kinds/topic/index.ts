// Topics, the events on them, and who publishes them.
import { constantCase } from "../../../../components/kit/names";
import type { Thing } from "../../edges";
import type { TopicPlan } from "../../plan";
import { type Kind, variablesWith } from "../kind";
import { topicPlans } from "./derive";
import { service, system } from "./description";
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

  variables: (_, { publishes = {} }) =>
    Object.keys(publishes).flatMap((name) =>
      variablesWith(`${constantCase(name)}_TOPIC_`, ["ARN", "EVENT_TYPES"], `publishes.${name}`),
    ),

  derive: ({ system: whole, services }) => ({
    nodes: topicPlans(whole).map((plan): TopicNode => ({ kind: "topic", ...plan })),
    edges: services.flatMap(({ name: from, publishes }) =>
      publishes.map(({ topic: name, eventTypes }) => ({
        ...{ name, from, verb: "publishes" as const },
        ...{ to: { kind: "topic", name }, policy: { eventTypes } },
      })),
    ),
  }),
};
