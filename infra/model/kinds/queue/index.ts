// Queues: each belongs to the service that consumes it, be it for work, for events, or for a copy of another context's entity.
import { constantCase } from "../../../../components/kit/names";
import type { Edge, Thing } from "../../edges";
import { gathered } from "../../order";
import type { QueuePlan } from "../../plan";
import { checkNames, type Claim, describedServices, type Kind, once, variablesWith } from "../kind";
import type { Service } from "../../system";
import { queuePlans } from "./derive";
import { service } from "./description";
import { queuesOfFunctions } from "../function/uses";
import { queuesOf } from "./selection";
import { checkQueues } from "./validate";
import { checkProjections } from "./validate-projections";

const describes = { service };

/** A queue. */
export interface QueueNode extends Thing, QueuePlan {
  readonly kind: "queue";
}

export const queue: Kind<typeof describes, QueueNode> = {
  describes,

  conflicts(system, findings) {
    checkQueues(system, findings);
    checkProjections(system, findings);
  },

  claims: ({ services }) => Object.entries(services).flatMap(([name, one]) => claimsOf(name, one)),

  /** A queue that a service both sends to and consumes has one variable. */
  variables(name, one) {
    const others = queuesOfFunctions(one);
    const own = queuesOf(name, one).filter((each) => !others.has(each.name));
    const paths = new Map(own.map((each) => [each.name, each.path]));
    one.sendsTo?.forEach((target, index) => {
      if (!paths.has(target)) paths.set(target, `sendsTo[${index}]`);
    });
    return [...paths].flatMap(([target, path]) => variablesWith(`${constantCase(target)}_`, ["URL"], path));
  },

  uses: {
    check({ uses, system }, path, findings) {
      const known = Object.values(system.services).flatMap(({ consumes = {} }) => Object.keys(consumes));
      checkNames(uses.sendsTo, known, "queue", `${path}.sendsTo`, findings);
    },
    edges: ({ workload: from, uses }) =>
      once(uses.sendsTo).map((name) => {
        const policy = { alsoConsumes: false };
        return { name: `send-${name}`, from, verb: "sends", to: { kind: "queue", name }, policy };
      }),
  },

  derive(whole) {
    const nodes = queuePlans(whole.system).map((plan): QueueNode => ({ kind: "queue", ...plan }));
    const queues = gathered(nodes.map((node) => [node.consumer, node.name] as const));
    return {
      nodes,
      edges: describedServices(whole).flatMap(([name, service]) => edgesOf(name, service, queues.get(name) ?? [])),
    };
  },
};

/** Queues that functions consume are theirs: the service's tasks receive nothing from them. */
function edgesOf(from: string, service: Service, own: readonly string[]): Edge[] {
  const ofFunctions = queuesOfFunctions(service);
  const consumes = own.filter((name) => !ofFunctions.has(name));
  const to = (name: string): Thing => ({ kind: "queue", name });
  return [
    ...consumes.map((name): Edge => ({ name: `consume-${name}`, from, verb: "consumes", to: to(name), policy: {} })),
    ...once(service.sendsTo).map((name): Edge => {
      const policy = { alsoConsumes: consumes.includes(name) };
      return { name: `send-${name}`, from, verb: "sends", to: to(name), policy };
    }),
  ];
}

function claimsOf(service: string, whole: Service): Claim[] {
  return queuesOf(service, whole).map(({ name, path, projection }) => ({
    ...{ kind: "queue", value: name, service, path: projection === undefined ? "consumes" : path },
    remedy:
      projection === undefined
        ? "give each consumer a queue of its own and subscribe both to the topic"
        : "rename the other queue: this one is called after the service and the entity",
  }));
}
