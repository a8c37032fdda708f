import { expect } from "chai";
import type { Emulation } from "../../../../offline/providers/core/emulation";
import type { Values } from "../../../../offline/providers/core/values";
import { subject } from "../../providers/support";
import { cloudOf, refusals } from "./support";

const SUBNET = "aws:ec2/subnet:Subnet";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const ROLE = "arn:aws:iam::111122223333:role/r";
const KEY = "arn:aws:kms:eu-central-1:111122223333:key/k";
const trust = JSON.stringify({ Statement: [] });
const groups = ["1", "2", "3", "4", "5", "6"].map((n) => `sg-${n}`);

const cloud = (): Emulation =>
  cloudOf(
    { type: "aws:ec2/vpc:Vpc", id: "vpc-1", inputs: { cidrBlock: "10.1.0.0/16" } },
    { type: "aws:ec2/vpc:Vpc", id: "vpc-2", inputs: { cidrBlock: "10.2.0.0/16" } },
    { type: SUBNET, id: "subnet-a", inputs: { vpcId: "vpc-1", availabilityZone: "eu-central-1a" } },
    { type: SUBNET, id: "subnet-b", inputs: { vpcId: "vpc-1", availabilityZone: "eu-central-1b" } },
    { type: SUBNET, id: "subnet-x", inputs: { vpcId: "vpc-2", availabilityZone: "eu-central-1b" } },
    ...groups.map((id) => ({ type: GROUP, id, inputs: { vpcId: "vpc-1" } })),
    { type: GROUP, id: "sg-x", inputs: { vpcId: "vpc-2" } },
    { type: "aws:rds/subnetGroup:SubnetGroup", id: "g", inputs: { subnetIds: ["subnet-a", "subnet-b"] } },
    { type: "aws:elasticache/subnetGroup:SubnetGroup", id: "g", inputs: { subnetIds: ["subnet-a", "subnet-b"] } },
    { type: "aws:iam/role:Role", id: "r", inputs: { assumeRolePolicy: trust } },
  );

/** What is said of a network; other things that a type asks for are not this spec's. */
const about = (type: string, inputs: Values, property: string): readonly string[] =>
  refusals(cloud(), type, inputs).filter((line) => line.startsWith(property));

const subnetIds = ["subnet-a", "subnet-b"];
/** Types with a property of subnets and one of security groups, each below the given object. */
const PLACED: readonly (readonly [type: string, below: string, subnets: string, groups: string, more?: Values])[] = [
  ["aws:lambda/function:Function", "vpcConfig", "subnetIds", "securityGroupIds"],
  ["aws:eks/cluster:Cluster", "vpcConfig", "subnetIds", "securityGroupIds"],
  ["aws:msk/cluster:Cluster", "brokerNodeGroupInfo", "clientSubnets", "securityGroups"],
  ["aws:opensearch/domain:Domain", "vpcOptions", "subnetIds", "securityGroupIds"],
  ["aws:rds/proxy:Proxy", "", "vpcSubnetIds", "vpcSecurityGroupIds"],
  ["aws:efs/mountTarget:MountTarget", "", "subnetId", "securityGroups"],
  ["aws:ec2/networkInterface:NetworkInterface", "", "subnetId", "securityGroups"],
  ["aws:ec2/instance:Instance", "", "subnetId", "vpcSecurityGroupIds"],
  ["aws:codebuild/project:Project", "vpcConfig", "subnets", "securityGroupIds"],
  ["aws:ecs/service:Service", "networkConfiguration", "subnets", "securityGroups"],
  ["aws:apigatewayv2/vpcLink:VpcLink", "", "subnetIds", "securityGroupIds"],
  ["aws:ec2/vpcEndpoint:VpcEndpoint", "", "subnetIds", "securityGroupIds", { vpcEndpointType: "Interface" }],
  ["aws:lb/loadBalancer:LoadBalancer", "", "subnets", "securityGroups"],
];

