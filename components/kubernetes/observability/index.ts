export type { ObservabilityArgs, ObservabilityOutputs, ObservabilityTransforms, Observed } from "./args";
export { Observability, type ObservabilityNodes } from "./observability";
