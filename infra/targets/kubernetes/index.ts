// The target `kubernetes`. What loads an SDK is loaded when a plan is built.
import { createRequire } from "node:module";
import type { Target } from "../target";
import { conflictsOnKubernetes } from "./conflicts";
import { kinds } from "./kinds";
import { kubernetesProblems } from "./limits";
import { isLeftOut, type KubernetesPlan, onKubernetes, withoutLeftOut } from "./plan";
import { KubernetesSettings } from "./settings";

const load = createRequire(__filename);

export const kubernetes: Target<KubernetesSettings, KubernetesPlan> = {
  title: "Kubernetes",
  settings: KubernetesSettings,
  kinds,
  conflicts: conflictsOnKubernetes,
  leavesOut: isLeftOut,
  without: withoutLeftOut,
  plan: onKubernetes,
  limits: kubernetesProblems,
  build: (plan) => (load("./kubernetes") as typeof import("./kubernetes")).buildOnKubernetes(plan),
  rights: (plan) => (load("./kubernetes") as typeof import("./kubernetes")).rightsOnKubernetes(plan),
};
