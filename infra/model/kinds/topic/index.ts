// Topics, the events on them, and who publishes them.
import { constantCase } from "../../../../components/kit/names";
import { type Kind, variablesWith } from "../kind";
import { service, system } from "./description";
import { checkTopics } from "./validate";
import { checkContracts } from "./validate-contracts";

const describes = { system, service };

export const topic: Kind<typeof describes> = {
  describes,

  conflicts(whole, findings) {
    checkTopics(whole, findings);
    checkContracts(whole, findings);
  },

  variables: (_, { publishes = {} }) =>
    Object.keys(publishes).flatMap((name) =>
      variablesWith(`${constantCase(name)}_TOPIC_`, ["ARN", "EVENT_TYPES"], `publishes.${name}`),
    ),
};
