export type { EventSource, FunctionCode, LambdaFunctionArgs, LambdaFunctionOutputs } from "./args";
export { bundled, productHandler } from "./bundle";
export { LambdaFunction } from "./lambda-function";
export { needsVpc } from "./vpc";
export { validateFunction } from "./validate";
