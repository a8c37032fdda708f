// The service's own security group. Rules are resources of their own, never inline: two services that know each other
// would otherwise make a cycle, and each would undo the other's rules.
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Reach, transformed } from "../../kit";
import { type Context, tagsOf } from "./context";

type Rule = aws.vpc.SecurityGroupIngressRule | aws.vpc.SecurityGroupEgressRule;
type Peer = Pick<aws.vpc.SecurityGroupEgressRuleArgs, "referencedSecurityGroupId" | "prefixListId" | "cidrIpv4">;

/** The group and its rules by their logical names. */
export interface Security {
  readonly securityGroup: aws.ec2.SecurityGroup;
  readonly rules: Readonly<Record<string, Rule>>;
}

/** A reach, and what its rules are named after. */
export interface NamedReach {
  /** Names what is reached, so that it stays when a grant is renamed or removed and another one leads to the same place. */
  readonly key: string;
  /** The key that an earlier version gave: the grant's name and the port. */
  readonly formerKey: string;
  readonly reach: Reach;
}

/** Creates the group, what the load balancer may reach, and what the edges open. */
export function createSecurity(context: Context): Security {
  const { name, args, settings, child } = context;
  const securityGroup = new aws.ec2.SecurityGroup(
    ...transformed<aws.ec2.SecurityGroupArgs>(
      args.transform?.securityGroup,
      `${name}-tasks`,
      { vpcId: args.network.vpcId, description: `Tasks of ${name}`, ...tagsOf(context) },
      // A new description would replace the group, and nothing reads it: a service that is renamed keeps it.
      { ...child, ignoreChanges: ["description"] },
    ),
  );
  const rules = new Map<string, Rule>();
  const own = securityGroup.id;
  const loadBalancer = settings.routing?.loadBalancerSecurityGroupId;
  if (loadBalancer !== undefined && settings.port !== undefined) {
    rules.set(...ingress(context, "from-load-balancer", own, loadBalancer, settings.port));
    const peer = { referencedSecurityGroupId: own };
    rules.set(...egress(context, "load-balancer-egress", loadBalancer, peer, settings.port));
  }
  for (const { key, formerKey, reach } of namedReaches(args.grants ?? {})) {
    const out = formerly(context, `to-${key}`, `to-${formerKey}`);
    rules.set(...egress(out, `to-${key}`, own, peerOf(reach), reach.port));
    if ("securityGroupId" in reach && reach.isOpen !== true) {
      const at = formerly(context, `at-${key}`, `at-${formerKey}`);
      rules.set(...ingress(at, `at-${key}`, reach.securityGroupId, own, reach.port));
    }
  }
  return { securityGroup, rules: Object.fromEntries(rules) };
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

/** Rules that stand under their earlier name keep standing. */
function formerly(context: Context, role: string, formerRole: string): Context {
  if (role === formerRole) return context;
  return { ...context, child: { ...context.child, aliases: [{ name: `${context.name}-${formerRole}` }] } };
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

function peerOf(reach: Reach): Peer {
  if ("securityGroupId" in reach) return { referencedSecurityGroupId: reach.securityGroupId };
  if ("prefixListId" in reach) return { prefixListId: reach.prefixListId };
  return { cidrIpv4: reach.cidr };
}

function ingress(
  context: Context,
  role: string,
  group: pulumi.Input<string>,
  from: pulumi.Input<string>,
  port: number,
): [string, Rule] {
  const name = `${context.name}-${role}`;
  const rule = new aws.vpc.SecurityGroupIngressRule(
    ...transformed<aws.vpc.SecurityGroupIngressRuleArgs>(
      context.args.transform?.ingressRule,
      name,
      { securityGroupId: group, referencedSecurityGroupId: from, ...tcp(context, role, port) },
      context.child,
    ),
  );
  return [name, rule];
}

function egress(context: Context, role: string, group: pulumi.Input<string>, to: Peer, port: number): [string, Rule] {
  const name = `${context.name}-${role}`;
  const rule = new aws.vpc.SecurityGroupEgressRule(
    ...transformed<aws.vpc.SecurityGroupEgressRuleArgs>(
      context.args.transform?.egressRule,
      name,
      { securityGroupId: group, ...to, ...tcp(context, role, port) },
      context.child,
    ),
  );
  return [name, rule];
}

function tcp(context: Context, role: string, port: number) {
  return {
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    description: `${context.name} ${role}`,
    ...tagsOf(context),
  };
}
