// Security group rules in one form, wherever they are written: inside the group, or as one of three resources beside it.
import type { Resource } from "../rule";
import { at, each, isMissing, type Located, textOf, UNKNOWN, type Value } from "../value";

/** Types that hold security group rules. */
export const SECURITY_GROUP_RULES = [
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
];

/** Those of them that can hold a rule of a direction. */
export const INGRESS_RULES = SECURITY_GROUP_RULES.filter((type) => !type.endsWith("EgressRule"));
export const EGRESS_RULES = SECURITY_GROUP_RULES.filter((type) => !type.endsWith("IngressRule"));

/** One security group rule. */
export interface Opening {
  readonly direction: "ingress" | "egress";
  readonly protocol: Value;
  readonly from: Value;
  readonly to: Value;
  /** The IP ranges it speaks of, each at its place. */
  readonly ranges: readonly Located[];
  readonly description: Located;
}

/** The rules that a resource holds; those that are not known yet are left out. */
export function openings(resource: Resource): readonly Opening[] {
  const { type, props } = resource;
  if (type.startsWith("aws:vpc/")) return [single(resource)];
  if (type === "aws:ec2/securityGroupRule:SecurityGroupRule") {
    return props.type === "ingress" || props.type === "egress" ? [listed("", props, props.type)] : [];
  }
  return (["ingress", "egress"] as const).flatMap((direction) =>
    each(props, `${direction}[*]`).flatMap(({ path, value }) =>
      value === UNKNOWN ? [] : [listed(`${path}.`, value, direction)],
    ),
  );
}

/** Whether a rule surely opens a port. */
export function includesPort({ protocol, from, to }: Opening, port: number): boolean {
  if (isEveryProtocol(protocol)) return true;
  const carriesPorts = ["tcp", "udp", "6", "17"].includes(textOf(protocol).toLowerCase());
  return carriesPorts && typeof from === "number" && typeof to === "number" && from <= port && port <= to;
}

/** Whether a rule surely opens more ports than any service listens on. */
export function spansManyPorts({ protocol, from, to }: Opening): boolean {
  if (isEveryProtocol(protocol)) return true;
  const isPing = ["icmp", "icmpv6", "1", "58"].includes(textOf(protocol).toLowerCase());
  return !isPing && typeof from === "number" && typeof to === "number" && to - from >= 1024;
}

function isEveryProtocol(protocol: Value): boolean {
  return protocol === "-1" || protocol === -1 || protocol === "all";
}

/** A rule with lists of ranges, as it stands in a group or in the older of the resources. */
function listed(prefix: string, rule: Value, direction: Opening["direction"]): Opening {
  const ranges = ["cidrBlocks[*]", "ipv6CidrBlocks[*]"].flatMap((path) => each(rule, path));
  return {
    direction,
    protocol: at(rule, "protocol"),
    from: at(rule, "fromPort"),
    to: at(rule, "toPort"),
    ranges: ranges.map(({ path, value }) => ({ path: `${prefix}${path}`, value })),
    description: { path: `${prefix}description`, value: at(rule, "description") },
  };
}

/** A rule of one range, as it stands in the newer of the resources. */
function single({ type, props }: Resource): Opening {
  const ranges: readonly Located[] = ["cidrIpv4", "cidrIpv6"].map((path) => ({ path, value: at(props, path) }));
  return {
    direction: type.includes("Ingress") ? "ingress" : "egress",
    protocol: at(props, "ipProtocol"),
    from: at(props, "fromPort"),
    to: at(props, "toPort"),
    ranges: ranges.filter(({ value }) => !isMissing(value)),
    description: { path: "description", value: at(props, "description") },
  };
}
