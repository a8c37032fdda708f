// What the arguments of a document database mean, and what is wrong with them. Pure.
import {
  DOCUMENT_CLASSES,
  isDocumentClass,
  lowerCaseProblems,
  type Problem,
  retentionProblems,
  seconds,
  snapshotProblems,
  unless,
  wholeDays,
  wholeNumber,
} from "../../kit";
import type { DocumentDatabaseArgs } from "./args";

/** Resolved arguments of a document database. */
export interface ResolvedDocuments {
  readonly databaseName: string;
  readonly instanceClass: string;
  /** Roles of the instances: `instance-1`, …; one more or less changes no other. */
  readonly instances: readonly string[];
  readonly backupRetentionPeriod: number;
  readonly snapshotIdentifier: string | undefined;
  readonly logRetentionInDays: number;
  readonly protectData: boolean;
}

export function resolveDocuments(args: DocumentDatabaseArgs): ResolvedDocuments {
  const { instances = 2 } = args;
  return {
    databaseName: args.databaseName ?? "documents",
    instanceClass: args.instanceClass ?? "db.t4g.medium",
    instances: Array.from({ length: instances }, (_, index) => `instance-${index + 1}`),
    backupRetentionPeriod: (seconds(args.backupRetention ?? "7d") ?? 0) / 86_400,
    snapshotIdentifier: args.snapshotIdentifier,
    logRetentionInDays: args.logRetentionInDays ?? 30,
    protectData: args.protectData ?? true,
  };
}

/** Identifiers hold 63 characters; a dash and eight digits come behind the name, and "-instance-16" behind those. */
const LONGEST_NAME = 40;

/** Everything that is wrong with the arguments. */
export function validateDocuments(name: string, args: DocumentDatabaseArgs): Problem[] {
  const { databaseName = "documents", instanceClass = "db.t4g.medium" } = args;
  return [
    ...lowerCaseProblems(
      "name",
      name,
      "rename the component: the cluster's identifier begins with its name",
      LONGEST_NAME,
    ),
    ...unless(/^[a-z][a-z0-9_-]{0,62}$/i.test(databaseName) && !RESERVED.has(databaseName), {
      path: "databaseName",
      value: databaseName,
      allowed: "letters, digits, underscores and dashes, a letter first, at most 63; not admin, config or local",
      remedy: "choose another databaseName",
    }),
    ...unless(isDocumentClass(instanceClass), {
      path: "instanceClass",
      value: instanceClass,
      allowed: DOCUMENT_CLASSES,
      remedy: 'write it like "db.r6g.large"',
    }),
    ...wholeNumber("instances", args.instances, 1, 16, "two are enough to fail over to"),
    ...wholeDays("backupRetention", args.backupRetention, 1, 35),
    ...snapshotProblems("snapshotIdentifier", args.snapshotIdentifier),
    ...retentionProblems("logRetentionInDays", args.logRetentionInDays),
  ];
}

/** Databases that the server keeps for itself. */
const RESERVED: ReadonlySet<string> = new Set(["admin", "config", "local"]);
