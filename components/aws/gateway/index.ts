export type { FirewallArgs, LargeBody, RouteLimit } from "./args";
export { Firewall, validateFirewall } from "./firewall";
export { ApiGateway } from "./api-gateway";
export { tokenRules } from "./open-api";
export { HttpGateway } from "./http-gateway";
export type { HttpGatewayArgs, HttpGatewayOutputs, HttpOrigin, HttpRoute, HttpTokens } from "./args-http-gateway";
export { validateHttpGateway } from "./validate-http-gateway";
export type {
  ApiAuthorizer,
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
