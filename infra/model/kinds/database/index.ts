// The database of a service, and the task that prepares it.
import { constantCase } from "../../../../components/kit/names";
import type { Edge, Thing } from "../../edges";
import type { MigrationPlan } from "../../plan";
import { sourcesOf } from "../../resolve";
import { describedServices, type Kind, ownsEdges, useOfOne, variablesWith, type Words } from "../kind";
import { resolveDatabase } from "./derive";
import { type AuroraServerless, owns, type PostgresInstance, service } from "./description";
import { migrationOf } from "./migration";
import { databaseConflicts } from "./validate";

const describes = { owns, service };

/** A database, as an environment has it. */
export interface DatabaseNode extends Thing {
  readonly kind: "database";
  readonly owner: string;
  readonly settings: PostgresInstance | AuroraServerless;
  /** The task that prepares it; undefined: none. */
  readonly migration?: MigrationPlan;
}

export const database: Kind<typeof describes, DatabaseNode> = {
  describes,
  conflicts: databaseConflicts,
  variables: (_, { owns: stores, readsDatabases = [] }) => [
    ...(stores?.database ? variablesWith("DB_", ADDRESS, "owns.database") : []),
    ...((stores?.database?.readers ?? 0) > 0 ? variablesWith("DB_", ["READER_HOST"], "owns.database.readers") : []),
    ...readsDatabases.flatMap(({ of }, index) => variablesWith(readerPrefix(of), ADDRESS, `readsDatabases[${index}]`)),
  ],

  uses: useOfOne("database", "db", "database"),

  words({ owner, settings, migration }, reader, platform) {
    const engine = platform?.database ?? databaseEngine(settings);
    if (reader !== owner) return wordsOfReader(owner, engine, reader);
    const size =
      settings.kind === "postgres" ? settings.instanceClass : `${settings.minCapacity}–${settings.maxCapacity} ACU`;
    return {
      thing: `database:${owner}`,
      icon: "database",
      card: platform ? engine : `${engine}, ${size}`,
      legend: "own database",
      flowchart: { suffix: "db", label: engine },
      sentence: `${owner} alone owns the ${engine} database ${settings.databaseName}`,
      panel: { head: settings.databaseName, note: `${engine}, its own` },
      catalogue: [
        `owns the ${engine} database \`${settings.databaseName}\``,
        ...(migration ? [`the task \`${migration.name}\` prepares its database`] : []),
      ],
    };
  },

  derive(whole) {
    const nodes = describedServices(whole).flatMap(([owner, service]): DatabaseNode[] => {
      const settings = resolveDatabase(sourcesOf(owner, service, whole));
      if (settings === undefined) return [];
      const migration = migrationOf(owner, service, whole.settings);
      return [{ kind: "database", name: `${owner}-db`, owner, settings, ...(migration && { migration }) }];
    });
    const byOwner = new Map(nodes.map((node) => [node.owner, node]));
    const reading = describedServices(whole).flatMap(([from, { readsDatabases = [] }]) =>
      readsDatabases.flatMap(({ of }): Edge[] => {
        const to = byOwner.get(of);
        return to ? [{ name: `read-${of}`, from, verb: "reads", to, policy: {} }] : [];
      }),
    );
    return { nodes, edges: [...ownsEdges(nodes), ...reading] };
  },
};

const ADDRESS = ["HOST", "PORT", "NAME", "USERNAME"];

/** Prefix of the variables of another service's database: `ORDER_DB_`. */
export const readerPrefix = (owner: string): string => `${constantCase(owner)}_DB_`;

function wordsOfReader(owner: string, engine: string, reader: string): Words {
  return {
    thing: `database:${owner}`,
    icon: "database",
    card: `reads ${engine} of ${owner}`,
    legend: "database of another service",
    flowchart: { suffix: `${owner}-db`, label: `${engine} of ${owner}` },
    sentence: `${reader} reads the ${engine} database of ${owner}`,
    panel: { head: `database of ${owner}`, note: `${engine}, read only` },
    catalogue: [`reads the database of \`${owner}\``],
  };
}

/** Name of a database's engine. */
export function databaseEngine({ kind }: DatabaseNode["settings"]): string {
  return { postgres: "PostgreSQL", "aurora-serverless": "Aurora Serverless v2" }[kind];
}
