// Everything that is wrong with the arguments of a workflow. Pure.
import { durationWithin, nameTooLong, lowerCaseProblems, type Problem, retentionProblems, unless } from "../../kit";
import type { WorkflowArgs } from "./args";

/** All problems at once. */
export function validateWorkflow(name: string, args: WorkflowArgs): Problem[] {
  const { definition, grants = {}, slowAfter, logRetentionInDays } = args;
  const { StartAt: start, States: states = {}, TimeoutSeconds: limit } = definition;
  const names = typeof states === "object" && states !== null ? Object.keys(states) : [];
  const long = nameTooLong(name, "throttled", 80);
  return [
    ...lowerCaseProblems("name", name, "respell it; it becomes part of resource names"),
    ...(long ? [long] : []),
    ...unless(typeof start === "string" && names.includes(start), {
      path: "definition.StartAt",
      value: start,
      allowed: names.length > 0 ? `one of the states ${names.join(", ")}` : "the name of a state in definition.States",
      remedy: "name the state with which an execution begins",
    }),
    ...unless(typeof limit === "number" && Number.isInteger(limit) && limit > 0 && limit <= 31_536_000, {
      path: "definition.TimeoutSeconds",
      value: limit,
      allowed: "1 to 31536000 seconds: without a limit an execution can wait for a year",
      remedy: "set a limit that no execution passes which does its work",
    }),
    ...durationWithin("slowAfter", slowAfter, "1s", "365d"),
    ...retentionProblems("logRetentionInDays", logRetentionInDays),
    ...Object.entries(grants).flatMap(([grant, { reaches = [], secrets = {}, environment = {} }]) =>
      unless(reaches.length + Object.keys(secrets).length + Object.keys(environment).length === 0, {
        path: `grants.${grant}`,
        value: "connections, secrets or variables",
        allowed: "statements only: a state machine has no network and no environment",
        remedy: "let a service or a function do it",
      }),
    ),
  ];
}