describe("offline providers: networks, in whatever type", () => {
  for (const [type, below, subnets, securityGroups, more] of PLACED) {
    const at = below === "" ? "" : `${below}.`;
    const placed = (where: readonly string[], who: readonly string[]): Values => {
      const inputs = { ...more, [subnets]: subnets === "subnetId" ? (where[0] ?? "") : where, [securityGroups]: who };
      return below === "" ? inputs : { [below]: inputs };
    };
    it(`${type}: groups of the subnets' VPC, five at most, all there`, () => {
      const said = (who: readonly string[]) => about(type, placed(subnetIds, who), `${at}${securityGroups}`);
      expect(said(groups.slice(0, 5))).to.deep.equal([]);
      expect(said(["sg-1", "sg-x"])).to.deep.equal([
        `${at}${securityGroups}[1]: "sg-x" belongs to vpc-2, the subnets to vpc-1: name a security group of the same VPC`,
      ]);
      expect(said(groups)).to.deep.equal([
        `${at}${securityGroups}: 6 security groups, and 5 is the quota of a network interface (SecurityGroupsPerInterfaceLimitExceeded): join some`,
      ]);
      expect(said(["sg-9"])).to.deep.equal([
        `${at}${securityGroups}[0]: no ${GROUP} "sg-9" exists in this account and region: create it first, or name one that exists`,
      ]);
    });
    if (subnets !== "subnetId")
      it(`${type}: subnets of one VPC`, () => {
        const said = about(type, placed(["subnet-a", "subnet-x"], []), `${at}${subnets}`);
        expect(said).to.include(
          `${at}${subnets}[1]: "subnet-x" is in vpc-2, "subnet-a" in vpc-1: name subnets of one VPC`,
        );
      });
  }

  it("looks through a subnet group", () => {
    for (const [type, group, property] of [
      ["aws:rds/instance:Instance", "dbSubnetGroupName", "vpcSecurityGroupIds"],
      ["aws:rds/cluster:Cluster", "dbSubnetGroupName", "vpcSecurityGroupIds"],
      ["aws:elasticache/replicationGroup:ReplicationGroup", "subnetGroupName", "securityGroupIds"],
      ["aws:elasticache/cluster:Cluster", "subnetGroupName", "securityGroupIds"],
    ] as const) {
      expect(about(type, { [group]: "g", [property]: ["sg-1"] }, property)).to.deep.equal([]);
      expect(about(type, { [group]: "g", [property]: ["sg-x"] }, property)).to.deep.equal([
        `${property}[0]: "sg-x" belongs to vpc-2, the subnets to vpc-1: name a security group of the same VPC`,
      ]);
    }
  });

  it("lets what can't move get other subnets of its VPC only", () => {
    for (const [type, inputs, property] of [
      ["aws:rds/subnetGroup:SubnetGroup", { name: "own" }, "subnetIds"],
      ["aws:elasticache/subnetGroup:SubnetGroup", { name: "own" }, "subnetIds"],
      ["aws:lb/loadBalancer:LoadBalancer", { name: "own", internal: true }, "subnets"],
    ] as const) {
      const aws = cloud();
      const [SUBNET_C, SUBNET_Y] = ["subnet-c", "subnet-y"];
      aws.found({ type: SUBNET, id: SUBNET_C, inputs: { vpcId: "vpc-1", availabilityZone: "eu-central-1c" } });
      aws.found({ type: SUBNET, id: SUBNET_Y, inputs: { vpcId: "vpc-2", availabilityZone: "eu-central-1a" } });
      const { id, outputs } = aws.create(subject(type), { ...inputs, [property]: subnetIds });
      const change = (to: readonly string[]) => aws.update(subject(type), id, outputs, { ...inputs, [property]: to });
      expect(() => change([SUBNET_Y, "subnet-x"]), type).to.throw(
        `${property}[0]: "subnet-y" is in vpc-2, and this exists in vpc-1, where it must stay: name subnets of vpc-1, or make another beside it under another name`,
      );
      expect(change(["subnet-b", SUBNET_C])[property]).to.deep.equal(["subnet-b", SUBNET_C]);
    }
  });

  it("holds subnets, groups and tables to the VPC that is named", () => {
    const endpoint = { vpcId: "vpc-1", serviceName: "s", vpcEndpointType: "Interface" };
    const said = (more: Values) => refusals(cloud(), "aws:ec2/vpcEndpoint:VpcEndpoint", { ...endpoint, ...more });
    expect(said({ subnetIds, securityGroupIds: ["sg-1"] })).to.deep.equal([]);
    expect(said({ subnetIds: ["subnet-x"] })).to.deep.equal([
      'subnetIds[0]: "subnet-x" is in vpc-2, the endpoint in vpc-1: name a subnet of the same VPC',
    ]);
    expect(said({ securityGroupIds: ["sg-x"] })).to.deep.equal([
      'securityGroupIds[0]: "sg-x" is in vpc-2, the endpoint in vpc-1: name a security group of the same VPC',
    ]);
  });

  it("knows the group and the table that a VPC brings", () => {
    const aws = cloud();
    const { outputs } = aws.create(subject("aws:ec2/vpc:Vpc"), { cidrBlock: "10.0.0.0/16" });
    const [groupId = "", tableId = ""] = [outputs.defaultSecurityGroupId, outputs.mainRouteTableId].map(String);
    const rule = { ipProtocol: "-1", cidrIpv4: "10.0.0.0/16" };
    const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    expect(refusals(aws, INGRESS, { ...rule, securityGroupId: groupId })).to.deep.equal([]);
    expect(refusals(aws, "aws:ec2/vpcEndpoint:VpcEndpoint", { vpcId: "vpc-1", serviceName: "s", routeTableIds: [tableId] })).to.have.lengthOf(1); // prettier-ignore
  });
});

