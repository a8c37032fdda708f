// A machine that forwards packets for a tenth of a gateway's price. It has no role, no keys and no open port to the world.
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { transformed } from "../../kit";
import { inZone, type VpcLayout } from "./layout";
import { architectureOf } from "./resolve";
import type { Scope } from "./scope";

/** The machine and what guards it. */
export interface NatInstanceNodes {
  readonly securityGroup: aws.ec2.SecurityGroup;
  readonly ingressRule: aws.vpc.SecurityGroupIngressRule;
  readonly egressRule: aws.vpc.SecurityGroupEgressRule;
  readonly launchTemplate: aws.ec2.LaunchTemplate;
  readonly instance: aws.ec2.Instance;
}

/** Creates the machine in the public subnet of the first zone. */
export function createNatInstance(
  scope: Scope,
  layout: VpcLayout,
  zone: string,
  instanceType: string,
): NatInstanceNodes {
  const { name, tags, transform, parent } = scope;
  const guard = createGuard(scope, layout.vpcId);
  const launchTemplate = createLaunchTemplate(scope, instanceType);
  const instance = new aws.ec2.Instance(
    ...transformed<aws.ec2.InstanceArgs>(
      transform?.natInstance,
      `${name}-nat-${zone}`,
      {
        launchTemplate: { id: launchTemplate.id, version: launchTemplate.latestVersion.apply(String) },
        subnetId: inZone(layout.subnetIds.public, zone),
        vpcSecurityGroupIds: [guard.securityGroup.id],
        sourceDestCheck: false,
        metadataOptions: METADATA_OPTIONS,
        ...tags,
      },
      { parent },
    ),
  );
  return { ...guard, launchTemplate, instance };
}

function createGuard({ name, resolved, tags, transform, parent }: Scope, vpcId: pulumi.Output<string>) {
  const securityGroup = new aws.ec2.SecurityGroup(
    ...transformed<aws.ec2.SecurityGroupArgs>(
      transform?.natSecurityGroup,
      `${name}-nat`,
      { vpcId, description: "Forwards what comes from inside the VPC", ...tags },
      { parent },
    ),
  );
  const rule = { securityGroupId: securityGroup.id, ipProtocol: "-1" };
  const ingressRule = new aws.vpc.SecurityGroupIngressRule(
    ...transformed<aws.vpc.SecurityGroupIngressRuleArgs>(
      transform?.natIngressRule,
      `${name}-nat-from-vpc`,
      { ...rule, cidrIpv4: resolved.cidr, description: "What is to be forwarded", ...tags },
      { parent },
    ),
  );
  const egressRule = new aws.vpc.SecurityGroupEgressRule(
    ...transformed<aws.vpc.SecurityGroupEgressRuleArgs>(
      transform?.natEgressRule,
      `${name}-nat-to-internet`,
      { ...rule, cidrIpv4: "0.0.0.0/0", description: "What was forwarded", ...tags },
      { parent },
    ),
  );
  return { securityGroup, ingressRule, egressRule };
}

const METADATA_OPTIONS = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 };

function createLaunchTemplate(
  { name, resolved, tags, transform, parent }: Scope,
  instanceType: string,
): aws.ec2.LaunchTemplate {
  const image = `al2023-ami-kernel-default-${architectureOf(instanceType)}`;
  return new aws.ec2.LaunchTemplate(
    ...transformed<aws.ec2.LaunchTemplateArgs>(
      transform?.natLaunchTemplate,
      `${name}-nat`,
      {
        // EC2 resolves the parameter when it starts the instance, so a preview makes no call.
        imageId: `resolve:ssm:/aws/service/ami-amazon-linux-latest/${image}`,
        instanceType,
        updateDefaultVersion: true,
        metadataOptions: METADATA_OPTIONS,
        blockDeviceMappings: [
          { deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeType: "gp3", deleteOnTermination: "true" } },
        ],
        userData: Buffer.from(forwardingScript(resolved.cidr)).toString("base64"),
        ...tags,
      },
      { parent },
    ),
  );
}

/** Forwards packets of the VPC under the machine's own address, from the first boot on and after each. Pure. */
export function forwardingScript(vpcCidr: string): string {
  return `#!/bin/bash
set -euo pipefail
# The public address is attached after the machine has started.
until dnf install --assumeyes --quiet nftables; do sleep 5; done
echo 'net.ipv4.ip_forward = 1' > /etc/sysctl.d/90-nat.conf
sysctl --system
cat > /etc/sysconfig/nftables.conf <<'RULES'
flush ruleset
table ip nat {
  chain postrouting {
    type nat hook postrouting priority srcnat;
    ip saddr ${vpcCidr} ip daddr != ${vpcCidr} masquerade
  }
}
RULES
systemctl enable --now nftables
`;
}
