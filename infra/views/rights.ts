// Words for grants: what they are for. What they give is in the grants themselves (infra/targets/rights.ts).
import type { Verb } from "../model/edges";
import type { Plan } from "../model/plan";
import type { Right, Rights } from "../targets/rights";

/** What every service has without an edge. */
export const STANDARD_VARIABLES = ["AWS_REGION", "SERVICE_NAME", "SERVICE_PORT"] as const;

/** Grants without an edge. */
const OTHERS: Readonly<Record<string, string>> = {
  endpoints: "reach AWS without leaving the VPC",
  internet: "reach the internet",
  secrets: "read its own secrets",
  database: "prepare the database",
  firewall: "be reached through the firewall only",
  identity: "get the credentials of its role",
  broker: "sign in at the broker",
  collector: "send traces",
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
export function workloadsOf(service: string, rights: Rights): string[] {
  return Object.entries(rights).flatMap(([workload, { service: of }]) =>
    of === service && workload !== service ? [workload] : [],
  );
}

/** Lines that say what a grant gives: connections, IAM actions, variables and files. None for a grant that only delays the start. */
export function rightLines({ opens, actions, variables, files }: Right): string[] {
  return [
    ...opens.map(({ to, port }) => `connection: to ${to} on port ${port}`),
    ...(actions.length > 0 ? [`IAM: ${actions.join(", ")}`] : []),
    ...(variables.length > 0 ? [`variables: ${variables.join(", ")}`] : []),
    ...(files.length > 0 ? [`files: ${files.join(", ")}`] : []),
  ];
}
