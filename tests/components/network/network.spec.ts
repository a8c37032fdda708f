import { expect } from "chai";
import { Network, type NetworkArgs } from "../../../components/network";
import { type Deployment, deploy, outputOf, type Registered } from "../../../offline/providers/mocks";

const ARGS: NetworkArgs = {
  placement: { partition: "aws", region: "eu-central-1", accountId: "111122223333" },
  cidr: "10.0.0.0/16",
  zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
};
const start = (change: Partial<NetworkArgs> = {}): Promise<Deployment<Network>> =>
  deploy(() => new Network("network", { ...ARGS, ...change }));
const idsOf = (resources: readonly Registered[]) => resources.map(({ outputs }) => outputs.id);
const names = (resources: readonly Registered[]) => resources.map(({ name }) => name).sort();
const document = (text: unknown) => JSON.parse(String(text)) as { readonly Statement: readonly unknown[] };
const subnets = ({ ofType }: Deployment<Network>, tier: string) =>
  ofType("aws:ec2/subnet:Subnet").filter(({ name }) => name.startsWith(`network-${tier}-`));
const tables = ({ ofType }: Deployment<Network>, tier: string) =>
  ofType("aws:ec2/routeTable:RouteTable").filter(({ name }) => name.startsWith(`network-${tier}-`));

