// Step Functions.
import type { Cards } from "../card";
import type { Failure } from "../../providers/core/check";
import type { Constraint } from "../../providers/core/rules";
import { type Value, type Values, isObject, text } from "../../providers/core/values";
import { physicalName } from "../identifiers";
import { documentAt, failure, objectAt, objectsAt } from "../inputs";

/** https://states-language.net/#statetypes */
const STATES: readonly string[] = ["Pass", "Task", "Wait", "Parallel", "Map", "Choice", "Succeed", "Fail"];

/** They say in their own way what comes next, or end. */
const NO_NEXT: readonly string[] = ["Choice", "Succeed", "Fail"];

function* stateFaults(
  state: Values,
  at: string,
  leads: (target: Value | undefined, path: string) => Iterable<Failure>,
): Iterable<Failure> {
  const type = text(state.Type) ?? "";
  if (!STATES.includes(type)) {
    yield failure(`${at}.Type`, `"${type}" is no type of state: one of ${STATES.join(", ")}`);
    return;
  }
  if (type === "Task" && text(state.Resource) === undefined)
    yield failure(`${at}.Resource`, "is missing: a Task names what does the work");
  if (!NO_NEXT.includes(type)) {
    if ((state.Next === undefined) === (state.End !== true))
      yield failure(at, "exactly one of Next and End: true says what comes after it");
    if (state.Next !== undefined) yield* leads(state.Next, `${at}.Next`);
  }
  if (type === "Choice" && objectsAt(state, "Choices").length === 0)
    yield failure(`${at}.Choices`, "is missing: a Choice has one choice at least");
  for (const list of ["Choices", "Catch"])
    for (const { value, at: item } of objectsAt(state, list)) yield* leads(value.Next, `${at}.${item}.Next`);
  if (state.Default !== undefined) yield* leads(state.Default, `${at}.Default`);
  for (const { value, at: branch } of objectsAt(state, "Branches")) yield* machineFaults(value, `${at}.${branch}.`);
  for (const inner of ["ItemProcessor", "Iterator"])
    if (isObject(state[inner])) yield* machineFaults(objectAt(state, inner), `${at}.${inner}.`);
}

/** Faults of a machine, or of one within a state of type Parallel or Map. */
function* machineFaults(document: Values, at: string): Iterable<Failure> {
  const states = objectAt(document, "States");
  const names = Object.keys(states);
  if (names.length === 0) yield failure(`${at}States`, "is missing: a machine has one state at least");
  const leads = function* (target: Value | undefined, path: string): Iterable<Failure> {
    const name = text(target);
    if (name === undefined || !(name in states))
      yield failure(path, `${JSON.stringify(target ?? null)} is no state of this machine: one of ${names.join(", ")}`);
  };
  if (names.length > 0) yield* leads(document.StartAt, `${at}StartAt`);
  for (const [name, state] of Object.entries(states)) {
    const path = `${at}States.${name}`;
    if (isObject(state)) yield* stateFaults(state, path, leads);
    else yield failure(path, "is no object");
  }
}

const definition: Constraint = function* (candidate) {
  const { document, failure: broken } = documentAt(candidate, "definition");
  if (broken) yield broken;
  else if (isObject(document)) yield* machineFaults(document, "definition.");
};

export const cards: Cards = {
  "aws:sfn/stateMachine:StateMachine": {
    source: "sfn/state_machine.go",
    id: (resource) => resource.arn("states", `stateMachine:${physicalName(resource)}`),
    autoname: { property: "name", limit: 80 },
    computed: { arn: (resource) => resource.id, status: "ACTIVE", creationDate: (resource) => resource.now },
    roles: { roleArn: "states" },
    replaces: "name namePrefix type",
    constraints: [definition],
  },
};
