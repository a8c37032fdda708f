// Work at set times.
import { scheduleProblems, timeZoneProblems } from "../../../../components/kit/schedules";
import type { Size } from "../../../../components/kit/units";
import type { Thing } from "../../edges";
import type { Findings } from "../../findings";
import type { ServicePlan } from "../../plan";
import { DEFAULTS } from "../../resolve";
import type { System } from "../../system";
import { jobsOf } from "../function/uses";
import type { Kind } from "../kind";
import { taskRuntimeOf, type TaskRuntime } from "../service/runtime";
import { type Job, service } from "./description";

const describes = { service };

/** Work at set times. */
export interface JobNode extends Thing, Pick<Job, "description" | "schedule" | "timezone" | "retries" | "maxAge"> {
  readonly kind: "job";
  readonly owner: string;
  /** `<service>-<name>`: its edges come from it, and its roles and group are called so. */
  readonly workload: string;
  readonly runs: { readonly function: Thing } | { readonly task: TaskPlan };
}

/** The task of a job. */
export interface TaskPlan extends Pick<ServicePlan, "image" | "architecture"> {
  readonly command: readonly string[];
  readonly cpu: number;
  readonly memory: Size;
  readonly runtime: TaskRuntime;
}

export const job: Kind<typeof describes, JobNode> = {
  describes,
  conflicts: checkJobs,

  words: ({ name, owner, description, schedule }) => ({
    thing: `job:${owner}/${name}`,
    icon: "job",
    card: `job ${name}, ${schedule}`,
    legend: "work at set times",
    flowchart: { suffix: name, label: `${name}, ${schedule}` },
    sentence: `${owner} has the job ${name}, ${schedule}: ${description}`,
    panel: { head: name, note: `job, ${schedule}: ${description}` },
    catalogue: [`has the job \`${name}\`, \`${schedule}\`: ${description}`],
  }),

  derive({ system, services, usesOf }) {
    const all = jobsOf(system).flatMap((one) => {
      const owner = services.find(({ name }) => name === one.owner);
      return owner ? [{ one, owner }] : [];
    });
    return {
      nodes: all.map(({ one: { settings, ...one }, owner }): JobNode => {
        const { description, schedule, timezone, retries, maxAge, command, function: called } = settings;
        const { image, architecture, runtime } = owner;
        const { cpu = DEFAULTS.cpu, memory = DEFAULTS.memory } = settings;
        return {
          ...{ kind: "job", name: one.name, owner: one.owner, workload: one.workload, description, schedule },
          ...(timezone !== undefined && { timezone }),
          ...(retries !== undefined && { retries }),
          ...(maxAge !== undefined && { maxAge }),
          runs:
            called === undefined
              ? { task: { image, architecture, command: command ?? [], cpu, memory, runtime: taskRuntimeOf(runtime) } }
              : { function: { kind: "function", name: called, owner: one.owner } },
        };
      }),
      edges: all.flatMap(({ one }) => usesOf(one)),
    };
  },
};

function checkJobs(system: System, findings: Findings): void {
  for (const { owner, path, settings } of jobsOf(system)) {
    const { command, function: called, schedule, timezone } = settings;
    findings.problems.push(
      ...scheduleProblems(`${path}.schedule`, schedule),
      ...timeZoneProblems(`${path}.timezone`, timezone),
    );
    findings.require(
      (command === undefined) !== (called === undefined),
      path,
      { ...(command && { command }), ...(called !== undefined && { function: called }) },
      "exactly one of command and function: the image's own command would start the service",
      'write what runs, such as command: ["node", "report.js"], or function: "<name>"',
    );
    if (called !== undefined) {
      const known = Object.keys(system.services[owner]?.functions ?? {});
      findings.requireKnown(called, known, `${path}.function`, "function of its own service");
      for (const key of ["cpu", "memory", "uses"] as const) {
        const clear = settings[key] === undefined;
        findings.require(clear, `${path}.${key}`, settings[key], "nothing with function", "say it on the function");
      }
    }
  }
}
