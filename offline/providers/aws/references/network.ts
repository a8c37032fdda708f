// What networks and traffic name.
import type { Reference } from "../../core/rules";
import { address, balancer, bucket, certificate, firm, group, listener, logGroup, loose } from "./kinds";
import { role, subnet, table, targets, vpc, zone, type References } from "./kinds";

const gateway = (type: string, prefix: string): Reference => ({
  type,
  id: (value) => (value.startsWith(prefix) ? value : undefined),
});
const igw = gateway("aws:ec2/internetGateway:InternetGateway", "igw-");
// A group takes its own rules with it, but not those of others that name it.
const securityGroupRule = { securityGroupId: loose(group), referencedSecurityGroupId: group };
const acl: Reference = { type: "aws:ec2/networkAcl:NetworkAcl" };

const vpcs: Readonly<Record<string, References>> = {
  "aws:ec2/subnet:Subnet": { vpcId: vpc },
  "aws:ec2/routeTable:RouteTable": { vpcId: vpc },
  "aws:ec2/internetGateway:InternetGateway": { vpcId: vpc },
  "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment": { vpcId: vpc, internetGatewayId: firm(igw) },
  "aws:ec2/networkAcl:NetworkAcl": { vpcId: vpc, "subnetIds[]": loose(subnet) },
  "aws:ec2/networkAclRule:NetworkAclRule": { networkAclId: acl },
  "aws:ec2/securityGroup:SecurityGroup": { vpcId: vpc },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    vpcId: vpc,
    "subnetIds[]": subnet,
    "securityGroupIds[]": group,
    "routeTableIds[]": table,
  },
  "aws:ec2/flowLog:FlowLog": {
    vpcId: loose(vpc),
    subnetId: loose(subnet),
    iamRoleArn: role,
    logDestination: logGroup,
  },
  "aws:ec2/natGateway:NatGateway": { subnetId: subnet, allocationId: address },
  "aws:ec2/route:Route": {
    routeTableId: table,
    gatewayId: igw,
    natGatewayId: { type: "aws:ec2/natGateway:NatGateway" },
    egressOnlyGatewayId: { type: "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway" },
    vpcPeeringConnectionId: { type: "aws:ec2/vpcPeeringConnection:VpcPeeringConnection" },
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": { subnetId: loose(subnet), routeTableId: firm(table) },
  "aws:ec2/eipAssociation:EipAssociation": { allocationId: address },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule,
  "aws:ec2/securityGroupRule:SecurityGroupRule": { securityGroupId: loose(group), sourceSecurityGroupId: group },
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": { vpcId: loose(vpc) },
  "aws:efs/mountTarget:MountTarget": { fileSystemId: { type: "aws:efs/fileSystem:FileSystem", keeps: true } },
  "aws:efs/accessPoint:AccessPoint": { fileSystemId: { type: "aws:efs/fileSystem:FileSystem" } },
  "aws:efs/fileSystemPolicy:FileSystemPolicy": { fileSystemId: { type: "aws:efs/fileSystem:FileSystem" } },
  "aws:efs/backupPolicy:BackupPolicy": { fileSystemId: { type: "aws:efs/fileSystem:FileSystem" } },
};

/** A listener's or rule's ways to target groups, which stay meanwhile. */
const forwards = (actions: string): References => ({
  [`${actions}[].targetGroupArn`]: targets,
  [`${actions}[].forward.targetGroups[].arn`]: targets,
});

const traffic: Readonly<Record<string, References>> = {
  "aws:lb/loadBalancer:LoadBalancer": { "subnets[]": subnet, "securityGroups[]": group, "accessLogs.bucket": bucket },
  "aws:lb/targetGroup:TargetGroup": { vpcId: vpc },
  "aws:lb/listener:Listener": { loadBalancerArn: balancer, certificateArn: certificate, ...forwards("defaultActions") },
  "aws:lb/listenerRule:ListenerRule": { listenerArn: listener, ...forwards("actions") },
  "aws:lb/listenerCertificate:ListenerCertificate": { listenerArn: listener, certificateArn: certificate },
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": { targetGroupArn: targets },
  "aws:apigatewayv2/vpcLink:VpcLink": { "subnetIds[]": subnet, "securityGroupIds[]": group },
  "aws:apigateway/vpcLink:VpcLink": { targetArn: firm(balancer) },
  "aws:ec2/vpcEndpointService:VpcEndpointService": { "networkLoadBalancerArns[]": firm(balancer) },
  "aws:route53/record:Record": { zoneId: zone },
  "aws:wafv2/webAclAssociation:WebAclAssociation": { resourceArn: balancer },
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": { vpc },
  // Certificates of CloudFront are kept in another region than most of what a stack has.
  "aws:cloudfront/distribution:Distribution": {
    "viewerCertificate.acmCertificateArn": { ...certificate, id: (value) => value, outside: true },
  },
};

export const networkReferences: Readonly<Record<string, References>> = { ...vpcs, ...traffic };
