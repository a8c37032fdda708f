export type { FirewallArgs, RouteLimit } from "./args";
export { Firewall, validateFirewall } from "./firewall";
