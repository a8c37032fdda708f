export type { FirewallArgs, LargeBody, RouteLimit } from "./args";
export { Firewall, validateFirewall } from "./firewall";
