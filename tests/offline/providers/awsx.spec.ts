import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { layOut, type LayoutRequest } from "../../../offline/providers/awsx/layout";
import { deploy, type Deployment, outputOf } from "../../../offline/providers/mocks";

const ZONES = ["eu-central-1a", "eu-central-1b"];

/** `type name < parent`, without the packages and modules that all have in common. */
function listed({ resources }: Deployment<unknown>): string[] {
  const short = (type: string): string => type.split(":").at(-1) ?? type;
  const own = (urn: string): string =>
    `${short(urn.split("::")[2]?.split("$").at(-1) ?? "")} ${urn.split("::")[3] ?? ""}`;
  return resources
    .map(({ type, name, parent }) => `${short(type)} ${name}${parent === undefined ? "" : ` < ${own(parent)}`}`)
    .sort();
}

const CHILDREN_OF_A_SMALL_VPC = [
  "Eip net-1 < Subnet net-public-1",
  "InternetGateway net < Vpc net",
  "NatGateway net-1 < Subnet net-public-1",
  "Route net-private-1 < RouteTable net-private-1",
  "Route net-private-2 < RouteTable net-private-2",
  "Route net-public-1 < RouteTable net-public-1",
  "Route net-public-2 < RouteTable net-public-2",
  "RouteTable net-data-1 < Subnet net-data-1",
  "RouteTable net-data-2 < Subnet net-data-2",
  "RouteTable net-private-1 < Subnet net-private-1",
  "RouteTable net-private-2 < Subnet net-private-2",
  "RouteTable net-public-1 < Subnet net-public-1",
  "RouteTable net-public-2 < Subnet net-public-2",
  "RouteTableAssociation net-data-1 < RouteTable net-data-1",
  "RouteTableAssociation net-data-2 < RouteTable net-data-2",
  "RouteTableAssociation net-private-1 < RouteTable net-private-1",
  "RouteTableAssociation net-private-2 < RouteTable net-private-2",
  "RouteTableAssociation net-public-1 < RouteTable net-public-1",
  "RouteTableAssociation net-public-2 < RouteTable net-public-2",
  "Subnet net-data-1 < Vpc net",
  "Subnet net-data-2 < Vpc net",
  "Subnet net-private-1 < Vpc net",
  "Subnet net-private-2 < Vpc net",
  "Subnet net-public-1 < Vpc net",
  "Subnet net-public-2 < Vpc net",
  "Vpc net",
  "Vpc net < Vpc net",
  "VpcEndpoint com.amazonaws.eu-central-1.s3 < Vpc net",
];

function smallVpc(natGateways: awsx.ec2.NatGatewayStrategy): awsx.ec2.Vpc {
  return new awsx.ec2.Vpc("net", {
    availabilityZoneNames: ZONES,
    cidrBlock: "10.0.0.0/16",
    natGateways: { strategy: natGateways },
    subnetStrategy: "Auto",
    subnetSpecs: [
      { type: "Public", cidrBlocks: ["10.0.0.0/24", "10.0.1.0/24"] },
      { type: "Private", cidrBlocks: ["10.0.16.0/20", "10.0.32.0/20"], tags: { tier: "app" } },
      { type: "Isolated", name: "data", cidrBlocks: ["10.0.2.0/24", "10.0.3.0/24"] },
    ],
    tags: { owner: "sea" },
    vpcEndpointSpecs: [{ serviceName: "com.amazonaws.eu-central-1.s3" }],
  });
}

/** Where the specs' zones are. */
const HERE = { region: "eu-central-1" };

