// The program: load, derive, build, export.
import { loadPlan } from "./config";
import { buildOnEcs } from "./targets/ecs/ecs";

export = buildOnEcs(loadPlan());
