export type { CallPolicy, ContainerHealthCheck, ContainerRuntime, WritablePath } from "../../kit";
export type {
  BuildSettings,
  ClaimSettings,
  ClusterLink,
  HealthCheckSettings,
  JwtSettings,
  MicroserviceArgs,
  MicroserviceOutputs,
  MicroserviceTransforms,
  QueueScalingSettings,
  RoutingSettings,
  ScalingSettings,
  ScheduleSettings,
} from "./args";
export type { OneOffTaskArgs, OneOffTaskOutputs } from "./args-one-off-task";
export { collectorGrant, type CollectorSettings } from "./collector";
export { type MeshMetrics, meshMetrics, meshSignals, type ServiceDimensions } from "./mesh-signals";
export { Microservice, type MicroserviceNodes } from "./microservice";
export { createRoute, type RouteContext } from "./routing";
export { resolveRouting } from "./resolve";
export { targetSignals } from "./signals";
export { validateRouting } from "./validate-routing";
export { OneOffTask, type OneOffTaskNodes } from "./one-off-task";
