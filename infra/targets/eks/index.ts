// The target `eks`. What loads an SDK is loaded when a plan is built.
import { createRequire } from "node:module";
import type { Target } from "../target";
import { conflictsOnEks } from "./conflicts";
import { kinds } from "./kinds";
import { eksProblems } from "./limits";
import { type EksPlan, onEks } from "./plan";
import { EksSettings } from "./settings";

const load = createRequire(__filename);

export const eks: Target<EksSettings, EksPlan> = {
  title: "AWS with EKS",
  settings: EksSettings,
  kinds,
  conflicts: conflictsOnEks,
  plan: onEks,
  limits: eksProblems,
  build: (plan) => (load("./eks") as typeof import("./eks")).buildOnEks(plan),
  rights: (plan) => (load("./eks") as typeof import("./eks")).rightsOnEks(plan),
};
