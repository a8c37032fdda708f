// A stack in a VPC that somebody else made: everything stands in it, and nothing of it is made.
import { expect } from "chai";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { deploy, type Registered, type Standing } from "../../../../offline/providers/mocks";
import { planFor, problemsOf, runOf } from "../../support/run";

const NETWORK = {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  privateSubnetIds: ["subnet-1", "subnet-2"],
  isolatedSubnetIds: ["subnet-3", "subnet-4"],
};
const REGION = "eu-central-1";
const built = async (network: object, existing: readonly Standing[] = [], preview = false) =>
  (await deploy(() => buildOnEcs(planFor(runOf("dev", { network }))), { region: REGION, existing, preview })).resources;
const failure = (network: object, existing: readonly Standing[]) =>
  built(network, existing, true).then(
    () => "none",
    (error: unknown) => String(error),
  );
const found = (network: unknown, more: Readonly<Record<string, unknown>> = {}) =>
  problemsOf(runOf("dev", { network, ...more })).map(({ path }) => path.replace("archipelago:", ""));

/** What somebody else made, in the record of the account: urn and all, so that what is missing is known to be missing. */
const vpc = (change: object = {}): Standing => ({
  type: "aws:ec2/vpc:Vpc",
  id: NETWORK.vpcId,
  inputs: { cidrBlock: "10.20.0.0/16", enableDnsSupport: true, enableDnsHostnames: true, ...change },
});
const subnet = (id: string, zone: string, vpcId = NETWORK.vpcId): Standing => ({
  type: "aws:ec2/subnet:Subnet",
  id,
  inputs: { vpcId, availabilityZone: `${REGION}${zone}`, cidrBlock: "10.20.0.0/24" },
});

const IN_A_NETWORK = /^aws:(ec2|vpc)\/(?!securityGroup)/;

describe("a network that exists", () => {
  it("holds the whole platform, and gets nothing", async function () {
    this.timeout(60_000);
    const resources = await built(NETWORK);
    expect(resources.filter(({ type }) => IN_A_NETWORK.test(type)).map(({ urn }) => urn)).to.deep.equal([]);
    const groups = resources.filter(({ type }) => type === "aws:ec2/securityGroup:SecurityGroup");
    expect(groups).to.not.be.empty;
    expect(new Set(groups.map(({ inputs }) => inputs.vpcId))).to.deep.equal(new Set([NETWORK.vpcId]));
    const of = (type: string, pick: (one: Registered) => unknown) => {
      const values = resources.filter((one) => one.type === type).map(pick);
      expect(values, type).to.not.be.empty;
      return [...new Set(values.map((value) => JSON.stringify(value)))];
    };
    expect(of("aws:lb/loadBalancer:LoadBalancer", ({ inputs }) => inputs.subnets)).to.deep.equal([
      '["subnet-1","subnet-2"]',
    ]);
    expect(of("aws:rds/subnetGroup:SubnetGroup", ({ inputs }) => inputs.subnetIds)).to.deep.equal([
      '["subnet-3","subnet-4"]',
    ]);
    const tasks = of("aws:ecs/service:Service", ({ inputs }) => inputs.networkConfiguration);
    for (const task of tasks) expect(task).to.include('"subnets":["subnet-1","subnet-2"]');
  });

  it("opens each service to the endpoints that were looked up, and to S3", async function () {
    this.timeout(60_000);
    const resources = await built(NETWORK);
    const rules = resources.filter(({ name }) => name.startsWith("user-to-network-"));
    expect(
      rules.map(({ inputs }) =>
        Object.keys(inputs)
          .filter((key) => key.endsWith("Id"))
          .sort()
          .join(),
      ),
    ).to.have.members(["referencedSecurityGroupId,securityGroupId", "prefixListId,securityGroupId"]);
  });

  it("gets endpoints when the settings ask for them", async function () {
    this.timeout(60_000);
    const resources = await built({ ...NETWORK, endpoints: "make" });
    const made = resources.filter(({ type }) => IN_A_NETWORK.test(type)).map(({ name }) => name);
    expect(made.filter((name) => !name.endsWith("-rule")).sort()).to.include.members([
      "network-ecr-api",
      "network-logs",
    ]);
  });

  it("is refused at preview when it does not fit", async function () {
    this.timeout(60_000);
    const rest = ["subnet-3", "subnet-4"].map((id, at) => subnet(id, "ab"[at] ?? ""));
    const sameZone = [vpc(), subnet("subnet-1", "a"), subnet("subnet-2", "a"), ...rest];
    expect(await failure(NETWORK, sameZone))
      .to.include("privateSubnetIds")
      .and.include("subnet-2");
    const elsewhere = [vpc(), subnet("subnet-1", "a"), subnet("subnet-2", "b", "vpc-2"), ...rest];
    expect(await failure(NETWORK, elsewhere)).to.include("a subnet of vpc-0a1b2c3d4e5f60718");
    const noNames = [vpc({ enableDnsHostnames: false }), subnet("subnet-1", "a"), subnet("subnet-2", "b"), ...rest];
    expect(await failure(NETWORK, noNames)).to.include("enableDnsHostnames");
  });

  it("is read with every mistake at once", () => {
    expect(found(NETWORK)).to.deep.equal([]);
    expect(
      found({ ...NETWORK, cidr: "10.20.0.0/16", endpointSecurityGroupIds: ["sg-1"], internetEgress: true }),
    ).to.deep.equal([]);
    expect(found("vpc-1")).to.deep.equal(["network"]);
    expect(found(NETWORK, { cidr: "10.20.0.0/16" })).to.deep.equal(["cidr"]);
    expect(found({ ...NETWORK, isolatedSubnetIds: ["subnet-1", "subnet-4"] })).to.deep.equal([
      "network.isolatedSubnetIds[0]",
    ]);
    expect(
      found({
        vpcid: "vpc-1",
        cidr: "10.20.0.1/16",
        privateSubnetIds: ["subnet-1"],
        isolatedSubnetIds: ["subnet-1", "net-4"],
        endpoints: "none",
        endpointSecurityGroupIds: "sg-1",
        internetEgress: "yes",
      }),
    ).to.have.members([
      "network.vpcid",
      "network.vpcId",
      "network.cidr",
      "network.privateSubnetIds",
      "network.isolatedSubnetIds[1]",
      "network.endpoints",
      "network.endpointSecurityGroupIds",
      "network.internetEgress",
    ]);
  });
});
