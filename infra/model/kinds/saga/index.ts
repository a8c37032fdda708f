// Sagas: a workflow that sends commands to services and compensates what is done when a step fails.
import { constantCase } from "../../../../components/kit/names";
import type { Edge, Thing } from "../../edges";
import type { SagaPlan } from "../../plan";
import { type Kind, variablesWith } from "../kind";
import { commandQueue, sagaPlans, sagaServices } from "./derive";
import { system } from "./description";
import { checkSagas } from "./validate";

const describes = { system };

/** A saga. */
export interface SagaNode extends Thing, SagaPlan {
  readonly kind: "saga";
}

export const saga: Kind<typeof describes, SagaNode> = {
  describes,
  conflicts: checkSagas,

  claims: (whole) =>
    sagaServices(whole).map((service) => ({
      ...{ kind: "queue", value: commandQueue(service), service, path: "consumes" },
      remedy: "rename the other queue: commands of sagas arrive in this one",
    })),

  variables: (name, _, { sagas = {} }) => [
    ...(sagaServices({ sagas }).includes(name)
      ? variablesWith(`${constantCase(commandQueue(name))}_`, ["URL"], "consumes")
      : []),
    ...Object.entries(sagas).flatMap(([each, { startedBy }]) =>
      startedBy === name ? variablesWith(`${constantCase(each)}_WORKFLOW_`, ["ARN"], "consumes") : [],
    ),
  ],

  derive({ system: whole }) {
    const nodes = sagaPlans(whole).map((plan): SagaNode => ({ kind: "saga", ...plan }));
    return { nodes, edges: nodes.flatMap(edgesOf) };
  },
};

function edgesOf(node: SagaNode): Edge[] {
  const { name, startedBy, steps } = node;
  const to: Thing = { kind: "saga", name };
  const services = [...new Set(steps.map(({ service }) => service))];
  return [
    { name: `start-${name}`, from: startedBy, verb: "starts", to, policy: {} },
    ...services.map((from): Edge => ({ name: `answer-${name}`, from, verb: "answers", to, policy: {} })),
  ];
}
