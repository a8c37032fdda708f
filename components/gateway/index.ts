export type { FirewallArgs } from "./args";
export { Firewall, validateFirewall } from "./firewall";
