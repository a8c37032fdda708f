// The table of the target: the component that each kind of node becomes.
import { databaseBinding } from "../aws/database";
import { entranceBinding, originAt } from "../aws/entrance";
import { jobBinding } from "../aws/job";
import { sharedBindings } from "../aws/kinds";
import type { Bindings } from "../target";
import type { Foundation } from "./foundation";
import { runOnFargate } from "./job";
import type { kinds } from "./kinds";
import { createMigration } from "./migration";

export const bindings: Bindings<Foundation, typeof kinds> = {
  ...sharedBindings(),
  database: databaseBinding(createMigration),
  entrance: entranceBinding(({ cluster, plan }) => originAt(cluster, plan)),
  job: jobBinding(runOnFargate),
};
