// Documents that are text to the SDK: state machines and dashboards.
import type { Failure } from "../../core/check";
import type { Constraint } from "../../core/rules";
import { isObject, text, type Value, type Values } from "../../core/values";
import { documentAt, failure, objectAt, objectsAt } from "./support";

/** https://states-language.net/#statetypes */
const STATES: readonly string[] = ["Pass", "Task", "Wait", "Parallel", "Map", "Choice", "Succeed", "Fail"];
/** They say in their own way what comes next, or end. */
const NO_NEXT: readonly string[] = ["Choice", "Succeed", "Fail"];

/** Faults of a machine, or of one within a state of type Parallel or Map. */
function* machine(document: Values, at: string): Iterable<Failure> {
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
  for (const { value, at: branch } of objectsAt(state, "Branches")) yield* machine(value, `${at}.${branch}.`);
  for (const inner of ["ItemProcessor", "Iterator"])
    if (isObject(state[inner])) yield* machine(objectAt(state, inner), `${at}.${inner}.`);
}

const definition: Constraint = function* (candidate) {
  const { document, failure: broken } = documentAt(candidate, "definition");
  if (broken) yield broken;
  else if (isObject(document)) yield* machine(document, "definition.");
};

const dashboard: Constraint = function* (candidate) {
  const { document, failure: broken } = documentAt(candidate, "dashboardBody");
  if (broken) yield broken;
  else if (document !== undefined && (!isObject(document) || !Array.isArray(document.widgets)))
    yield failure("dashboardBody.widgets", "is missing: a dashboard is an object with a list of widgets");
};

export const documents: Readonly<Record<string, readonly Constraint[]>> = {
  "aws:sfn/stateMachine:StateMachine": [definition],
  "aws:cloudwatch/dashboard:Dashboard": [dashboard],
};
