// Network ACLs: the coarse fence behind the security groups. They keep no state, so that answers need rules of their own.
import type * as aws from "@pulumi/aws";
import type { Tier } from "../../kit";

type Rule = aws.types.input.ec2.NetworkAclIngress & aws.types.input.ec2.NetworkAclEgress;

const ANYWHERE = "0.0.0.0/0";
/** NAT gateways answer on every port from here on, so no port of it can be closed, remote desktop's included. */
const FIRST_EPHEMERAL_PORT = 1024;

/** Rules of a tier's network ACL. */
export function aclRules(tier: Tier, vpcCidr: string): { readonly ingress: Rule[]; readonly egress: Rule[] } {
  const inside: Rule = { ruleNo: 100, action: "allow", protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: vpcCidr };
  const answers = [ports(200, "tcp", FIRST_EPHEMERAL_PORT, 65535), ports(210, "udp", FIRST_EPHEMERAL_PORT, 65535)];
  const everything: Rule = { ...inside, ruleNo: 200, cidrBlock: ANYWHERE };
  switch (tier) {
    case "public":
      return {
        ingress: [inside, ...answers, ports(300, "tcp", 80, 80), ports(310, "tcp", 443, 443)],
        egress: [inside, everything],
      };
    case "private":
      return { ingress: [inside, ...answers], egress: [inside, everything] };
    case "isolated":
      // Gateway endpoints are reached by public addresses, though nothing leaves Amazon's network.
      return {
        ingress: [inside, ports(200, "tcp", FIRST_EPHEMERAL_PORT, 65535)],
        egress: [inside, ports(200, "tcp", 443, 443)],
      };
  }
}

function ports(ruleNo: number, protocol: "tcp" | "udp", fromPort: number, toPort: number): Rule {
  return { ruleNo, action: "allow", protocol, fromPort, toPort, cidrBlock: ANYWHERE };
}
