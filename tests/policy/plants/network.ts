// Networks, what stands at their edges, and the rules of their groups.
import type { Made, Planter } from "./planter";

/** What other plants stand in. */
export interface Network {
  readonly vpc: Made;
  readonly isolated: readonly Made[];
  /** Subnets of two zones with a route to the internet gateway. */
  readonly publicSubnets: readonly Made[];
  readonly group: Made;
  /** The ARN of a customer managed key. */
  readonly key: unknown;
}

const ZONES = ["eu-central-1a", "eu-central-1b"];

export function network(p: Planter): Network {
  const key = p.right("aws:kms/key:Key", { enableKeyRotation: true, deletionWindowInDays: 30 }).arn;
  const vpc = p.right("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
  p.right("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", { vpcId: vpc.id });
  const logs = p.right("aws:s3/bucket:Bucket", { tags: { holds: "flow logs" } });
  closed(p, logs, key);
  p.right("aws:ec2/flowLog:FlowLog", {
    vpcId: vpc.id,
    trafficType: "ALL",
    logDestination: logs.arn,
    logDestinationType: "s3",
  });
  const isolated = ZONES.map((availabilityZone, index) =>
    p.right("aws:ec2/subnet:Subnet", { vpcId: vpc.id, cidrBlock: `10.0.${index}.0/24`, availabilityZone }),
  );
  const publicSubnets = publicTier(p, vpc);
  const group = p.right("aws:ec2/securityGroup:SecurityGroup", {
    vpcId: vpc.id,
    description: "services",
    ingress: [{ protocol: "tcp", fromPort: 8080, toPort: 8080, cidrBlocks: ["10.0.0.0/16"], description: "calls" }],
  });
  const second = unlogged(p, logs);
  subnets(p, vpc);
  groupRules(p, vpc, group);
  accessLists(p, vpc, second, isolated);
  joins(p, vpc);
  return { vpc, isolated, publicSubnets, group, key };
}

/** All that a bucket must have beside it. */
export function closed(p: Planter, bucket: Made, key: unknown): void {
  p.right("aws:s3/bucketPolicy:BucketPolicy", {
    bucket: bucket.id,
    policy: tlsOnly("s3:*"),
  });
  p.right("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", {
    bucket: bucket.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  p.right("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", {
    bucket: bucket.id,
    rules: [
      {
        bucketKeyEnabled: true,
        applyServerSideEncryptionByDefault: {
          sseAlgorithm: "aws:kms",
          kmsMasterKeyId: key,
        },
      },
    ],
  });
}

/** A document with one statement that denies everybody without TLS. */
export function tlsOnly(Action: string): string {
  const Condition = { Bool: { "aws:SecureTransport": "false" } };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Principal: "*", Action, Resource: "*", Condition }],
  });
}

function publicTier(p: Planter, vpc: Made): readonly Made[] {
  const gateway = p.right("aws:ec2/internetGateway:InternetGateway", { vpcId: vpc.id });
  const table = p.right("aws:ec2/routeTable:RouteTable", { vpcId: vpc.id });
  p.right("aws:ec2/route:Route", {
    routeTableId: table.id,
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: gateway.id,
  });
  return ZONES.map((availabilityZone, index) => {
    const subnet = p.right("aws:ec2/subnet:Subnet", {
      vpcId: vpc.id,
      cidrBlock: `10.0.${8 + index}.0/24`,
      availabilityZone,
    });
    p.right("aws:ec2/routeTableAssociation:RouteTableAssociation", { subnetId: subnet.id, routeTableId: table.id });
    return subnet;
  });
}

function unlogged(p: Planter, logs: Made): Made {
  const vpc = p.wrong("aws:ec2/vpc:Vpc", { cidrBlock: "10.1.0.0/16" });
  p.wrong("aws:ec2/vpc:Vpc", { cidrBlock: "10.4.0.0/16" });
  p.wrong("aws:ec2/defaultVpc:DefaultVpc", {});
  const second = p.right("aws:ec2/vpc:Vpc", { cidrBlock: "10.2.0.0/16" });
  p.right("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", { vpcId: second.id });
  p.wrong("aws:ec2/flowLog:FlowLog", {
    vpcId: second.id,
    trafficType: "REJECT",
    logDestination: logs.arn,
    logDestinationType: "s3",
  });
  p.wrong("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", {
    vpcId: vpc.id,
    ingress: [OPEN],
    egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
  });
  p.wrong("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", { vpcId: vpc.id, ingress: [WIDE] });
  return second;
}

const OPEN = { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] };
const WIDE = { protocol: "tcp", fromPort: 0, toPort: 65535, cidrBlocks: ["10.0.0.0/8"], description: "all" };

function subnets(p: Planter, vpc: Made): void {
  p.wrong("aws:ec2/subnet:Subnet", {
    vpcId: vpc.id,
    cidrBlock: "10.0.20.0/24",
    availabilityZone: "eu-central-1a",
    mapPublicIpOnLaunch: true,
  });
  p.wrong("aws:ec2/defaultSubnet:DefaultSubnet", { availabilityZone: "eu-central-1a" });
  p.right("aws:ec2/defaultSubnet:DefaultSubnet", {
    availabilityZone: "eu-central-1b",
    mapPublicIpOnLaunch: false,
    forceDestroy: true,
  });
}

