// Key-value tables of a service.
import { constantCase } from "../../../../components/kit/names";
import { tableProblems } from "../../../../components/kit/table-keys";
import type { Edge, Thing } from "../../edges";
import { sorted } from "../../order";
import { tablesOf } from "../event-store/parts";
import { type Kind, variablesWith } from "../kind";
import { owns, type Table } from "./description";

const describes = { owns };

/** A table. */
export interface TableNode extends Thing {
  readonly kind: "table";
  readonly owner: string;
  readonly settings: Omit<Table, "access">;
}

/** What is done with the items of a table. */
export type TableUse = Exclude<NonNullable<Table["access"]>, "none">;

const VERBS = {
  reads: "reads",
  writes: "writes",
  appends: "appends",
  "reads-and-writes": "owns",
  "reads-and-appends": "records",
} as const;

export const table: Kind<typeof describes, TableNode> = {
  describes,

  conflicts({ services }, findings) {
    for (const [name, service] of Object.entries(services)) {
      for (const [each, settings] of Object.entries(tablesOf(service))) {
        findings.problems.push(...tableProblems(`services.${name}.owns.tables.${each}.`, settings));
      }
    }
  },

  variables: (_, service) =>
    Object.entries(tablesOf(service)).flatMap(([name, { access }]) =>
      access === "none" ? [] : variablesWith(`${constantCase(name)}_`, ["TABLE"], `owns.tables.${name}`),
    ),

  uses: {
    check({ uses, service }, path, findings) {
      const known = Object.keys(tablesOf(service));
      for (const name of Object.keys(uses.tables ?? {}))
        findings.requireKnown(name, known, `${path}.tables.${name}`, "table of its own service");
    },
    edges: ({ workload, owner, uses }) =>
      sorted(uses.tables ?? {}).map(([name, use]) => tableEdge(workload, { kind: "table", name, owner }, use)),
  },

  words: ({ name, owner, settings: { partitionKey } }) => ({
    thing: `table:${owner}/${name}`,
    icon: "database",
    card: `table ${name}, by ${typeof partitionKey === "string" ? partitionKey : partitionKey.name}`,
    legend: "own table",
    flowchart: { suffix: name, label: `${name} table` },
    sentence: `${owner} alone owns the table ${name}`,
    panel: { head: name, note: "key-value table, its own" },
    catalogue: [`owns the key-value table \`${name}\``],
  }),

  derive({ system }) {
    const all = sorted(system.services).flatMap(([owner, service]) =>
      sorted(tablesOf(service)).map(([name, { access = "reads-and-writes", ...settings }]) => ({
        access,
        node: { kind: "table" as const, name, owner, settings },
      })),
    );
    return {
      nodes: all.map(({ node }): TableNode => node),
      edges: all.flatMap(({ access, node }) => (access === "none" ? [] : [tableEdge(node.owner, node, access)])),
    };
  },
};

/** What a service, a function or a job does with a table. */
export function tableEdge(from: string, to: Thing, use: TableUse): Edge {
  return { name: `table-${to.name}`, from, verb: VERBS[use], to, policy: {} };
}
