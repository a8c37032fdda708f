import { expect } from "chai";
import { Network } from "../../../../components/aws/network";
import { type Deployment, deploy, outputOf } from "../../../../offline/providers/mocks";
import { ARGS, start, idsOf, document, subnets } from "./support";

describe("Network", () => {
  let plain: Deployment<Network>;
  before(async () => {
    plain = await start();
  });

  it("creates exactly these children", async () => {
    const { resources } = await start({ nat: { count: 2 }, endpoints: ["ecr.api"], zones: ARGS.zones.slice(0, 2) });
    const perSubnet = (name: string) => [
      `aws:ec2/routeTable:RouteTable ${name}`,
      `aws:ec2/routeTableAssociation:RouteTableAssociation ${name}`,
      `aws:ec2/subnet:Subnet ${name}`,
    ];
    expect(resources.map(({ type, name }) => `${type} ${name}`).sort()).to.deep.equal(
      [
        "archipelago:base:EncryptionKey network-flow-logs",
        "archipelago:network:Network network",
        "aws:cloudwatch/logGroup:LogGroup network-flow-logs",
        "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl network-default",
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup network-default",
        "aws:ec2/eip:Eip network-nat-eu-central-1a",
        "aws:ec2/eip:Eip network-nat-eu-central-1b",
        "aws:ec2/flowLog:FlowLog network-flow-logs",
        "aws:ec2/internetGateway:InternetGateway network",
        "aws:ec2/natGateway:NatGateway network-nat-eu-central-1a",
        "aws:ec2/natGateway:NatGateway network-nat-eu-central-1b",
        "aws:ec2/networkAcl:NetworkAcl network-isolated",
        "aws:ec2/networkAcl:NetworkAcl network-private",
        "aws:ec2/networkAcl:NetworkAcl network-public",
        "aws:ec2/route:Route network-nat-eu-central-1a",
        "aws:ec2/route:Route network-nat-eu-central-1b",
        "aws:ec2/route:Route network-public-eu-central-1a",
        "aws:ec2/route:Route network-public-eu-central-1b",
        "aws:ec2/securityGroup:SecurityGroup network-endpoints",
        "aws:ec2/vpc:Vpc network",
        "aws:ec2/vpcEndpoint:VpcEndpoint network-dynamodb",
        "aws:ec2/vpcEndpoint:VpcEndpoint network-ecr-api",
        "aws:ec2/vpcEndpoint:VpcEndpoint network-s3",
        "aws:iam/role:Role network-flow-logs",
        "aws:iam/rolePolicy:RolePolicy network-flow-logs",
        "aws:kms/alias:Alias network-flow-logs-alias",
        "aws:kms/key:Key network-flow-logs-key",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule network-endpoints-from-eu-central-1a",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule network-endpoints-from-eu-central-1b",
        ...["public", "private", "isolated"].flatMap((tier) =>
          ["a", "b"].flatMap((letter) => perSubnet(`network-${tier}-eu-central-1${letter}`)),
        ),
      ].sort(),
    );
  });

  it("lays subnets out in the allocator's blocks, none of them with public addresses", () => {
    const deployment = plain;
    const plan = (tier: string) =>
      subnets(deployment, tier).map(({ inputs }) => [inputs.availabilityZone, inputs.cidrBlock]);
    expect(plan("private")).to.deep.equal([
      ["eu-central-1a", "10.0.6.0/24"],
      ["eu-central-1b", "10.0.7.0/24"],
      ["eu-central-1c", "10.0.8.0/24"],
    ]);
    expect(plan("isolated").map(([, block]) => block)).to.deep.equal(["10.0.12.0/24", "10.0.13.0/24", "10.0.14.0/24"]);
    expect(deployment.ofType("aws:ec2/subnet:Subnet").map(({ inputs }) => inputs.mapPublicIpOnLaunch)).to.deep.equal(
      Array<boolean>(9).fill(false),
    );
  });

  it("hands out subnets in the order of the zones' letters", async () => {
    const deployment = plain;
    const { result } = deployment;
    expect(await outputOf(result.publicSubnetIds)).to.deep.equal(idsOf(subnets(deployment, "public")));
    expect(await outputOf(result.privateSubnetIds)).to.deep.equal(idsOf(subnets(deployment, "private")));
    expect(await outputOf(result.isolatedSubnetIds)).to.deep.equal(idsOf(subnets(deployment, "isolated")));
    expect(await outputOf(result.cidr)).to.equal("10.0.0.0/16");
  });

  it("empties the default security group and closes the default network ACL", () => {
    const { one } = plain;
    const group = one("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup").inputs;
    const acl = one("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl").inputs;
    expect([group.ingress, group.egress, acl.ingress, acl.egress]).to.deep.equal([[], [], [], []]);
    expect(acl.defaultNetworkAclId).to.equal(one("aws:ec2/vpc:Vpc").outputs.defaultNetworkAclId);
  });

  it("gives every tier's subnets an ACL of their own, which lets in what the tier is for", () => {
    const deployment = plain;
    const ports = (tier: string) => {
      const { inputs } = deployment.one("aws:ec2/networkAcl:NetworkAcl", `network-${tier}`);
      expect(inputs.subnetIds).to.deep.equal(idsOf(subnets(deployment, tier)));
      return (inputs.ingress as Record<string, unknown>[])
        .filter(({ cidrBlock }) => cidrBlock === "0.0.0.0/0")
        .map(({ protocol, fromPort, toPort }) => `${String(protocol)} ${String(fromPort)}-${String(toPort)}`);
    };
    const answers = ["tcp 1024-65535", "udp 1024-65535"];
    expect(ports("public")).to.deep.equal([...answers, "tcp 80-80", "tcp 443-443"]);
    expect(ports("private")).to.deep.equal(answers);
    expect(ports("isolated")).to.deep.equal(["tcp 1024-65535"]);
  });

  it("keeps flow logs of all traffic, encrypted, by a role of their own", async () => {
    const { result, one } = await start({ flowLogRetentionInDays: 30 });
    const group = one("aws:cloudwatch/logGroup:LogGroup");
    const role = one("aws:iam/role:Role");
    expect(group.inputs.kmsKeyId).to.equal(await outputOf(result.nodes.flowLogKey.arn));
    expect(group.inputs.retentionInDays).to.equal(30);
    const { inputs } = one("aws:ec2/flowLog:FlowLog");
    expect([inputs.trafficType, inputs.logDestination, inputs.iamRoleArn]).to.deep.equal([
      "ALL",
      group.outputs.arn,
      role.outputs.arn,
    ]);
    expect(document(role.inputs.assumeRolePolicy).Statement).to.deep.equal([
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnLike: { "aws:SourceArn": "arn:aws:ec2:eu-central-1:123456789012:vpc-flow-log/*" },
        },
      },
    ]);
    expect(document(one("aws:iam/rolePolicy:RolePolicy").inputs.policy).Statement).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        Resource: `${String(group.outputs.arn)}:*`,
      },
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    ]);
  });

  it("puts its tags on every child that takes them", async () => {
    const { resources } = await start({ tags: { Team: "shop" }, endpoints: ["sqs"], nat: { instanceType: "t3.nano" } });
    const untagged = resources
      .filter(({ inputs }) => (inputs.tags as Record<string, string> | undefined)?.Team !== "shop")
      .map(({ type }) => type);
    expect([...new Set(untagged)].sort()).to.deep.equal([
      "archipelago:base:EncryptionKey",
      "archipelago:network:Network",
      "aws:ec2/route:Route",
      "aws:ec2/routeTableAssociation:RouteTableAssociation",
      "aws:iam/rolePolicy:RolePolicy",
      "aws:kms/alias:Alias",
    ]);
  });

  it("lets its user change any child", async () => {
    const { one } = await start({
      transform: {
        vpc: { enableNetworkAddressUsageMetrics: true },
        subnet: (args, _opts, name) => {
          if (name === "network-public-eu-central-1a") args.mapPublicIpOnLaunch = true;
        },
        flowLog: { maxAggregationInterval: 60 },
        natGateway: (args, _opts, name) => {
          args.tags = { Name: name };
        },
      },
    });
    expect(one("aws:ec2/vpc:Vpc").inputs.enableNetworkAddressUsageMetrics).to.equal(true);
    expect(one("aws:ec2/subnet:Subnet", "network-public-eu-central-1a").inputs.mapPublicIpOnLaunch).to.equal(true);
    expect(one("aws:ec2/subnet:Subnet", "network-public-eu-central-1b").inputs.mapPublicIpOnLaunch).to.equal(false);
    expect(one("aws:ec2/flowLog:FlowLog").inputs.maxAggregationInterval).to.equal(60);
    expect(one("aws:ec2/natGateway:NatGateway").inputs.tags).to.deep.equal({ Name: "network-nat-eu-central-1a" });
  });

  it("previews with everything that the cloud computes unknown", async () => {
    const { resources } = await deploy(() => new Network("network", { ...ARGS, nat: "per-zone", endpoints: ["sqs"] }), {
      preview: true,
      region: "eu-central-1",
    });
    const { resources: created } = await start({ nat: "per-zone", endpoints: ["sqs"] });
    expect(resources.map(({ urn }) => urn).sort()).to.deep.equal(created.map(({ urn }) => urn).sort());
  });

  it("creates nothing when an argument is wrong", async () => {
    const attempt = start({ zones: ["eu-west-1a"], nat: { count: 4 } });
    const message = await attempt.then(
      () => "no error",
      (error: unknown) => String(error),
    );
    expect(message).to.contain('archipelago:network:Network "network": 3 problems; nothing was created.');
  });
});
