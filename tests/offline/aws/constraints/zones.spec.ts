import { expect } from "chai";
import type { Emulation } from "../../../../offline/providers/core/emulation";
import type { Values } from "../../../../offline/providers/core/values";
import { subject } from "../../providers/support";
import { type Case, judged } from "./cases";
import { declares } from "./declared";
import { cloudOf, refusals } from "./support";

const subnets = [["a", "1", "a"], ["a2", "1", "a"], ["b", "1", "b"], ["c", "1", "c"], ["far", "2", "c"]] as const; // prettier-ignore
const trust = (Service: string): string =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service } }] });
const FILES = "aws:efs/fileSystem:FileSystem";
const MOUNT = "aws:efs/mountTarget:MountTarget";

const cloud = (): Emulation =>
  cloudOf(
    ...["1", "2"].map((n) => ({ type: "aws:ec2/vpc:Vpc", id: `vpc-${n}`, inputs: { cidrBlock: `10.${n}.0.0/16` } })),
    ...subnets.map(([name, vpc, zone]) => ({
      ...{ type: "aws:ec2/subnet:Subnet", id: `subnet-${name}` },
      inputs: { vpcId: `vpc-${vpc}`, availabilityZone: `eu-central-1${zone}` },
    })),
    { type: "aws:ec2/securityGroup:SecurityGroup", id: "sg-1", inputs: { vpcId: "vpc-1" } },
    { type: "aws:iam/role:Role", id: "eks", inputs: { assumeRolePolicy: trust("eks.amazonaws.com") } },
    { type: "aws:iam/role:Role", id: "rds", inputs: { assumeRolePolicy: trust("rds.amazonaws.com") } },
    ...["fs-1", "fs-2"].map((id) => ({ type: FILES, id })),
  );
const of = (...names: string[]): string[] => names.map((name) => `subnet-${name}`);
const [ONE, TWO] = [of("a", "a2"), of("a", "b")];
const reason = (what: string, error: string): string =>
  `all subnets are in eu-central-1a, and ${what} covers two zones at least (${error}): add one of another zone`;
const group = `subnetIds: ${reason("a DB subnet group", "DBSubnetGroupDoesNotCoverEnoughAZs")}`;
const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
const domain = (
  subnetIds: string[],
  clusterConfig: Values = { zoneAwarenessEnabled: true, instanceCount: 2 },
): Values => ({
  ...{ domainName: "d", vpcOptions: { subnetIds }, clusterConfig },
});
const three = { zoneAwarenessEnabled: true, zoneAwarenessConfig: { availabilityZoneCount: 3 } };

const CASES: readonly Case[] = [
  ["aws:docdb/subnetGroup:SubnetGroup", { name: "g", subnetIds: TWO }, [[{ subnetIds: ONE }, group]]],
  ["aws:eks/cluster:Cluster", { name: "c", roleArn: role("eks"), vpcConfig: { subnetIds: TWO } }, [
    [{ vpcConfig: { subnetIds: ONE } }, `vpcConfig.subnetIds: ${reason("a cluster", "InvalidParameterException")}`],
  ]],
  ["aws:opensearch/domain:Domain", domain(TWO), [
    [domain(ONE), "vpcOptions.subnetIds: 2 subnets in 1 zones, and the domain stands in 2 (ValidationException): name one subnet of each zone"],
    [domain(TWO, { zoneAwarenessEnabled: true, instanceCount: 1 }), "clusterConfig.instanceCount: 1 nodes can't stand in 2 zones (ValidationException): one for each at least"],
    [domain(TWO, { ...three, instanceCount: 3 }), "vpcOptions.subnetIds: 2 subnets in 2 zones, and the domain stands in 3 (ValidationException): name one subnet of each zone"],
    [domain(TWO, {}), "vpcOptions.subnetIds: 2 subnets, and a domain without zone awareness takes one (ValidationException): name one, or set clusterConfig.zoneAwarenessEnabled to true"],
  ]],
]; // prettier-ignore

describe("offline providers: what stands in several zones", () => {
  judged(cloud, CASES);

  it("takes a domain of one zone, and one of three", () => {
    expect(refusals(cloud(), "aws:opensearch/domain:Domain", domain(of("a"), {}))).to.deep.equal([]);
    const wide = domain(of("a", "b", "c"), { ...three, instanceCount: 3 });
    expect(refusals(cloud(), "aws:opensearch/domain:Domain", wide)).to.deep.equal([]);
  });

  it("reads inputs that the SDK declares", () => {
    for (const [type, path] of [
      ["aws:eks/cluster:Cluster", "vpcConfig.subnetIds"],
      ["aws:opensearch/domain:Domain", "clusterConfig.zoneAwarenessConfig.availabilityZoneCount"],
      ["aws:opensearch/domain:Domain", "vpcOptions.subnetIds"],
    ] as const)
      expect(declares(type, path), `${type} ${path}`).to.equal(true);
  });

  it("mounts a file system once in a zone, and in one VPC", () => {
    const aws = cloud();
    const mount = (subnetId: string, fileSystemId = "fs-1") => refusals(aws, MOUNT, { fileSystemId, subnetId });
    aws.create(subject(MOUNT, "first"), { fileSystemId: "fs-1", subnetId: "subnet-a" });
    expect(mount("subnet-a2")).to.deep.equal([
      "subnetId: fs-1 has a mount target in eu-central-1a already (MountTargetConflict): make one in each zone",
    ]);
    expect(mount("subnet-far")).to.deep.equal([
      'subnetId: "subnet-far" is in vpc-2, another mount target of fs-1 in vpc-1: name subnets of one VPC',
    ]);
    expect(mount("subnet-a2", "fs-2")).to.deep.equal([]);
    expect(mount("subnet-b")).to.deep.equal([]);
  });
});
