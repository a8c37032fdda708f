export type { FirewallArgs, LargeBody, RouteLimit } from "./args";
export { Firewall, validateFirewall } from "./firewall";
export { ApiGateway } from "./api-gateway";
export type {
  ApiDomain,
  ApiFirewall,
  ApiGatewayArgs,
  ApiGatewayNetwork,
  ApiGatewayOutputs,
  ApiOrigin,
  ApiRoute,
  ApiTokens,
  CorsSettings,
  Throttling,
} from "./args-api-gateway";
export { validateApiGateway } from "./validate-api-gateway";
