// Words for grants: what they are for. What they give is in the grants themselves (infra/targets/rights.ts).
import type { Verb } from "../../../model/edges";
import type { Plan } from "../../../model/plan";

/** What every service has without an edge. */
export const STANDARD_VARIABLES = ["AWS_REGION", "SERVICE_NAME", "SERVICE_PORT"] as const;

/** Grants without an edge. */
const OTHERS: Readonly<Record<string, string>> = {
  endpoints: "reach AWS without leaving the VPC",
  internet: "reach the internet",
  secrets: "read its own secrets",
  database: "prepare the database",
};

const VERBS: Readonly<Partial<Record<Verb, string>>> = {
  owns: "use",
  uses: "use",
  reads: "read",
  writes: "write to",
  appends: "add items to",
  records: "read and add items to",
  publishes: "publish on",
  consumes: "consume",
  starts: "start",
  answers: "answer the commands of",
  sends: "send work to",
  calls: "call",
};

/** What a grant of a workload is for: `publish on the topic order-events`. */
export function aboutOf(workload: string, grant: string, { edges }: Plan): string {
  const edge = edges.find(({ from, name }) => from === workload && name === grant);
  if (edge === undefined) return OTHERS[grant] ?? grant;
  const { verb, to } = edge;
  const named = to.name === to.kind || to.name === `${to.owner ?? ""}-db` ? to.kind : `${to.kind} ${to.name}`;
  return `${VERBS[verb] ?? verb} the ${named}`;
}

/** Functions, jobs and the migration of a service, by the name under which they have rights. */
export function workloadsOf(service: string, { nodes }: Plan): string[] {
  return nodes.flatMap((node) => {
    if (node.owner !== service) return [];
    if (node.kind === "database") return node.migration ? [node.migration.name] : [];
    return "workload" in node ? [node.workload] : [];
  });
}
