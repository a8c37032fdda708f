// The one-off task that prepares a service's database: what it is called, and whose image it runs.
import type { System } from "../../system";

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
