// What can be described but not built yet stops the run: a plan without it would leave it out silently.
import type { Findings } from "../../findings";
import type { Service, System } from "../../system";

/** What to use until a store of this kind can be built. */
const STORES = {
  analytics: {
    what: "column stores",
    instead: "query a copy in a PostgreSQL of its own (projects, owns.database)",
  },
} as const;

/** Refuses the stores that nothing builds yet. */
export function unbuiltConflicts({ services }: System, findings: Findings): void {
  for (const [name, service] of Object.entries(services)) refuseOf(`services.${name}`, service, findings);
}

function refuseOf(path: string, { owns = {} }: Service, findings: Findings): void {
  for (const [key, unbuilt] of Object.entries(STORES)) {
    const store = owns[key as keyof typeof STORES];
    if (store !== undefined) refuse(`${path}.owns.${key}`, store, unbuilt, findings);
  }
}

interface Unbuilt {
  readonly what: string;
  readonly instead: string;
}

function refuse(path: string, value: unknown, { what, instead }: Unbuilt, findings: Findings): void {
  findings.require(false, path, value, `nothing: ${what} are not built yet`, instead);
}
