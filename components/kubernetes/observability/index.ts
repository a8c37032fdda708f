export type {
  CollectorArgs,
  CollectorOutputs,
  CollectorTransforms,
  ObservabilityArgs,
  ObservabilityOutputs,
  ObservabilityTransforms,
  Observed,
} from "./args";
export { Collector, type CollectorNodes } from "./collector";
export { Observability, type ObservabilityNodes } from "./observability";
