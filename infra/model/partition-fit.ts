// What a region's partition does not have, of what a system describes.
import { offers } from "../../components/kit/partitions";
import type { Problem } from "../../components/kit/problems";
import type { PartialSettings } from "./settings";
import type { System } from "./system";

/** What is left out in the region: the system runs without it. */
export function leftOut({ topics }: System, { region }: PartialSettings): Problem[] {
  const contracts = Object.values(topics).some(({ events }) => Object.values(events).some(({ schema }) => schema));
  if (region === undefined || !contracts || offers(region, "schema-registry")) return [];
  return [
    {
      path: "archipelago:region",
      value: region,
      allowed: "no schema registry there: EventBridge has none in this partition",
      remedy: "nothing: contracts are checked with the description, and docs/catalog holds them",
    },
  ];
}
