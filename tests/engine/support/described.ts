// A whole platform of a described system, in a project of its own.
import { join } from "node:path";
import { writeProject } from "./project";
import { root } from "./stacks";

/**
 * Writes a project that builds a described system on ECS.
 *
 * @param description JavaScript of an expression: the system, or a function of the stack's configuration that returns it
 * @param environments JavaScript of an expression: the environments, made of the tracked ones in `tracked`
 * @returns the folder
 */
export function writeDescribed(folder: string, name: string, description: string, environments = "tracked"): string {
  const from = (path: string): string => `require(${JSON.stringify(join(root, path))})`;
  return writeProject(
    folder,
    name,
    `
const pulumi = require("@pulumi/pulumi");
const { planOf } = ${from("infra/config")};
const { buildOnEcs } = ${from("infra/targets/ecs/ecs")};
const { message } = ${from("infra/model/kinds/topic/contract")};
const tracked = ${from("infra/environments")}.environments;
const test = (key) => new pulumi.Config("test").get(key);
const { defineSystem } = ${from("infra/model/define-system")};
const system = ${description};
const all = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith("archipelago:"));
const run = { values: Object.fromEntries(all), stack: pulumi.getStack(), offline: true };
module.exports = buildOnEcs(planOf(run, { systems: { [system.name]: system }, environments: ${environments} }));
`,
  );
}

/** The configuration of a stack of such a system. */
export function describedConfig(
  system: string,
  environment: "dev" | "staging",
  services: readonly string[],
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const zones = (environment === "dev" ? ["a", "b"] : ["a", "b", "c"]).map((letter) => `eu-central-1${letter}`);
  const images = services.map((name) => [name, `111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/${name}:1.0.0`]);
  return {
    "archipelago:system": system,
    "archipelago:environment": environment,
    "archipelago:region": "eu-central-1",
    "archipelago:zones": zones,
    "archipelago:account": "111122223333",
    "archipelago:images": Object.fromEntries(images) as Record<string, string>,
    ...more,
  };
}