describe("offline providers: awsx:ec2:Vpc", () => {
  it("registers exactly the published children under the published parents", async () => {
    expect(listed(await deploy(() => smallVpc("Single"), HERE))).to.deep.equal(CHILDREN_OF_A_SMALL_VPC);
  });

  it("has no NAT gateway with None, and one in each zone with OnePerAz", async () => {
    const nat = /^(Eip|NatGateway|Route net-private)/;
    const none = listed(await deploy(() => smallVpc("None"), HERE));
    expect(none).to.deep.equal(CHILDREN_OF_A_SMALL_VPC.filter((child) => !nat.test(child)));
    const each = listed(await deploy(() => smallVpc("OnePerAz"), HERE)).filter((child) =>
      /^(Eip|NatGateway)/.test(child),
    );
    expect(each).to.deep.equal([
      "Eip net-1 < Subnet net-public-1",
      "Eip net-2 < Subnet net-public-2",
      "NatGateway net-1 < Subnet net-public-1",
      "NatGateway net-2 < Subnet net-public-2",
    ]);
  });

  it("gives subnets their explicit ranges, zones and tags", async () => {
    const { one } = await deploy(() => smallVpc("None"), HERE);
    const { vpcId, ...subnet } = one("aws:ec2/subnet:Subnet", "net-private-2").inputs;
    expect(vpcId).to.equal(one("aws:ec2/vpc:Vpc").outputs.id);
    expect(subnet).to.deep.equal({
      assignIpv6AddressOnCreation: false,
      availabilityZone: "eu-central-1b",
      cidrBlock: "10.0.32.0/20",
      mapPublicIpOnLaunch: false,
      tags: { Name: "net-private-2", SubnetType: "Private", owner: "sea", tier: "app" },
    });
  });

  it("returns identifiers and children as the SDK promises", async () => {
    const { result, one, ofType } = await deploy(() => smallVpc("Single"), HERE);
    const ids = (kind: string) =>
      ofType("aws:ec2/subnet:Subnet")
        .filter(({ name }) => name.includes(kind))
        .map(({ outputs }) => outputs.id);
    expect(await outputOf(result.vpcId)).to.equal(one("aws:ec2/vpc:Vpc").outputs.id);
    expect(await outputOf(result.publicSubnetIds)).to.deep.equal(ids("public"));
    expect(await outputOf(result.privateSubnetIds)).to.deep.equal(ids("private"));
    expect(await outputOf(result.isolatedSubnetIds)).to.deep.equal(ids("data"));
    expect(await outputOf(result.vpc.cidrBlock)).to.equal("10.0.0.0/16");
    expect(
      await outputOf(pulumi.output(result.routeTables).apply((tables) => pulumi.all(tables.map(({ id }) => id)))),
    ).to.have.length(6);
    expect(await outputOf(result.subnetLayout)).to.deep.equal([
      { type: "Public", cidrBlocks: ["10.0.0.0/24", "10.0.1.0/24"] },
      { type: "Private", cidrBlocks: ["10.0.16.0/20", "10.0.32.0/20"] },
      { type: "Isolated", name: "data", cidrBlocks: ["10.0.2.0/24", "10.0.3.0/24"] },
    ]);
  });

  it("asks for zones only when none are named", async () => {
    const { ofType } = await deploy(() => {
      const provider = new aws.Provider("aws", { region: "eu-west-1" });
      return new awsx.ec2.Vpc("net", { numberOfAvailabilityZones: 2 }, { providers: { aws: provider } });
    });
    const zones = ofType("aws:ec2/subnet:Subnet").map(({ inputs }) => inputs.availabilityZone);
    expect([...new Set(zones)]).to.deep.equal(["eu-west-1a", "eu-west-1b"]);
  });
});

