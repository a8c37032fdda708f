export type { FunctionCode, LambdaFunctionArgs, LambdaFunctionOutputs } from "./args";
export { bundled } from "./bundle";
export { LambdaFunction } from "./lambda-function";
export { validateFunction } from "./validate";
