import { expect } from "chai";
import { conflictsWith, type StandingResource } from "../../../../infra/targets/aws/standing";
import { planFor, runOf } from "../../support/run";

const stands = (type: string, name: string, outputs: StandingResource["outputs"]): StandingResource => ({
  urn: `urn:pulumi:prod::archipelago::archipelago:network:Network$${type}::${name}`,
  type,
  outputs,
});
const plan = planFor(runOf("prod"));
const { cidr } = plan.environment.network;
const vpc = stands("aws:ec2/vpc:Vpc", "network", {
  arn: `arn:aws:ec2:${plan.region}:${plan.accountId}:vpc/vpc-1`,
  cidrBlock: cidr,
});
const subnet = (tier: string, letter: string, cidrBlock: string, name = `${plan.region}${letter}`) =>
  stands("aws:ec2/subnet:Subnet", `network-${tier}-${name}`, {
    availabilityZone: `${plan.region}${letter}`,
    cidrBlock,
  });
const paths = (standing: readonly StandingResource[]) => conflictsWith(plan, standing).problems.map(({ path }) => path);

describe("what stands of a stack", () => {
  it("is in nobody's way before there is a network, and where it is what the plan wants", () => {
    expect(conflictsWith(plan, [])).to.deep.equal({ problems: [], warnings: [] });
    expect(paths([vpc, subnet("public", "a", "10.0.0.0/24"), subnet("isolated", "c", "10.0.14.0/24")])).to.deep.equal(
      [],
    );
  });

  it("is in the way in another place, all of which is said at once", () => {
    const elsewhere = { ...vpc, outputs: { arn: "arn:aws:ec2:us-east-1:1:vpc/vpc-1", cidrBlock: "10.9.0.0/16" } };
    expect(paths([elsewhere])).to.deep.equal(["archipelago:account", "archipelago:region", "archipelago:cidr"]);
  });

  it("is in the way with subnets of another size, which earlier versions numbered", () => {
    const [problem] = conflictsWith(plan, [vpc, subnet("isolated", "a", "10.0.12.0/28", "1")]).problems;
    expect(problem).to.include({ path: "archipelago:masks.isolated", value: 24 });
    expect(problem?.allowed).to.match(/^28, /);
  });

  it("is in the way with a block that another zone wants", () => {
    expect(paths([vpc, subnet("public", "d", "10.0.1.0/24")])).to.deep.equal(["archipelago:zones"]);
  });

  it("holds a zone with a database's node, and may hold one with what the engine can't see", () => {
    const left = subnet("isolated", "d", "10.0.15.0/24");
    const node = (zone: string) =>
      stands("aws:rds/instance:Instance", "order-db-instance", { availabilityZone: `${plan.region}${zone}` });
    expect(paths([vpc, left, node("d")])).to.deep.equal(["archipelago:zones"]);
    const { problems, warnings } = conflictsWith(plan, [vpc, left, node("a")]);
    expect(problems).to.deep.equal([]);
    expect(warnings.map(({ allowed }) => allowed)).to.match(/perhaps the cache or a standby/);
  });
});
