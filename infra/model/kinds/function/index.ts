// Functions of a service: each has a role of its own, which is given what it says and nothing else.
import type { Edge, Thing } from "../../edges";
import { sorted } from "../../order";
import type { ProvidedCode } from "../event-store/parts";
import type { Kind } from "../kind";
import { type LambdaFunction, type QueueSource, service, type StreamSource } from "./description";
import { functionsOf } from "./uses";
import { checkFunctions } from "./validate";

const describes = { service };

/** A trigger of a function with its settings. */
export interface SourcePlan {
  readonly from: Thing;
  readonly settings: StreamSource & QueueSource;
}

/** A function. */
export interface FunctionNode extends Thing, Omit<LambdaFunction, "on" | "uses" | "code"> {
  readonly kind: "function";
  readonly owner: string;
  readonly code: LambdaFunction["code"] | ProvidedCode;
  /** `<service>-<name>`: its edges come from it, and its role and groups are called so. */
  readonly workload: string;
  readonly sources: readonly SourcePlan[];
}

export const lambda: Kind<typeof describes, FunctionNode> = {
  describes,
  conflicts: checkFunctions,

  words: ({ name, owner, description, sources }) => ({
    thing: `function:${owner}/${name}`,
    icon: "function",
    card: `function ${name}${sources.length === 0 ? "" : `, on ${sources.map(({ from }) => from.name).join(", ")}`}`,
    legend: "own function",
    flowchart: { suffix: name, label: name },
    sentence: `${owner} has the function ${name}: ${description}`,
    panel: { head: name, note: `function: ${description}` },
    catalogue: [
      `has the function \`${name}\`: ${description}`,
      ...sources.map(({ from }) => `\`${name}\` is called by the ${from.kind} \`${from.name}\``),
    ],
  }),

  derive({ system, usesOf }) {
    const all = functionsOf(system).map((one) => {
      const { on = {}, uses: _uses, ...settings } = one.settings;
      const sources = [
        ...sorted(on.streams ?? {}).map(([name, settings]) => ({ from: { kind: "stream", name }, settings })),
        ...sorted(on.queues ?? {}).map(([name, settings]) => ({ from: { kind: "queue", name }, settings })),
        ...sorted(on.tables ?? {}).map(([name, settings]) => ({
          from: { kind: "table", name, owner: one.owner },
          settings,
        })),
      ];
      const { workload, owner, name } = one;
      const node: FunctionNode = { kind: "function", name, owner, workload, sources, ...settings };
      return { one, node };
    });
    return {
      nodes: all.map(({ node }) => node),
      edges: all.flatMap(({ one, node: { workload: from, sources } }) => [
        ...usesOf(one),
        ...sources.map(({ from: to }): Edge => {
          return { name: `from-${to.name}`, from, verb: "consumes", to, policy: {} };
        }),
      ]),
    };
  },
};
