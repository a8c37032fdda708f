// The one-off task that prepares a service's database.
import type { MigrationPlan } from "../../plan";
import { DEFAULTS } from "../../resolve";
import type { Settings } from "../../settings";
import type { Service, System } from "../../system";
import { taskRuntimeOf } from "../service/runtime";

/** The name of a service's migration. */
export function migrationName(service: string): string {
  return `${service}-migration`;
}

/** The migrations that have an image of their own, by name, each with its service. */
export function ownMigrations(system: System | undefined): ReadonlyMap<string, string> {
  const services = Object.entries(system?.services ?? {});
  return new Map(
    services.flatMap(([service, { owns }]): [string, string][] =>
      owns?.database?.migration?.image === "own" ? [[migrationName(service), service]] : [],
    ),
  );
}

/** The migration of a service, with everything decided; undefined: none. */
export function migrationOf(
  service: string,
  { owns, runtime = {} }: Service,
  { images }: Settings,
): MigrationPlan | undefined {
  const migration = owns?.database?.migration;
  if (migration === undefined) return undefined;
  const name = migrationName(service);
  const image = images[migration.image === "own" ? name : service];
  if (image === undefined) throw new Error(`${name} has no image`);
  const { command, cpu = DEFAULTS.cpu, memory = DEFAULTS.memory } = migration;
  return {
    name,
    image,
    ...(command && { command }),
    cpu,
    memory,
    runtime: migration.runtime ?? (migration.image === "own" ? {} : taskRuntimeOf(runtime)),
  };
}