function groupRules(p: Planter, vpc: Made, group: Made): void {
  p.wrong("aws:ec2/securityGroup:SecurityGroup", {
    vpcId: vpc.id,
    description: "wrong",
    ingress: [OPEN, { ...OPEN, fromPort: 443, toPort: 443 }, WIDE],
    egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
  });
  const old = "aws:ec2/securityGroupRule:SecurityGroupRule";
  const inOld = { securityGroupId: group.id, type: "ingress" };
  p.right(old, { ...inOld, protocol: "tcp", fromPort: 5, toPort: 5, cidrBlocks: ["10.0.0.0/16"], description: "a" });
  p.wrong(old, { ...inOld, ...OPEN });
  p.wrong(old, { ...inOld, ...WIDE });
  p.wrong(old, { ...inOld, type: "egress", protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] });
  const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
  const into = { securityGroupId: group.id };
  p.right(ingress, { ...into, ipProtocol: "tcp", fromPort: 7, toPort: 7, cidrIpv4: "10.0.0.0/16", description: "b" });
  p.wrong(ingress, { ...into, ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv4: "0.0.0.0/0" });
  p.wrong(ingress, { ...into, ipProtocol: "tcp", fromPort: 1, toPort: 65535, cidrIpv4: "10.0.0.0/8" });
  const egress = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
  p.right(egress, { ...into, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0", description: "c" });
  p.wrong(egress, { ...into, ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" });
  // No load balancer is in this group.
  const tasks = p.right("aws:ec2/securityGroup:SecurityGroup", { vpcId: vpc.id, description: "tasks" });
  const web = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] };
  p.wrong(old, { securityGroupId: tasks.id, type: "ingress", ...web });
  p.wrong(ingress, { securityGroupId: tasks.id, ipProtocol: "tcp", fromPort: 80, toPort: 80, cidrIpv4: "0.0.0.0/0" });
  const list = { addressFamily: "IPv4", maxEntries: 2 };
  const partners = p.right("aws:ec2/managedPrefixList:ManagedPrefixList", {
    ...list,
    entries: [{ cidr: "203.0.113.0/24", description: "partner" }],
  });
  p.wrong("aws:ec2/managedPrefixList:ManagedPrefixList", { ...list, entries: [{ cidr: "0.0.0.0/0" }] });
  const entry = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry";
  const empty = p.right("aws:ec2/managedPrefixList:ManagedPrefixList", list);
  p.right(entry, { prefixListId: empty.id, cidr: "198.51.100.0/24" });
  p.wrong(entry, { prefixListId: partners.id, cidr: "0.0.0.0/0" });
}

function accessLists(p: Planter, vpc: Made, second: Made, isolated: readonly Made[]): void {
  const all = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: "0.0.0.0/0", action: "allow", ruleNo: 100 };
  const inside = { ...all, cidrBlock: "10.0.0.0/16" };
  p.right("aws:ec2/networkAcl:NetworkAcl", { vpcId: vpc.id, ingress: [inside], subnetIds: [isolated[0]?.id] });
  const bare = p.right("aws:ec2/networkAcl:NetworkAcl", { vpcId: vpc.id });
  p.wrong("aws:ec2/networkAcl:NetworkAcl", { vpcId: vpc.id, ingress: [all] });
  const rule = "aws:ec2/networkAclRule:NetworkAclRule";
  const shape = { networkAclId: bare.id, protocol: "tcp", ruleAction: "allow", fromPort: 22, toPort: 22 };
  p.right(rule, { ...shape, ruleNumber: 10, cidrBlock: "10.0.0.0/16" });
  p.wrong(rule, { ...shape, ruleNumber: 20, cidrBlock: "0.0.0.0/0" });
  p.right("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", { defaultNetworkAclId: vpc.defaultNetworkAclId });
  p.wrong("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", {
    defaultNetworkAclId: second.defaultNetworkAclId,
    ingress: [all],
  });
}

function joins(p: Planter, vpc: Made): void {
  const peering = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";
  const right = p.right(peering, { vpcId: vpc.id, peerVpcId: "vpc-0aaaaaaaaaaaaaaaa" });
  p.wrong(peering, { vpcId: vpc.id, peerVpcId: "vpc-0bbbbbbbbbbbbbbbb", autoAccept: true });
  const accepter = "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter";
  p.right(accepter, { vpcPeeringConnectionId: right.id });
  p.wrong(accepter, { vpcPeeringConnectionId: "pcx-0bbbbbbbbbbbbbbbb", autoAccept: true });
  p.right("aws:ec2transitgateway/transitGateway:TransitGateway", {});
  p.wrong("aws:ec2transitgateway/transitGateway:TransitGateway", { autoAcceptSharedAttachments: "enable" });
}