describe("offline providers: roles, keys, zones, certificates and tags, in whatever type", () => {
  const gone = (type: string, id: string): string =>
    `no ${type} "${id}" exists in this account and region: create it first, or name one that exists`;

  it("looks for roles and keys of this account, and for no others", () => {
    const stream = (kmsKeyArn: string) =>
      about("aws:glue/job:Job", { roleArn: ROLE, securityConfiguration: "s", kmsKeyArn }, "kmsKeyArn");
    expect(stream(KEY)).to.include(`kmsKeyArn: ${gone("aws:kms/key:Key", KEY)}`);
    expect(stream(KEY.replace("1111", "9999"))).to.not.include("no aws:kms");
    const job = (roleArn: string) => about("aws:batch/computeEnvironment:ComputeEnvironment", { serviceRole: roleArn }, "serviceRole"); // prettier-ignore
    expect(job(`${ROLE}9`)).to.deep.equal([`serviceRole: ${gone("aws:iam/role:Role", `${ROLE}9`)}`]);
    expect(job("arn:aws:iam::111122223333:role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch")).to.deep.equal([]); // prettier-ignore
  });

  it("knows the zones of a region wherever one is named", () => {
    const zones = "eu-central-1a, eu-central-1b, eu-central-1c";
    const volume = (availabilityZone: string) =>
      refusals(cloud(), "aws:ebs/volume:Volume", { availabilityZone, size: 1 });
    expect(volume("eu-central-1c")).to.deep.equal([]);
    expect(volume("us-east-1a")).to.deep.equal([
      `availabilityZone: "us-east-1a" is not a zone of eu-central-1: it has ${zones}`,
    ]);
    const cluster = { engine: "aurora-postgresql", availabilityZones: ["eu-central-1a", "eu-central-1f"] };
    expect(about("aws:rds/cluster:Cluster", cluster, "availabilityZones")).to.deep.equal([
      `availabilityZones[1]: "eu-central-1f" is not a zone of eu-central-1: it has ${zones}`,
    ]);
  });

  it("wants CloudFront's certificates in us-east-1, and all others in the region", () => {
    const certificate = (region: string) => `arn:aws:acm:${region}:111122223333:certificate/1`;
    const there = "aws:acm/certificate:Certificate";
    const aws = () =>
      cloudOf(...["us-east-1", "eu-central-1"].map((region) => ({ type: there, id: certificate(region) })));
    const front = (region: string) =>
      refusals(aws(), "aws:cloudfront/distribution:Distribution", {
        viewerCertificate: { acmCertificateArn: certificate(region) },
      });
    expect(front("us-east-1")).to.deep.equal([]);
    expect(front("eu-central-1")).to.deep.equal([
      "viewerCertificate.acmCertificateArn: the certificate is of eu-central-1, and must be of us-east-1: request one in us-east-1",
    ]);
    const http = (region: string) =>
      refusals(aws(), "aws:apigatewayv2/domainName:DomainName", {
        domainName: "api.example.com",
        domainNameConfiguration: { certificateArn: certificate(region) },
      });
    expect(http("eu-central-1")).to.deep.equal([]);
    expect(http("us-east-1")).to.deep.equal([
      "domainNameConfiguration.certificateArn: the certificate is of us-east-1, and must be of eu-central-1: request one in eu-central-1",
    ]);
    const rest = (property: string, region: string) =>
      refusals(aws(), "aws:apigateway/domainName:DomainName", { domainName: "a.b", [property]: certificate(region) });
    expect(rest("certificateArn", "us-east-1")).to.deep.equal([]);
    expect(rest("regionalCertificateArn", "eu-central-1")).to.deep.equal([]);
    expect(rest("certificateArn", "eu-central-1")).to.deep.equal([
      "certificateArn: the certificate is of eu-central-1, and must be of us-east-1: request one in us-east-1",
    ]);
  });

  it("takes fifty tags, none of them AWS's own", () => {
    const tagged = (tags: Values) => refusals(cloud(), "aws:kinesis/stream:Stream", { name: "s", shardCount: 1, tags });
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`t${at}`, "v"]));
    expect(tagged(many(50))).to.deep.equal([]);
    expect(tagged(many(51))).to.deep.equal(["tags: 51 tags, and a resource may have 50: leave some out"]);
    expect(tagged({ "aws:team": "sea" })).to.deep.equal([
      'tags["aws:team"]: keys that begin with "aws:" belong to AWS: choose another',
    ]);
    expect(tagged({ team: "s".repeat(257) })).to.deep.equal([
      'tags["team"]: a value of 257 characters: 256 are allowed, shorten it',
    ]);
  });
});
