export type {
  BuildSettings,
  CallPolicy,
  ClusterLink,
  ContainerHealthCheck,
  HealthCheckSettings,
  MicroserviceArgs,
  MicroserviceOutputs,
  MicroserviceTransforms,
  QueueScalingSettings,
  RoutingSettings,
  ScalingSettings,
  ScheduleSettings,
  SecretLink,
  WritablePath,
} from "./args";
export { Microservice, type MicroserviceNodes } from "./microservice";
