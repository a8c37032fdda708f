// Lists the things of a description before there is a plan. `check` compares them with the kinds that a target builds, even where the
// description has other problems. Pure.
import type * as v from "valibot";
import type { Thing } from "./edges";
import type { Described } from "./kinds/kind";
import { registry } from "./kinds/registry";
import { shapeOf } from "./schema/words";
import type { System } from "./system";

/** A thing with its place in the description. */
export interface DescribedThing extends Thing {
  /** Below the system: `services.order.owns.tables.carts`. */
  readonly path: string;
}

/** The things of a system by the keys of their kinds. A kind with a key of the system is declared there; its other keys are edges to it. */
export function thingsOf(system: System): DescribedThing[] {
  const kinds: readonly (readonly [string, { readonly describes: Described }])[] = Object.entries(registry);
  return kinds.flatMap(([kind, { describes }]) => {
    const keysOf = (place: keyof Described) => Object.entries(describes[place] ?? {});
    const inSystem = keysOf("system");
    if (inSystem.length > 0)
      return inSystem.flatMap(([key, schema]) => entries(kind, schema, valueAt(system, key), key));
    return Object.entries(system.services).flatMap(([owner, service]) => [
      ...keysOf("owns").flatMap(([key, schema]) => {
        return entries(kind, schema, valueAt(service.owns ?? {}, key), `services.${owner}.owns.${key}`, owner);
      }),
      ...keysOf("service").flatMap(([key, schema]) =>
        entries(kind, schema, valueAt(service, key), `services.${owner}.${key}`, owner),
      ),
    ]);
  });
}

function valueAt(within: object, key: string): unknown {
  return Object.entries(within).find(([each]) => each === key)?.[1];
}

function entries(
  kind: string,
  schema: v.GenericSchema,
  value: unknown,
  path: string,
  owner?: string,
): DescribedThing[] {
  if (typeof value !== "object" || value === null) return [];
  const of = owner === undefined ? {} : { owner };
  const form = formOf(schema);
  // A list names things that are declared elsewhere.
  if (form === "list") return [];
  if (form !== "record") return [{ kind, name: kind, ...of, path }];
  return Object.keys(value).map((name) => ({ kind, name, ...of, path: `${path}.${name}` }));
}

/** Form of a key: a record by name, a list, or otherwise one thing (`cache`). */
function formOf(schema: v.GenericSchema): string {
  const shape = shapeOf(schema);
  return shape.kind === "optional" ? formOf(shape.of) : shape.kind;
}
