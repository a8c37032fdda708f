// Validates copies of other contexts' entities: only the owner of an entity publishes its state.
import type { Findings } from "../../findings";
import { entityOwners, publishingContexts } from "../../contexts/derive";
import { readingsOf } from "./selection";
import type { Projection, System, Table } from "../../system";

/** Checks every copy that a service keeps. */
export function checkProjections(system: System, findings: Findings): void {
  const publishers = publishingContexts(system);
  const owning = entityOwners(system);
  for (const [name, { context, projects = {}, owns }] of Object.entries(system.services)) {
    for (const [entity, projection] of Object.entries(projects)) {
      const path = `services.${name}.projects.${entity}`;
      checkTable(path, projection.table, owns?.tables ?? {}, findings);
      const owners = (owning.get(entity) ?? []).filter((owner) => owner !== context);
      if (owners.length === 0) {
        checkEntity(path, entity, context, system, findings);
      } else {
        for (const { topic, type } of selected(projection, system)) {
          const by = [...(publishers.get(`${topic} ${type}`) ?? [])];
          findings.require(
            by.some((publisher) => owners.includes(publisher)),
            `${path}.from.${topic}`,
            type,
            `events that ${owners.join(" or ")} publishes: it owns ${entity}; ${type} is published by ${by.join(", ") || "nobody"}`,
            "name events of the owner, or let a service of the owner publish this one",
          );
        }
      }
    }
  }
}

/** The table of a copy can hold what the runtime writes. */
function checkTable(
  path: string,
  name: string | undefined,
  tables: Readonly<Record<string, Table>>,
  findings: Findings,
): void {
  if (name === undefined) return;
  findings.requireKnown(name, Object.keys(tables), `${path}.table`, "table of its own service");
  const table = tables[name];
  if (table === undefined) return;
  const { partitionKey, sortKey, access = "reads-and-writes", expiresBy } = table;
  const key = typeof partitionKey === "string" ? { name: partitionKey } : partitionKey;
  const isText = !("type" in key) || key.type === "text";
  findings.require(
    key.name === "id" && isText && sortKey === undefined && access === "reads-and-writes" && expiresBy === undefined,
    `${path}.table`,
    name,
    'a table with partitionKey "id" (text) alone, which the service reads and writes, and whose items stay',
    "give the copies a table of their own: { partitionKey: id }",
  );
}

function checkEntity(path: string, entity: string, context: string, system: System, findings: Findings): void {
  const own = system.contexts[context]?.entities.includes(entity) === true;
  const others = Object.entries(system.contexts).flatMap(([name, { entities }]) => (name === context ? [] : entities));
  if (own) {
    const remedy = "remove it: read it where it is kept";
    findings.require(false, path, entity, `an entity of another context; ${context} owns this one itself`, remedy);
  } else {
    findings.requireKnown(entity, others, path, "entity of another context");
  }
}

/** The events that change a copy; topics and types that are not declared are reported elsewhere. */
function selected({ from }: Projection, system: System): { readonly topic: string; readonly type: string }[] {
  return Object.entries(from).flatMap(([topic, selection]) => {
    const carried = Object.keys(system.topics[topic]?.events ?? {});
    return readingsOf(selection, carried).flatMap(([type]) => (carried.includes(type) ? [{ topic, type }] : []));
  });
}
