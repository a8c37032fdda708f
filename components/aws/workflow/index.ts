export type { SagaSettings, SagaStepSettings, WorkflowArgs, WorkflowOutputs } from "./args";
export {
  COMPENSATION_FAILED,
  longestRun,
  MOST_INPUT,
  mostResult,
  REJECTED,
  sagaDefinition,
  type SagaMessageKind,
  usualRun,
} from "./saga-definition";
export { workflowSignals } from "./signals";
export { validateWorkflow } from "./validate";
export { Workflow } from "./workflow";
