// A stack on Kubernetes, as its specs plan and build it.
import { join } from "node:path";
import { readFileSync } from "node:fs";
import yaml from "js-yaml";
import { InvalidInput, type Problem } from "../../../../components/kit/problems";
import { planOf } from "../../../../infra/config";
import { environments } from "../../../../infra/environments";
import type { Environment } from "../../../../infra/model/environment";
import type { System } from "../../../../infra/model/system";
import { systems } from "../../../../infra/systems";
import { buildOnKubernetes } from "../../../../infra/targets/kubernetes/kubernetes";
import type { KubernetesPlan } from "../../../../infra/targets/kubernetes/plan";
import { deploy, type Deployment } from "../../../../offline/providers/mocks";
import { flat } from "../../support/run";

/** The configuration of a stack that ships, with some keys changed; `undefined` removes one. */
export function shippedOnKubernetes(
  changes: Readonly<Record<string, unknown>> = {},
  stack = "k8s-local",
): Record<string, string> {
  const file = readFileSync(join(__dirname, "../../../..", `Pulumi.${stack}.yaml`), "utf8");
  const { config } = yaml.load(file) as { readonly config: Readonly<Record<string, unknown>> };
  const own = Object.entries(changes).map(([key, value]) => [`archipelago:${key}`, value] as const);
  const all = Object.entries({ ...config, ...Object.fromEntries(own) }).filter(([, value]) => value !== undefined);
  return flat(Object.fromEntries(all));
}

/** What takes the place of the shipped system and environments. */
interface Known {
  readonly systems?: Readonly<Record<string, System>>;
  readonly environments?: Readonly<Record<string, Environment>>;
}

/** The plan of a stack on Kubernetes. */
export function planOnKubernetes(
  changes: Readonly<Record<string, unknown>> = {},
  known: Known = {},
  shipped = "k8s-local",
): KubernetesPlan {
  const environment = (changes.environment as string | undefined) ?? "local";
  const stack = shipped.replace(/local$/, environment);
  const run = { stack, values: shippedOnKubernetes(changes, shipped), offline: true };
  return planOf(run, { systems, environments, ...known }) as KubernetesPlan;
}

/** The problems that stop such a stack. */
export function problemsOnKubernetes(
  changes: Readonly<Record<string, unknown>> = {},
  known: Known = {},
  shipped = "k8s-local",
): readonly Problem[] {
  try {
    planOnKubernetes(changes, known, shipped);
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems;
    throw error;
  }
  return [];
}

/** Builds a plan without asking a cluster. */
export function builtOnKubernetes(plan: KubernetesPlan): Promise<Deployment<object>> {
  return deploy(() => buildOnKubernetes(plan, () => Promise.resolve(undefined)));
}
