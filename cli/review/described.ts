// Finds data loss without the engine: stores that exist and that the description no longer has.
import type { Deployment } from "../components-table";
import { collect } from "../process";
import { programOf, project } from "../places";
import type { Change } from "./changes";
import { heldBy } from "./data-holders";

/** Types whose names follow from a description. */
const TYPES: readonly string[] = [
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:rds/cluster:Cluster",
  "aws:rds/instance:Instance",
  "aws:s3/bucket:Bucket",
  "aws:secretsmanager/secret:Secret",
  "aws:sqs/queue:Queue",
];
/** Stores of the platform itself: the access logs, and queues beside a queue. */
const OWN = /^cluster-access-logs$|-(?:dead-letter|undelivered)$/;

/**
 * Deletions of stores, as the description has it.
 *
 * @param described names of the stores that the description has
 */
export function lostStores({ deployment }: Deployment, described: ReadonlySet<string>): readonly Change[] {
  return (deployment.resources ?? []).flatMap(({ urn, type, protect }): Change[] => {
    const name = urn.split("::").slice(3).join("::");
    const loses = heldBy(type);
    if (!TYPES.includes(type) || loses === undefined || OWN.test(name) || described.has(name)) return [];
    return [{ operation: "delete", type, name, causes: [], loses, ...(protect === true && { refusedBy: "engine" }) }];
  });
}

/** The names of the stores that the working tree describes; undefined when its description can't be read at all. */
export async function describedStores(stack: string): Promise<ReadonlySet<string> | undefined> {
  const { code, stdout } = await collect({ ...programOf("cli/review/store-names", [stack]), cwd: project });
  return code === 0 ? new Set(JSON.parse(stdout) as readonly string[]) : undefined;
}
