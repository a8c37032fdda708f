export type { EventSource, FunctionCode, LambdaFunctionArgs, LambdaFunctionOutputs } from "./args";
export { bundled, productHandler } from "./bundle";
export { LambdaFunction } from "./lambda-function";
export { LegacyTarget, type LegacyTargetArgs, validateLegacyTarget } from "./legacy-target";
export { needsVpc } from "./vpc";
export { validateFunction } from "./validate";
