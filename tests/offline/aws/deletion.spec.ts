import { expect } from "chai";
import type { Emulation, Finding } from "../../../offline/providers/core/emulation";
import type { Values } from "../../../offline/providers/core/values";
import { subject } from "../providers/support";
import { cloudOf } from "./constraints/support";

const ELB = "arn:aws:elasticloadbalancing:eu-central-1:111122223333";
const CERTIFICATE = "arn:aws:acm:eu-central-1:111122223333:certificate/1";
const POLICY = "arn:aws:iam::111122223333:policy/p";
const NLB = `${ELB}:loadbalancer/net/shop/1`;

const attempt = (aws: Emulation, type: string, id: string): string => {
  try {
    aws.delete(subject(type), id);
    return "deleted";
  } catch (error) {
    return String(error).replace(/^Error: /, "");
  }
};

/** What is used, by what, and how. */
const USED: readonly (readonly [target: Finding, user: string, inputs: Values])[] = [
  [{ type: "aws:ec2/vpc:Vpc", id: "vpc-1" }, "aws:ec2/subnet:Subnet", { vpcId: "vpc-1" }],
  [{ type: "aws:ec2/vpc:Vpc", id: "vpc-1" }, "aws:ec2/internetGateway:InternetGateway", { vpcId: "vpc-1" }],
  [{ type: "aws:ec2/vpc:Vpc", id: "vpc-1" }, "aws:ec2/vpcEndpoint:VpcEndpoint", { vpcId: "vpc-1", serviceName: "s" }],
  [{ type: "aws:ec2/vpc:Vpc", id: "vpc-1" }, "aws:ec2/vpnGateway:VpnGateway", { vpcId: "vpc-1" }],
  [{ type: "aws:ec2/vpc:Vpc", id: "vpc-1" }, "aws:ec2/securityGroup:SecurityGroup", { vpcId: "vpc-1", name: "n" }],
  [{ type: "aws:ec2/subnet:Subnet", id: "subnet-1" }, "aws:ec2/networkInterface:NetworkInterface", { subnetId: "subnet-1" }],
  [{ type: "aws:ec2/subnet:Subnet", id: "subnet-1" }, "aws:lambda/function:Function", { name: "f", role: "x", packageType: "Image", vpcConfig: { subnetIds: ["subnet-1"], securityGroupIds: [] } }],
  [{ type: "aws:ec2/subnet:Subnet", id: "subnet-1" }, "aws:efs/mountTarget:MountTarget", { fileSystemId: "fs", subnetId: "subnet-1" }],
  [{ type: "aws:ec2/securityGroup:SecurityGroup", id: "sg-1" }, "aws:ec2/instance:Instance", { vpcSecurityGroupIds: ["sg-1"] }],
  [{ type: "aws:ec2/securityGroup:SecurityGroup", id: "sg-1" }, "aws:ec2/securityGroup:SecurityGroup", { name: "n", ingress: [{ protocol: "tcp", fromPort: 1, toPort: 1, securityGroups: ["sg-1"] }] }],
  [{ type: "aws:ec2/eip:Eip", id: "eipalloc-1" }, "aws:ec2/eipAssociation:EipAssociation", { allocationId: "eipalloc-1" }],
  [{ type: "aws:iam/role:Role", id: "r" }, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", { role: "r", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }],
  [{ type: "aws:iam/role:Role", id: "r" }, "aws:iam/instanceProfile:InstanceProfile", { role: "r", name: "i" }],
  [{ type: "aws:iam/policy:Policy", id: POLICY }, "aws:iam/userPolicyAttachment:UserPolicyAttachment", { user: "ann", policyArn: POLICY }],
  [{ type: "aws:acm/certificate:Certificate", id: CERTIFICATE }, "aws:apigatewayv2/domainName:DomainName", { domainName: "a.b", domainNameConfiguration: { certificateArn: CERTIFICATE } }],
  [{ type: "aws:lb/targetGroup:TargetGroup", id: `${ELB}:targetgroup/t/1` }, "aws:lb/listener:Listener", { loadBalancerArn: NLB, protocol: "TCP", port: 1, defaultActions: [{ type: "forward", forward: { targetGroups: [{ arn: `${ELB}:targetgroup/t/1` }] } }] }],
  [{ type: "aws:lb/loadBalancer:LoadBalancer", id: NLB }, "aws:apigateway/vpcLink:VpcLink", { name: "l", targetArn: NLB }],
  [{ type: "aws:rds/subnetGroup:SubnetGroup", id: "g" }, "aws:rds/cluster:Cluster", { clusterIdentifier: "c", dbSubnetGroupName: "g", skipFinalSnapshot: true }],
  [{ type: "aws:rds/parameterGroup:ParameterGroup", id: "g" }, "aws:rds/instance:Instance", { identifier: "i", username: "me", manageMasterUserPassword: true, parameterGroupName: "g", skipFinalSnapshot: true }],
  [{ type: "aws:rds/cluster:Cluster", id: "c", inputs: { skipFinalSnapshot: true } }, "aws:rds/clusterInstance:ClusterInstance", { identifier: "i", clusterIdentifier: "c" }],
  [{ type: "aws:efs/fileSystem:FileSystem", id: "fs" }, "aws:efs/mountTarget:MountTarget", { fileSystemId: "fs", subnetId: "subnet-2" }],
  [{ type: "aws:eks/cluster:Cluster", id: "k" }, "aws:eks/nodeGroup:NodeGroup", { clusterName: "k", subnetIds: [] }],
  [{ type: "aws:apigateway/deployment:Deployment", id: "d" }, "aws:apigateway/stage:Stage", { restApi: "a", stageName: "s", deployment: "d" }],
  [{ type: "aws:apigateway/restApi:RestApi", id: "a" }, "aws:apigateway/basePathMapping:BasePathMapping", { restApi: "a", domainName: "a.b" }],
  [{ type: "aws:cloudwatch/eventRule:EventRule", id: "r" }, "aws:cloudwatch/eventTarget:EventTarget", { rule: "r", arn: "arn:aws:lambda:eu-central-1:999:function:f" }],
  [{ type: "aws:route53/zone:Zone", id: "Z1" }, "aws:route53/record:Record", { zoneId: "Z1", name: "a.b", type: "A", ttl: 60, records: ["192.0.2.1"] }],
]; // prettier-ignore

/** What the users above name besides. */
const BESIDE: readonly Finding[] = [
  { type: "aws:ec2/subnet:Subnet", id: "subnet-2" },
  { type: "aws:efs/fileSystem:FileSystem", id: "fs" },
  { type: "aws:iam/role:Role", id: "x" },
  { type: "aws:lb/loadBalancer:LoadBalancer", id: NLB },
  { type: "aws:apigateway/restApi:RestApi", id: "a" },
];

describe("offline providers: what AWS does not delete while it is used", () => {
  for (const [target, user, inputs] of USED)
    it(`${target.type} by ${user}`, () => {
      const aws = cloudOf(target, ...BESIDE);
      const made = aws.create(subject(user, "user"), inputs);
      const record = aws.existing(user).find(({ urn }) => urn !== "")?.id ?? "";
      expect(attempt(aws, target.type, target.id)).to.equal(
        `${target.type} "${target.id}" can't be deleted: it is in use by ${user} "${record}": delete those first`,
      );
      expect(attempt(aws, user, made.id)).to.equal("deleted");
      expect(attempt(aws, target.type, target.id)).to.equal("deleted");
    });

  it("an alarm by a composite alarm", () => {
    const aws = cloudOf({ type: "aws:cloudwatch/metricAlarm:MetricAlarm", id: "errors" });
    const group = subject("aws:cloudwatch/compositeAlarm:CompositeAlarm");
    const { id, outputs } = aws.create(group, { alarmName: "c", alarmRule: 'ALARM("slow") OR ALARM("errors")' });
    const refused = "composite alarm c depends on it: remove it from the rule first";
    expect(attempt(aws, "aws:cloudwatch/metricAlarm:MetricAlarm", "errors")).to.contain(refused);
    aws.update(group, id, outputs, { alarmName: "c", alarmRule: 'ALARM("slow")' });
    expect(attempt(aws, "aws:cloudwatch/metricAlarm:MetricAlarm", "errors")).to.equal("deleted");
  });

  it("lets go of what names it where the resource is told to", () => {
    const role = { type: "aws:iam/role:Role", id: "r", inputs: { forceDetachPolicies: true } };
    const zone = { type: "aws:route53/zone:Zone", id: "Z1", inputs: { forceDestroy: true } };
    const aws = cloudOf(role, zone);
    const policyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    aws.create(subject("aws:iam/rolePolicyAttachment:RolePolicyAttachment"), { role: "r", policyArn });
    const record = { zoneId: "Z1", name: "a.b", type: "A", ttl: 60, records: ["192.0.2.1"] };
    aws.create(subject("aws:route53/record:Record"), record);
    expect(attempt(aws, role.type, "r")).to.equal("deleted");
    expect(attempt(aws, zone.type, "Z1")).to.equal("deleted");
  });
});

/** What protects itself, and how that is taken off. */
const PROTECTED: readonly (readonly [type: string, on: Values, off: Values, reason: string])[] = [
  ["aws:dynamodb/table:Table", { name: "table", hashKey: "id", billingMode: "PAY_PER_REQUEST", attributes: [{ name: "id", type: "S" }], deletionProtectionEnabled: true }, { deletionProtectionEnabled: false }, "deletionProtectionEnabled is on"],
  ["aws:lb/loadBalancer:LoadBalancer", { name: "t", enableDeletionProtection: true }, { enableDeletionProtection: false }, "enableDeletionProtection is on"],
  ["aws:rds/cluster:Cluster", { clusterIdentifier: "t", deletionProtection: true, skipFinalSnapshot: true }, { deletionProtection: false }, "deletionProtection is on"],
  ["aws:docdb/cluster:Cluster", { clusterIdentifier: "t", deletionProtection: true, skipFinalSnapshot: true }, { deletionProtection: false }, "deletionProtection is on"],
  ["aws:eks/cluster:Cluster", { name: "t", deletionProtection: true }, { deletionProtection: false }, "deletionProtection is on"],
  ["aws:ec2/instance:Instance", { disableApiTermination: true }, { disableApiTermination: false }, "disableApiTermination is on"],
]; // prettier-ignore

describe("offline providers: what AWS does not delete while it is protected", () => {
  for (const [type, on, off, reason] of PROTECTED)
    it(type, () => {
      const aws = cloudOf();
      const { id, outputs } = aws.create(subject(type), on);
      expect(attempt(aws, type, id)).to.equal(
        `${type} "${id}" can't be deleted: ${reason}: set it to false and update first, then delete`,
      );
      aws.update(subject(type), id, outputs, { ...on, ...off });
      expect(attempt(aws, type, id)).to.equal("deleted");
    });

  it("keeps a bucket with objects, unless told to destroy them", () => {
    for (const [forceDestroy, expected] of [
      [false, 'it is not empty (BucketNotEmpty): it holds 1 objects, such as "orders/k"'],
      [true, "deleted"],
    ] as const) {
      const aws = cloudOf();
      aws.create(subject("aws:s3/bucket:Bucket"), { bucket: "orders", forceDestroy });
      aws.create(subject("aws:s3/bucketObjectv2:BucketObjectv2"), { bucket: "orders", key: "k" });
      expect(attempt(aws, "aws:s3/bucket:Bucket", "orders")).to.contain(expected);
    }
  });

  it("keeps a protected database, and one whose last snapshot has no name", () => {
    const inputs = {
      identifier: "db",
      instanceClass: "db.t3.micro",
      engine: "postgres",
      username: "me",
      manageMasterUserPassword: true,
    };
    const outcome = (more: Values): string => {
      const aws = cloudOf();
      const { id } = aws.create(subject("aws:rds/instance:Instance"), { ...inputs, ...more });
      return attempt(aws, "aws:rds/instance:Instance", id);
    };
    expect(outcome({ deletionProtection: true })).to.contain(
      "deletionProtection is on: set it to false and update first",
    );
    expect(outcome({})).to.contain("finalSnapshotIdentifier is missing: name the last snapshot");
    expect(outcome({ skipFinalSnapshot: true })).to.equal("deleted");
  });
});
