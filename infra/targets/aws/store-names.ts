// Logical names of everything that holds a system's data, from its description alone: a review needs them although the program
// can't be built. A spec compares them with what is built.
import { sagaServices } from "../../model/kinds/saga/derive";
import { type AwsKind, awsLines, type DataSystem } from "./kinds";

/** Names of everything that holds data in a description: stores, queues and secrets; those of the old names of renamed services too. */
export function storeNames(system: DataSystem): string[] {
  const kinds = Object.values(awsLines).filter((line): line is AwsKind => line !== undefined);
  const commanded = new Set(sagaServices(system));
  return [
    ...kinds.flatMap(({ sharedData }) => sharedData?.(system) ?? []),
    ...Object.entries(system.services).flatMap(([called, service]) => {
      const names = [called, ...(service.renamedFrom === undefined ? [] : [service.renamedFrom])];
      return names.flatMap((name) => [
        ...kinds.flatMap(({ data }) => data?.({ name, service, isCommanded: commanded.has(called) }) ?? []),
        ...Object.keys(service.secrets ?? {}).map(
          (variable) => `${name}-${variable.toLowerCase().replaceAll("_", "-")}`,
        ),
      ]);
    }),
  ];
}
