// The document database of a service, as a description has it.
import type * as v from "valibot";
import { DOCUMENT_CLASSES, isDocumentClass, isSnapshot, SNAPSHOTS } from "../../../../components/kit/engines";
import { days, flag, object, optional, type Schema, sentence, value, whole } from "../../schema/words";

const InstanceClass: Schema<`db.${string}`> = value(
  (given) => typeof given === "string" && isDocumentClass(given),
  DOCUMENT_CLASSES,
  'write it like "db.r6g.large"',
  "string",
);
const Snapshot: Schema<string> = value<string>(
  (given) => typeof given === "string" && isSnapshot(given),
  SNAPSHOTS,
  "look it up: aws docdb describe-db-cluster-snapshots",
  "string",
);

/** A document database with MongoDB's protocol. */
export interface Documents extends v.InferOutput<typeof Documents> {}
export const Documents = object({
  /** Why the service keeps documents and no rows. */
  reason: sentence("say why this kind of store"),
  /** Class of each instance. @default "db.t4g.medium" */
  instanceClass: optional(InstanceClass),
  /** Instances: one takes writes, the others take over and answer reads. @default 2, or 1 where the environment's databases stand in one zone */
  instances: optional(whole(1, 16)),
  /** How far back it can be restored, in days; an environment may set more. @default "7d" */
  backupRetention: optional(days(1, 35)),
  /** Snapshot that it is created from, by name or ARN. Another one replaces the database, removing it changes nothing. @default an empty database */
  snapshotIdentifier: optional(Snapshot),
});

/** Keys under `owns` of a service. */
export const owns = {
  /** A document database. @default none */
  documents: optional(Documents),
};

/** Keys of `uses` of a function or a job. */
export const uses = {
  /** Whether it opens its service's document database. @default false */
  documents: optional(flag()),
};
