export type { CallPolicy, ContainerHealthCheck, ContainerRuntime, WritablePath } from "../../kit";
export type {
  ClaimSettings,
  GatewayLink,
  HealthCheckSettings,
  JobArgs,
  JobOutputs,
  JobTransforms,
  JwtSettings,
  MicroserviceArgs,
  MicroserviceOutputs,
  MicroserviceTransforms,
  QueueTriggerArgs,
  QueueTriggerTransforms,
  RoutingSettings,
  ScalingSettings,
  WorkloadArgs,
} from "./args";
export { Job, type JobNodes } from "./job";
export { Microservice, type MicroserviceNodes } from "./microservice";
export { QueueTrigger, type QueueTriggerNodes } from "./queue-trigger";
