// Connections of a workload as rules of its security group. Pure.
import type * as aws from "@pulumi/aws";
import type { Reach } from "../../kit";

/** What a rule of a security group leads to. */
export type Peer = Pick<aws.vpc.SecurityGroupEgressRuleArgs, "referencedSecurityGroupId" | "prefixListId" | "cidrIpv4">;

/** A reach, and what its rules are named after. */
export interface NamedReach {
  /** Names what is reached, so that it stays when a grant is renamed or removed and another one leads to the same place. */
  readonly key: string;
  /** The key that an earlier version gave: the grant's name and the port. */
  readonly formerKey: string;
  readonly reach: Reach;
}

/**
 * The reaches of all grants, each once: AWS refuses a rule that exists already, and several edges may lead to one
 * place (all endpoints share a group). Pure.
 */
export function namedReaches(grants: Readonly<Record<string, { readonly reaches?: readonly Reach[] }>>): NamedReach[] {
  const named: NamedReach[] = [];
  for (const [grant, { reaches = [] }] of Object.entries(grants)) {
    for (const reach of reaches) {
      if (named.some((other) => sameTarget(other.reach, reach))) continue;
      const formerKey = unused(
        `${grant}-${reach.port}${kindOf(reach)}`,
        named.map((other) => other.formerKey),
      );
      const key = unused(
        placeOf(reach),
        named.map((other) => other.key),
      );
      named.push({ key, formerKey, reach });
    }
  }
  return named;
}

/** Two groups may have one name and port. */
function unused(base: string, taken: readonly string[]): string {
  let key = base;
  for (let copy = 2; taken.includes(key); copy += 1) key = `${base}-${copy}`;
  return key;
}

/** EC2 refuses a rule with the ports and the peer of another one, so the name has both. */
function placeOf(reach: Reach): string {
  return `${"cidr" in reach ? reach.cidr.replace("/", "-") : reach.to}-${reach.port}`;
}

function sameTarget(a: Reach, b: Reach): boolean {
  if (a.port !== b.port) return false;
  if ("securityGroupId" in a) return "securityGroupId" in b && a.securityGroupId === b.securityGroupId;
  if ("prefixListId" in a) return "prefixListId" in b && a.prefixListId === b.prefixListId;
  return "cidr" in b && a.cidr === b.cidr;
}

function kindOf(reach: Reach): string {
  if ("securityGroupId" in reach) return "";
  return "prefixListId" in reach ? "-prefix-list" : `-${reach.cidr.replace("/", "-")}`;
}

/** The other side of a rule. */
export function peerOf(reach: Reach): Peer {
  if ("securityGroupId" in reach) return { referencedSecurityGroupId: reach.securityGroupId };
  if ("prefixListId" in reach) return { prefixListId: reach.prefixListId };
  return { cidrIpv4: reach.cidr };
}

/** Whether a connection leads to something inside the VPC only. Endpoints and prefix lists are doors to what also answers outside. */
export function isInside(reach: Reach): boolean {
  return "securityGroupId" in reach && reach.isOpen !== true;
}