describe("Network", () => {
  let plain: Deployment<Network>;
  let instance: Deployment<Network>;
  before(async () => {
    [plain, instance] = [await start(), await start({ nat: { instanceType: "t4g.nano" } })];
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
        "aws:ec2/route:Route network-public-1",
        "aws:ec2/route:Route network-public-2",
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
        "awsx:ec2:Vpc network",
        ...["public", "private", "isolated"].flatMap((tier) =>
          [1, 2].flatMap((zone) => perSubnet(`network-${tier}-${zone}`)),
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
    expect(plan("isolated").map(([, block]) => block)).to.deep.equal([
      "10.0.12.0/28",
      "10.0.12.16/28",
      "10.0.12.32/28",
    ]);
    expect(deployment.ofType("aws:ec2/subnet:Subnet").map(({ inputs }) => inputs.mapPublicIpOnLaunch)).to.deep.equal(
      Array<boolean>(9).fill(false),
    );
  });

  it("hands out subnets in the order of zones", async () => {
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

  describe("NAT", () => {
    const routes = async (nat: NonNullable<NetworkArgs["nat"]>) => {
      const deployment = await start({ nat });
      const gateways = deployment.ofType("aws:ec2/natGateway:NatGateway");
      const leaving = deployment
        .ofType("aws:ec2/route:Route")
        .filter(({ inputs }) => inputs.natGatewayId !== undefined)
        .map(({ inputs }) => [
          tables(deployment, "private").findIndex(({ outputs }) => outputs.id === inputs.routeTableId),
          gateways.find(({ outputs }) => outputs.id === inputs.natGatewayId)?.name,
        ]);
      return { deployment, leaving: leaving.sort() };
    };

    it("is one gateway for all zones by default", () => {
      expect(names(plain.ofType("aws:ec2/natGateway:NatGateway"))).to.deep.equal(["network-nat-eu-central-1a"]);
    });

    it("shares two gateways between three zones", async () => {
      expect((await routes({ count: 2 })).leaving).to.deep.equal([
        [0, "network-nat-eu-central-1a"],
        [1, "network-nat-eu-central-1b"],
        [2, "network-nat-eu-central-1a"],
      ]);
    });

    it("gives each zone its own, in its own public subnet", async () => {
      const { deployment, leaving } = await routes("per-zone");
      expect(leaving).to.deep.equal([
        [0, "network-nat-eu-central-1a"],
        [1, "network-nat-eu-central-1b"],
        [2, "network-nat-eu-central-1c"],
      ]);
      const places = deployment.ofType("aws:ec2/natGateway:NatGateway").map(({ inputs }) => inputs.subnetId);
      expect(places).to.have.members(idsOf(subnets(deployment, "public")));
      expect(await outputOf(deployment.result.natPublicIps)).to.deep.equal(
        ["a", "b", "c"].map(
          (zone) => deployment.one("aws:ec2/eip:Eip", `network-nat-eu-central-1${zone}`).outputs.publicIp,
        ),
      );
    });

    it("can be none, and then nothing may reach the internet", async () => {
      const { deployment, leaving } = await routes("none");
      expect(leaving).to.deep.equal([]);
      expect(deployment.ofType("aws:ec2/eip:Eip")).to.deep.equal([]);
      expect(await outputOf(deployment.result.natPublicIps)).to.deep.equal([]);
      expect(() => deployment.result.grantInternet()).to.throw("nat");
    });
  });

  describe("NAT instance", () => {
    it("forwards for every zone", () => {
      const deployment = instance;
      const machine = deployment.one("aws:ec2/instance:Instance");
      const targets = deployment
        .ofType("aws:ec2/route:Route")
        .filter(({ name }) => name.startsWith("network-nat-"))
        .map(({ inputs }) => inputs.networkInterfaceId);
      expect(targets).to.deep.equal(Array<unknown>(3).fill(machine.outputs.primaryNetworkInterfaceId));
      expect(machine.inputs.sourceDestCheck).to.equal(false);
      expect(deployment.one("aws:ec2/eip:Eip").inputs.instance).to.equal(machine.outputs.id);
      expect(deployment.ofType("aws:ec2/natGateway:NatGateway")).to.deep.equal([]);
    });

    it("has token-only metadata, an encrypted disk and an image that EC2 looks up", () => {
      const { one } = instance;
      const { inputs } = one("aws:ec2/launchTemplate:LaunchTemplate");
      expect(inputs.imageId).to.equal(
        "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
      );
      const metadata = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 };
      expect(inputs.metadataOptions).to.deep.equal(metadata);
      expect(one("aws:ec2/instance:Instance").inputs.metadataOptions).to.deep.equal(metadata);
      expect(inputs.blockDeviceMappings).to.deep.equal([
        { deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeType: "gp3", deleteOnTermination: "true" } },
      ]);
      expect(Buffer.from(String(inputs.userData), "base64").toString()).to.contain(
        "ip saddr 10.0.0.0/16 ip daddr != 10.0.0.0/16 masquerade",
      );
    });

    it("lets in the VPC and nobody else", () => {
      const { ofType } = instance;
      const rules = ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
      expect(rules.map(({ inputs }) => inputs.cidrIpv4)).to.deep.equal(["10.0.0.0/16"]);
    });
  });

  describe("endpoints", () => {
    it("are gateways in private and isolated route tables, always", () => {
      const deployment = plain;
      const all = deployment.ofType("aws:ec2/vpcEndpoint:VpcEndpoint");
      expect(names(all)).to.deep.equal(["network-dynamodb", "network-s3"]);
      for (const { inputs } of all) {
        expect(inputs.routeTableIds).to.deep.equal(
          idsOf([...tables(deployment, "private"), ...tables(deployment, "isolated")]),
        );
      }
    });

    it("let through this account's own, and image layers", async () => {
      const { one } = await start({ endpoints: ["sqs"] });
      const policy = (name: string) => document(one("aws:ec2/vpcEndpoint:VpcEndpoint", name).inputs.policy).Statement;
      const own = { "aws:PrincipalAccount": "111122223333" };
      const resources = { ...own, "aws:ResourceAccount": "111122223333" };
      const any = { Effect: "Allow", Principal: "*" };
      const gateway = { ...any, Sid: "OwnResources", Resource: "*", Condition: { StringEquals: resources } };
      expect(policy("network-s3")).to.deep.equal([
        { ...gateway, Action: "s3:*" },
        {
          ...any,
          Sid: "ImageLayers",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*",
        },
      ]);
      expect(policy("network-dynamodb")).to.deep.equal([{ ...gateway, Action: "dynamodb:*" }]);
      expect(policy("network-sqs")).to.deep.equal([
        { ...any, Sid: "OwnPrincipals", Action: "*", Resource: "*", Condition: { StringEquals: own } },
      ]);
    });

    it("are interfaces with private names in the first zones, reached from private subnets on 443", async () => {
      const deployment = await start({ endpoints: ["ecr.api"], endpointZones: 2 });
      const { inputs } = deployment.one("aws:ec2/vpcEndpoint:VpcEndpoint", "network-ecr-api");
      const group = deployment.one("aws:ec2/securityGroup:SecurityGroup").outputs.id;
      expect(inputs.serviceName).to.equal("com.amazonaws.eu-central-1.ecr.api");
      expect(inputs.privateDnsEnabled).to.equal(true);
      expect(inputs.subnetIds).to.deep.equal(idsOf(subnets(deployment, "private").slice(0, 2)));
      expect(inputs.securityGroupIds).to.deep.equal([group]);
      const rules = deployment.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
      expect(rules.map((rule) => [rule.inputs.cidrIpv4, rule.inputs.fromPort, rule.inputs.toPort])).to.deep.equal(
        ["10.0.6.0/24", "10.0.7.0/24", "10.0.8.0/24"].map((block) => [block, 443, 443]),
      );
      expect(await outputOf(deployment.result.endpointSecurityGroupId)).to.equal(group);
    });
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
          StringEquals: { "aws:SourceAccount": "111122223333" },
          ArnLike: { "aws:SourceArn": "arn:aws:ec2:eu-central-1:111122223333:vpc-flow-log/*" },
        },
      },
    ]);
    expect(document(one("aws:iam/rolePolicy:RolePolicy").inputs.policy).Statement).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"],
        Resource: `${String(group.outputs.arn)}:*`,
      },
    ]);
  });

  describe("grants", () => {
    it("open the way to endpoints: the group and S3's prefix list", async () => {
      const { result } = await start({ endpoints: ["sqs"] });
      expect(result.grantEndpoints()).to.deep.equal({
        connections: [
          { securityGroupId: result.endpointSecurityGroupId, port: 443, acceptsVpc: true },
          { prefixListId: result.s3PrefixListId, port: 443 },
        ],
      });
    });

    it("know no group without interface endpoints", () => {
      const { result } = plain;
      expect(result.endpointSecurityGroupId).to.equal(undefined);
      expect(result.grantEndpoints()).to.deep.equal({
        connections: [{ prefixListId: result.s3PrefixListId, port: 443 }],
      });
    });

    it("open the way to the internet by HTTPS only", () => {
      const { result } = plain;
      expect(result.grantInternet()).to.deep.equal({ connections: [{ cidrIpv4: "0.0.0.0/0", port: 443 }] });
    });
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
        subnet: (args, name) => {
          if (name === "network-public-1") args.mapPublicIpOnLaunch = true;
        },
        flowLog: { maxAggregationInterval: 60 },
        natGateway: (args, _opts, name) => {
          args.tags = { Name: name };
        },
      },
    });
    expect(one("aws:ec2/vpc:Vpc").inputs.enableNetworkAddressUsageMetrics).to.equal(true);
    expect(one("aws:ec2/subnet:Subnet", "network-public-1").inputs.mapPublicIpOnLaunch).to.equal(true);
    expect(one("aws:ec2/subnet:Subnet", "network-public-2").inputs.mapPublicIpOnLaunch).to.equal(false);
    expect(one("aws:ec2/flowLog:FlowLog").inputs.maxAggregationInterval).to.equal(60);
    expect(one("aws:ec2/natGateway:NatGateway").inputs.tags).to.deep.equal({ Name: "network-nat-eu-central-1a" });
  });

  it("previews with everything that the cloud computes unknown", async () => {
    const { resources } = await deploy(() => new Network("network", { ...ARGS, nat: "per-zone", endpoints: ["sqs"] }), {
      preview: true,
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