describe("offline providers: the VPC component's layouts", () => {
  const base: LayoutRequest = {
    name: "n",
    cidrBlock: "10.0.0.0/16",
    zones: ZONES,
    strategy: "Legacy",
    nameTags: "Legacy",
  };
  const blocks = (request: Partial<LayoutRequest>): string[] =>
    layOut({ ...base, ...request }).subnets.map(({ logicalName, cidrBlock }) => `${logicalName} ${cidrBlock}`);

  it("halves each zone by default", () => {
    expect(blocks({ zones: [...ZONES, "eu-central-1c"] })).to.deep.equal([
      "n-private-1 10.0.0.0/19",
      "n-private-2 10.0.64.0/19",
      "n-private-3 10.0.128.0/19",
      "n-public-1 10.0.32.0/20",
      "n-public-2 10.0.96.0/20",
      "n-public-3 10.0.160.0/20",
    ]);
  });

  it("groups private, public and isolated subnets in the legacy layout, whatever their order, and ignores explicit blocks", () => {
    const specs = [
      { type: "Isolated", cidrBlocks: ["10.9.0.0/24"] },
      { type: "Public", cidrBlocks: ["10.9.1.0/24"] },
      { type: "Private", cidrBlocks: ["10.9.2.0/24"] },
    ];
    expect(blocks({ zones: ["eu-central-1a"], specs })).to.deep.equal([
      "n-private-1 10.0.0.0/19",
      "n-public-1 10.0.32.0/20",
      "n-isolated-1 10.0.48.0/24",
    ]);
  });

  it("keeps the order of the specifications with Auto", () => {
    const specs = [
      { type: "Public", cidrMask: 24 },
      { type: "Unused", cidrMask: 24 },
      { type: "Private", size: 4096 },
    ];
    expect(blocks({ strategy: "Auto", specs })).to.deep.equal([
      "n-public-1 10.0.0.0/24",
      "n-unused-1 10.0.1.0/24",
      "n-private-1 10.0.16.0/20",
      "n-public-2 10.0.128.0/24",
      "n-unused-2 10.0.129.0/24",
      "n-private-2 10.0.144.0/20",
    ]);
  });

  it("adds the default kinds with AutoMerge", () => {
    expect(
      blocks({ strategy: "AutoMerge", zones: ["eu-central-1a"], specs: [{ type: "Isolated", cidrMask: 24 }] }),
    ).to.deep.equal(["n-private-1 10.0.0.0/17", "n-public-1 10.0.128.0/18", "n-isolated-1 10.0.192.0/24"]);
  });

  it("names the tags by zone when asked, and never the resources", () => {
    const { subnets } = layOut({ ...base, nameTags: "AvailabilityZone" });
    expect(subnets.map(({ logicalName, nameTag }) => [logicalName, nameTag])[1]).to.deep.equal([
      "n-private-2",
      "n-private-1b",
    ]);
  });

  const refusals: readonly (readonly [why: string, request: Partial<LayoutRequest>, message: string])[] = [
    [
      "gaps with Exact",
      { strategy: "Exact", specs: [{ type: "Public", cidrBlocks: ["10.0.0.0/24", "10.0.1.0/24"] }] },
      "There are gaps in the subnet ranges",
    ],
    [
      "overlaps",
      { strategy: "Auto", specs: [{ type: "Public", cidrBlocks: ["10.0.0.0/24", "10.0.0.0/25"] }] },
      "1. n-public-1: 10.0.0.0/24",
    ],
    [
      "too few blocks",
      { strategy: "Auto", specs: [{ type: "Public", cidrBlocks: ["10.0.0.0/24"] }] },
      "The number of CIDR blocks in subnetSpecs[0] must match the number of availability zones (2).",
    ],
    [
      "blocks for some only",
      {
        strategy: "Auto",
        specs: [{ type: "Public", cidrBlocks: ["10.0.0.0/24", "10.0.1.0/24"] }, { type: "Private" }],
      },
      "all subnets must have explicit cidrBlocks",
    ],
    [
      "too much",
      { strategy: "Auto", specs: [{ type: "Public", cidrMask: 16 }] },
      "Subnets are too large for VPC. VPC has 32768 addresses, but subnets require 65536 addresses.",
    ],
    [
      "two of a kind",
      { strategy: "Auto", specs: [{ type: "Public" }, { type: "public" }] },
      'Multiple subnet specs of type "public" require unique names.',
    ],
    ["no CIDR block", { cidrBlock: "10.0.0.0" }, '"10.0.0.0" is not an IPv4 CIDR block'],
  ];
  for (const [why, request, message] of refusals) {
    it(`refuses ${why}`, () => {
      expect(() => layOut({ ...base, ...request })).to.throw(message);
    });
  }
});

describe("offline providers: awsx:ecr", () => {
  const program = () => {
    const repository = new awsx.ecr.Repository("Shop", { forceDelete: true });
    return new awsx.ecr.Image("app", { repositoryUrl: repository.url, context: "./app", platform: "linux/arm64" });
  };

  it("registers exactly the published children", async () => {
    const deployment = await deploy(program);
    const image = deployment.one("docker-build:index:Image").name;
    expect(image).to.match(/^[0-9a-f]{8}-container$/);
    expect(listed(deployment)).to.deep.equal(
      [
        "Image app",
        `Image ${image} < Image app`,
        "LifecyclePolicy shop",
        "Repository Shop",
        "Repository shop < Repository Shop",
      ].sort(),
    );
    expect(JSON.parse(String(deployment.one("aws:ecr/lifecyclePolicy:LifecyclePolicy").outputs.policy))).to.deep.equal({
      rules: [
        {
          rulePriority: 1,
          description: "remove untagged images",
          selection: { tagStatus: "untagged", countType: "imageCountMoreThan", countNumber: 1 },
          action: { type: "expire" },
        },
      ],
    });
  });

  it("returns the image by digest and without its tag", async () => {
    const { result, one } = await deploy(program);
    const url = String(one("aws:ecr/repository:Repository").outputs.repositoryUrl);
    const uri = await outputOf(result.imageUri);
    expect(uri.slice(0, url.length)).to.equal(url);
    expect(uri.slice(url.length)).to.match(/^@sha256:[0-9a-f]{64}$/);
    expect(one("docker-build:index:Image").inputs).to.deep.include({
      push: true,
      platforms: ["linux/arm64"],
      context: { location: "./app" },
    });
  });
});
