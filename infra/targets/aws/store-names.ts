// Logical names of everything that holds a system's data, from its description alone: a review needs them although the program
// can't be built. A spec compares them with what is built.
import { shortened } from "../../../components/kit/names";
import { tablesOf } from "../../model/kinds/event-store/parts";
import { workloadsOf } from "../../model/kinds/function/uses";
import { queuesOf } from "../../model/kinds/queue/selection";
import { commandQueue, sagaServices } from "../../model/kinds/saga/derive";
import type { Service, System } from "../../model/system";

/** S3 allows 63 characters; `-bucket` and Pulumi's suffix come behind a store's name. */
export const LONGEST_STORE_NAME = 48;

/** A domain's name holds 28 characters; `-` and eight digits come behind a domain's. */
export const LONGEST_SEARCH_NAME = 19;

/** Names of everything that holds data in a description: databases, buckets, tables, streams, secrets, queues, the cache; old names of renamed services too. */
export function storeNames({
  services,
  streams = {},
  sagas = {},
}: Pick<System, "services" | "streams" | "sagas">): string[] {
  const all = Object.entries(services);
  const shared = all.some(([, { usesCache }]) => usesCache === true);
  const cache = shared || workloadsOf({ services }).some(({ uses }) => uses.cache === true) ? ["cache-group"] : [];
  const commanded = new Set(sagaServices({ sagas }));
  const commands = all.flatMap(([name, { renamedFrom }]) =>
    commanded.has(name) ? [name, ...(renamedFrom === undefined ? [] : [renamedFrom])] : [],
  );
  return [
    ...cache,
    ...Object.keys(streams).map((name) => `${name}-stream`),
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
    ...Object.keys(tablesOf(service)).map((table) => `${shortened(`${each}-${table}`, LONGEST_STORE_NAME)}-table`),
    ...(owns.search ? [`${shortened(`${each}-search`, LONGEST_SEARCH_NAME)}-domain`] : []),
    ...Object.keys(secrets).map((variable) => `${each}-${variable.toLowerCase().replaceAll("_", "-")}`),
    ...queuesOf(each, service).map((queue) => `messaging-${queue.name}`),
  ]);
}
