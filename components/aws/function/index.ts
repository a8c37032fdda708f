export type { EventSource, FunctionCode, LambdaFunctionArgs, LambdaFunctionOutputs } from "./args";
export { bundled } from "./bundle";
export { LambdaFunction } from "./lambda-function";
export { needsVpc } from "./vpc";
export { validateFunction } from "./validate";
