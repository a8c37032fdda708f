// Logical names of everything that holds a system's data, from its description alone: a review needs them although the program
// can't be built. A spec compares them with what is built.
import { shortened } from "../../../components/kit/names";
import { queuesOf } from "../../model/kinds/queue/selection";
import { commandQueue, sagaServices } from "../../model/kinds/saga/derive";
import type { Service, System } from "../../model/system";

/** S3 allows 63 characters; `-bucket` and Pulumi's suffix come behind a store's name. */
export const LONGEST_STORE_NAME = 48;

/** Names of the databases, buckets, tables, secrets, queues and the cache that a description has, old names of renamed services included. */
export function storeNames({ services, sagas = {} }: Pick<System, "services" | "sagas">): string[] {
  const all = Object.entries(services);
  const cache = all.some(([, { usesCache }]) => usesCache === true) ? ["cache-group"] : [];
  const commanded = new Set(sagaServices({ sagas }));
  const commands = all.flatMap(([name, { renamedFrom }]) =>
    commanded.has(name) ? [name, ...(renamedFrom === undefined ? [] : [renamedFrom])] : [],
  );
  return [
    ...cache,
    ...all.flatMap(([name, service]) => ofService(name, service)),
    ...commands.map((name) => `messaging-${commandQueue(name)}`),
  ];
}

function ofService(name: string, service: Service): string[] {
  const { owns = {}, secrets = {}, renamedFrom } = service;
  const kind = owns.database && (owns.database.kind === "postgres" ? "instance" : "cluster");
  return [name, ...(renamedFrom === undefined ? [] : [renamedFrom])].flatMap((each) => [
    ...(kind ? [`${each}-db-${kind}`] : []),
    ...Object.keys(owns.buckets ?? {}).map((bucket) => `${shortened(`${each}-${bucket}`, LONGEST_STORE_NAME)}-bucket`),
    ...Object.keys(owns.tables ?? {}).map((table) => `${shortened(`${each}-${table}`, LONGEST_STORE_NAME)}-table`),
    ...Object.keys(secrets).map((variable) => `${each}-${variable.toLowerCase().replaceAll("_", "-")}`),
    ...queuesOf(each, service).map((queue) => `messaging-${queue.name}`),
  ]);
}
