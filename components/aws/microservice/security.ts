// The service's own security group. Rules are separate resources, never inline: inline rules of two services that call each other
// would make a dependency cycle, and inline and separate rules of one group would overwrite each other.
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { transformed } from "../../kit";
import { namedReaches, type Peer, peerOf } from "../kit";
import { type Context, tagsOf } from "./context";

type Rule = aws.vpc.SecurityGroupIngressRule | aws.vpc.SecurityGroupEgressRule;

/** The group and its rules by their logical names. */
export interface Security {
  readonly securityGroup: aws.ec2.SecurityGroup;
  readonly rules: Readonly<Record<string, Rule>>;
}

/** Creates the security group, the rules for the load balancer and the rules of the edges. */
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

/** Rules that stand under their earlier name keep standing. */
function formerly(context: Context, role: string, formerRole: string): Context {
  if (role === formerRole) return context;
  return { ...context, child: { ...context.child, aliases: [{ name: `${context.name}-${formerRole}` }] } };
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
