// The database of a service, and the task that prepares it.
import type { Thing } from "../../edges";
import type { MigrationPlan } from "../../plan";
import { sourcesOf } from "../../resolve";
import { describedServices, type Kind, useOfOne, variablesWith } from "../kind";
import { resolveDatabase } from "./derive";
import { type AuroraServerless, owns, type PostgresInstance } from "./description";
import { migrationOf } from "./migration";
import { databaseConflicts } from "./validate";

const describes = { owns };

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
  variables: (_, { owns: stores }) =>
    stores?.database ? variablesWith("DB_", ["HOST", "PORT", "NAME", "USERNAME"], "owns.database") : [],

  uses: useOfOne("database", "db", "database"),

  words({ owner, settings, migration }, _, platform) {
    const engine = platform?.database ?? databaseEngine(settings);
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
    return {
      nodes,
      edges: nodes.map((to) => ({ name: "database", from: to.owner, verb: "owns", to, policy: {} })),
    };
  },
};

/** What the engine of a database is called. */
export function databaseEngine({ kind }: DatabaseNode["settings"]): string {
  return { postgres: "PostgreSQL", "aurora-serverless": "Aurora Serverless v2" }[kind];
}
