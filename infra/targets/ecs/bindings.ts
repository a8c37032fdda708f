// The table of the target: the component that each kind of node becomes.
import { databaseBinding } from "../aws/database";
import { entranceBinding } from "../aws/entrance";
import { sharedBindings } from "../aws/shared-bindings";
import type { Bindings } from "../target";
import type { Foundation } from "./foundation";
import { bindJob } from "./job";
import type { kinds } from "./kinds";
import { createMigration } from "./migration";
import { originOf } from "./origin";

export const bindings: Bindings<Foundation, typeof kinds> = {
  ...sharedBindings,
  database: databaseBinding(createMigration),
  entrance: entranceBinding(originOf),
  job: bindJob,
};
