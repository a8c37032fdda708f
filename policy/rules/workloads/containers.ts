// The containers of a task definition. AWS takes them as one JSON text, which every rule of the pack reads.
import type { Resource } from "../rule";
import { at, isList, isObject, type Located, parsed, type Properties, textOf, UNKNOWN, type Value } from "../value";

/** The types that describe tasks. */
export const TASKS = ["aws:ecs/taskDefinition:TaskDefinition"];

/** A container and where it stands. */
export interface Container {
  /** `containerDefinitions[0]` */
  readonly path: string;
  readonly props: Properties;
}

const read = new Map<string, Value>();

/**
 * The containers of a task definition. None while the text is unknown: an `up` judges the task again before it is made, when
 * every value in the text is known.
 */
export function containersOf(task: Resource): readonly Container[] {
  const definitions = parsedOnce(at(task.props, "containerDefinitions"));
  if (!isList(definitions)) return [];
  return definitions.flatMap((props, index) =>
    isObject(props) ? [{ path: `containerDefinitions[${index}]`, props }] : [],
  );
}

/** Every rule of the pack reads the same few texts. */
function parsedOnce(value: Value): Value {
  if (typeof value !== "string") return value;
  if (!read.has(value)) read.set(value, parsed(value));
  return read.get(value);
}

/** Whether a task runs on Windows, which has neither these users nor these file systems. */
export function isWindows(task: Resource): boolean {
  const family = at(task.props, "runtimePlatform.operatingSystemFamily");
  return family === UNKNOWN || textOf(family).startsWith("WINDOWS");
}

/** A property of a container and where it stands. */
export function member({ path, props }: Container, name: string): Located {
  return { path: `${path}.${name}`, value: at(props, name) };
}
