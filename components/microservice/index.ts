export type { ContainerHealthCheck, ContainerRuntime, WritablePath } from "../base";
export type {
  BuildSettings,
  CallPolicy,
  ClusterLink,
  HealthCheckSettings,
  MicroserviceArgs,
  MicroserviceOutputs,
  MicroserviceTransforms,
  QueueScalingSettings,
  RoutingSettings,
  ScalingSettings,
  ScheduleSettings,
  SecretLink,
} from "./args";
export { Microservice, type MicroserviceNodes } from "./microservice";
