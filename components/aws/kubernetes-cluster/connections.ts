// Connections between pods and what has a security group. All pods of Auto Mode share one group: these rules say which group and port, and
// NetworkPolicies say which pods.
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { tagged, transformed } from "../../kit";
import type { PodPeer } from "./args";
import type { Owner } from "./children";

/** Creates the rules by which a group connects to pods. */
export function admitToPods(
  owner: Owner,
  podGroupId: pulumi.Output<string>,
  from: string,
  { securityGroupId, port }: PodPeer,
): void {
  const { parent, name, args } = owner;
  ingressRule(owner, `${name}-from-${from}-${port}`, podGroupId, securityGroupId, port);
  new aws.vpc.SecurityGroupEgressRule(
    ...transformed<aws.vpc.SecurityGroupEgressRuleArgs>(
      args.transform?.egressRule,
      `${name}-${from}-to-pods-${port}`,
      {
        securityGroupId,
        referencedSecurityGroupId: podGroupId,
        ...tcp(port, `${from} to pods of ${name}`),
        ...tagged(args.tags),
      },
      { parent },
    ),
  );
}

/** Creates the rule by which pods connect to what has a group. */
export function letPodsIn(
  owner: Owner,
  podGroupId: pulumi.Output<string>,
  to: string,
  { securityGroupId, port }: PodPeer,
): aws.vpc.SecurityGroupIngressRule {
  return ingressRule(owner, `${owner.name}-at-${to}-${port}`, securityGroupId, podGroupId, port);
}

function ingressRule(
  { parent, args }: Owner,
  name: string,
  securityGroupId: pulumi.Input<string>,
  referencedSecurityGroupId: pulumi.Input<string>,
  port: number,
): aws.vpc.SecurityGroupIngressRule {
  return new aws.vpc.SecurityGroupIngressRule(
    ...transformed<aws.vpc.SecurityGroupIngressRuleArgs>(
      args.transform?.ingressRule,
      name,
      { securityGroupId, referencedSecurityGroupId, ...tcp(port, name), ...tagged(args.tags) },
      { parent },
    ),
  );
}

function tcp(port: number, description: string) {
  return { ipProtocol: "tcp", fromPort: port, toPort: port, description };
}
