export type { GatewayArgs, GatewayOutputs, GatewayTransforms, HttpsSettings } from "./args";
export { Gateway, type GatewayNodes } from "./gateway";
