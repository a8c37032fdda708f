// The database of a service, and the task that prepares it.
import { type Kind, variablesWith } from "../kind";
import { owns } from "./description";
import { databaseConflicts } from "./validate";

const describes = { owns };

export const database: Kind<typeof describes> = {
  describes,
  conflicts: databaseConflicts,
  variables: (_, { owns: stores }) =>
    stores?.database ? variablesWith("DB_", ["HOST", "PORT", "NAME", "USERNAME"], "owns.database") : [],
};
