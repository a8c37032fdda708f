// What can be described before it can be built: a plan without it would leave it out without a word, so it stops the run.
import type { Findings } from "./findings";
import type { Service } from "./system";

const JOB_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** What to use until a store of this kind can be built, and the row of the features that tells when. */
const STORES = {
  search: {
    what: "search indexes",
    row: "D6",
    instead: "search in PostgreSQL (owns.database), which has full-text search",
  },
  documents: {
    what: "document databases",
    row: "D6",
    instead: "keep the documents as JSONB in PostgreSQL (owns.database)",
  },
  analytics: {
    what: "column stores",
    row: "D6",
    instead: "query a copy in a PostgreSQL of its own (projects, owns.database)",
  },
  stream: { what: "streams", row: "T1", instead: "publish events on a topic (publishes) and let queues consume them" },
} as const;

/** Refuses the stores and jobs of a service that nothing builds yet. */
export function checkUnbuilt(path: string, { owns = {}, jobs = {} }: Service, findings: Findings): void {
  for (const [name, table] of Object.entries(owns.tables ?? {})) {
    const instead = "keep the data in a table of PostgreSQL (owns.database)";
    refuse(`${path}.owns.tables.${name}`, table, { what: "key-value tables", row: "D4", instead }, findings);
  }
  for (const [key, unbuilt] of Object.entries(STORES)) {
    const store = owns[key as keyof typeof STORES];
    if (store !== undefined) refuse(`${path}.owns.${key}`, store, unbuilt, findings);
  }
  for (const [name, job] of Object.entries(jobs)) {
    const at = `${path}.jobs.${name}`;
    findings.require(JOB_NAME.test(name), at, name, "lower-case letters, digits and single dashes", "respell it");
    const instead = "let what knows the time send a message to a queue that the service consumes (sendsTo, consumes)";
    refuse(at, job, { what: "jobs", row: "S11", instead }, findings);
  }
}

interface Unbuilt {
  readonly what: string;
  /** Of the features. */
  readonly row: string;
  readonly instead: string;
}

function refuse(path: string, value: unknown, { what, row, instead }: Unbuilt, findings: Findings): void {
  findings.require(false, path, value, `nothing yet: ${what} can be described, not built (row ${row})`, instead);
}
