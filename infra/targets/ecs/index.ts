// The target `ecs`. What loads an SDK is loaded when a plan is built.
import { createRequire } from "node:module";
import { type AwsPlan, onAws } from "../aws/plan";
import { AwsSettings } from "../aws/settings";
import type { Target } from "../target";
import { conflictsOnEcs } from "./conflicts";
import { kinds } from "./kinds";
import { quotaProblems } from "./limits";

const load = createRequire(__filename);

export const ecs: Target<AwsSettings, AwsPlan> = {
  title: "AWS with ECS Fargate",
  settings: AwsSettings,
  kinds,
  conflicts: conflictsOnEcs,
  plan: onAws,
  limits: quotaProblems,
  build: (plan) => (load("./ecs") as typeof import("./ecs")).buildOnEcs(plan),
  rights: (plan) => (load("./ecs") as typeof import("./ecs")).rightsOnEcs(plan),
};
