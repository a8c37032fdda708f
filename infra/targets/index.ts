// The targets that a stack can name in `archipelago:target`.
import type { TargetKeys } from "../model/read-settings";
import { shapeOf } from "../model/schema/words";
import { ecs } from "./ecs";
import { eks } from "./eks";
import { kubernetes } from "./kubernetes";
import type { Target } from "./target";

export const targets: Readonly<Record<string, Target>> = { ecs, eks, kubernetes };

/** What a stack writes for a target (`ecs`). */
export function targetName(target: Target): string {
  return Object.keys(targets).find((name) => targets[name] === target) ?? target.title;
}

/** The keys of each target, for the reader of settings. */
export const targetKeys: TargetKeys = {
  usual: "ecs",
  keys: Object.fromEntries(Object.entries(targets).map(([name, { settings }]) => [name, entriesOf(settings)])),
};

function entriesOf(settings: Target["settings"]) {
  const shape = shapeOf(settings);
  if (shape.kind !== "object") throw new Error("the settings of a target are a mapping");
  return shape.entries;
}
