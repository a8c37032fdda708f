// The program: load, derive, build, export.
import { loadPlan } from "./config";
import { buildOnEcs } from "./platform/ecs";

export = buildOnEcs(loadPlan());
