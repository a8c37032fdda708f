export type { FunctionTarget, JobArgs, JobOutputs, TaskTarget } from "./args";
export { Job } from "./job";
