import { expect } from "chai";
import { InvalidInput, type Problem } from "../../../../components/kit";
import { ExistingNetwork, type ExistingNetworkArgs, type NetworkFacts } from "../../../../components/aws/network";
import { factProblems } from "../../../../components/aws/network/existing";
import { validateExisting } from "../../../../components/aws/network/validate-existing";
import { deploy, outputOf, type Standing } from "../../../../offline/providers/mocks";

const subnet = (id: string, zone: string): Standing => ({
  type: "aws:ec2/subnet:Subnet",
  id,
  inputs: { vpcId: "vpc-1", availabilityZone: zone, cidrBlock: "10.0.0.0/24" },
});
const existing: readonly Standing[] = [
  { type: "aws:ec2/vpc:Vpc", id: "vpc-1", inputs: { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true } },
  { type: "aws:ec2/securityGroup:SecurityGroup", id: "sg-1", inputs: { vpcId: "vpc-1" } },
  subnet("subnet-1", "eu-central-1a"),
  subnet("subnet-2", "eu-central-1b"),
];
const ARGS: ExistingNetworkArgs = {
  placement: { partition: "aws", region: "eu-central-1", accountId: "123456789012" },
  vpcId: "vpc-1",
  cidr: "10.0.0.0/16",
  privateSubnetIds: ["subnet-1", "subnet-2"],
  isolatedSubnetIds: ["subnet-3", "subnet-4"],
  endpoints: { securityGroupIds: ["sg-1"] },
  s3PrefixListId: "pl-1",
};
const FACTS: NetworkFacts = {
  dnsSupport: true,
  dnsHostnames: true,
  subnets: [
    { id: "subnet-1", zone: "eu-central-1a", route: "other" },
    { id: "subnet-2", zone: "eu-central-1b", route: undefined },
    { id: "subnet-3", zone: "eu-central-1a", route: "none" },
    { id: "subnet-4", zone: "eu-central-1b", route: "none" },
  ],
  endpoints: { logs: ["sg-1"], "ecr.api": ["sg-0", "sg-1"] },
};
const start = (change: Partial<ExistingNetworkArgs> = {}) =>
  deploy(() => new ExistingNetwork("network", { ...ARGS, ...change }), { region: "eu-central-1", existing });
const paths = (problems: readonly Problem[]) => problems.map(({ path, value }) => [path, value]);

describe("ExistingNetwork", () => {
  it("creates nothing, and offers what a network of one's own offers", async () => {
    const { result, resources } = await start({ facts: FACTS });
    expect(resources.map(({ type }) => type)).to.deep.equal(["archipelago:network:ExistingNetwork"]);
    expect(await outputOf(result.vpcId)).to.equal("vpc-1");
    expect(await outputOf(result.cidr)).to.equal("10.0.0.0/16");
    expect(await outputOf(result.publicSubnetIds)).to.deep.equal([]);
    expect(await outputOf(result.isolatedSubnetIds)).to.deep.equal(["subnet-3", "subnet-4"]);
    const { reaches = [] } = result.grantEndpoints();
    expect(reaches.map((reach) => ["to" in reach ? reach.to : reach.cidr, reach.port])).to.deep.equal([
      ["network-endpoints", 443],
      ["network-s3", 443],
    ]);
    expect(reaches[0]).to.include({ securityGroupId: "sg-1", isOpen: true });
    expect(result.grantInternet()).to.deep.equal({ reaches: [{ cidr: "0.0.0.0/0", port: 443 }] });
  });

  it("makes endpoints when asked, and nothing else", async () => {
    const { result, ofType, resources } = await start({ endpoints: { make: ["ecr.api", "logs"] } });
    expect(resources.map(({ name }) => name).sort()).to.deep.equal([
      "network",
      "network-ecr-api",
      "network-endpoints",
      "network-endpoints-from-vpc",
      "network-logs",
    ]);
    const [endpoint] = ofType("aws:ec2/vpcEndpoint:VpcEndpoint");
    expect(endpoint?.inputs).to.deep.include({
      serviceName: "com.amazonaws.eu-central-1.ecr.api",
      subnetIds: ["subnet-1", "subnet-2"],
      privateDnsEnabled: true,
    });
    expect(result.grantEndpoints().startsAfter).to.have.lengthOf(3);
  });

  it("reaches AWS over the internet only when that is said, and no internet when there is none", async () => {
    const { result } = await start({ endpoints: "over-internet" });
    expect(result.grantEndpoints()).to.deep.equal(result.grantInternet());
    const closed = await start({ internetEgress: false });
    expect(() => closed.result.grantInternet()).to.throw(InvalidInput, "internetEgress");
    expect(
      paths(validateExisting("network", { ...ARGS, endpoints: "over-internet", internetEgress: false })),
    ).to.deep.equal([["endpoints", "over-internet"]]);
  });

  it("holds back what stands in it until the facts are checked", async () => {
    const facts = { ...FACTS, dnsHostnames: false };
    const refusal = await start({ facts }).then(
      () => "none",
      (error: unknown) => String(error),
    );
    expect(refusal).to.include("enableDnsHostnames");
  });

  it("finds every mistake of the arguments at once", () => {
    const wrong = {
      ...ARGS,
      vpcId: "net-1",
      cidr: "10.0.0.0",
      publicSubnetIds: ["subnet-9"],
      privateSubnetIds: ["subnet-1", "subnet-1"],
      isolatedSubnetIds: ["sub 3", "subnet-4"],
    };
    expect(paths(validateExisting("network", wrong))).to.deep.equal([
      ["vpcId", "net-1"],
      ["cidr", "10.0.0.0"],
      ["isolatedSubnetIds", "sub 3"],
      ["publicSubnetIds", ["subnet-9"]],
      ["subnetIds", "subnet-1"],
    ]);
    expect(validateExisting("network", ARGS)).to.deep.equal([]);
  });

  it("judges what was looked up: zones, routes, DNS and endpoints", () => {
    expect(factProblems(ARGS, FACTS)).to.deep.equal([]);
    const [one, two, three, four] = FACTS.subnets;
    if (!one || !two || !three || !four) throw new Error("four subnets");
    const facts: NetworkFacts = {
      ...FACTS,
      subnets: [
        { ...one, route: "internet-gateway" },
        { ...two, zone: "eu-central-1a" },
        { ...three, route: "internet-gateway" },
        four,
      ],
      endpoints: { logs: ["sg-1"], sqs: undefined, "ecr.api": ["sg-2"] },
    };
    expect(paths(factProblems(ARGS, facts))).to.deep.equal([
      ["privateSubnetIds", "subnet-2"],
      ["privateSubnetIds", "subnet-1"],
      ["isolatedSubnetIds", "subnet-3"],
      ["endpoints", "sqs"],
      ["endpointSecurityGroupIds", { "ecr.api": ["sg-2"] }],
    ]);
    const closed = { ...FACTS, subnets: [{ ...one, route: "none" as const }, two, three, four] };
    expect(paths(factProblems(ARGS, closed))).to.deep.equal([["privateSubnetIds", "subnet-1"]]);
    expect(factProblems({ ...ARGS, internetEgress: false }, closed)).to.deep.equal([]);
  });
});
