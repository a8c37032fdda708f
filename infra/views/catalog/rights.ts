// The page of rights: what each workload of a system may do on one target, grant by grant, as the components grant it.
import type { Plan } from "../../model/plan";
import type { Right, Rights } from "../../targets/rights";
import { aboutOf, rightLines, workloadsOf } from "../rights";
import { code, linkTo, page, plain, table } from "./markdown";
import { fileOf, heading, writtenBy } from "./names";

/** The page of a plan's rights on a target. */
export function rightsPage(plan: Plan, target: string, rights: Rights): string {
  return page([
    `# Rights of ${plan.system} on \`${target}\``,
    "",
    `${writtenBy(plan)} A workload has the rights of its grants and no others. What services offer: [services](${fileOf.services(plan)}).`,
    "",
    ...plan.services.flatMap(({ name }) => [
      `## ${heading.service(name)}`,
      "",
      linkTo("description", heading.service(name), fileOf.services(plan)),
      ...grantsTable(name, plan, rights),
      ...workloadsOf(name, rights).flatMap((workload) => [
        `### ${heading.workload(workload)}`,
        ...grantsTable(workload, plan, rights),
      ]),
    ]),
  ]);
}

function grantsTable(workload: string, plan: Plan, rights: Rights): string[] {
  const grants = Object.entries(rights[workload]?.grants ?? {}).filter(([, right]) => rightLines(right).length > 0);
  return table(
    ["may", "connections", "IAM actions", "variables and files"],
    grants.map(([name, right]) => [plain(aboutOf(workload, name, plan)), ...cellsOf(right)]),
  );
}

function cellsOf({ opens, actions, variables, files }: Right): string[] {
  return [opens.map(({ to, port }) => `${to}:${port}`), actions, [...variables, ...files]].map((cell) =>
    cell.map(code).join(", "),
  );
}
