// What a block of addresses, a route and an Elastic IP address can be: held by one, wanted by the next, in one `up` each.
import { expect } from "chai";
import { ChangingStack, WENT_THROUGH } from "../support/changes";
import { Workspace } from "../support/stacks";

const PROGRAM = `
const zonesOf = (letters) => [...letters].map((letter) => "eu-central-1" + letter);
const settings = {
  first: { zones: zonesOf("ab"), nat: "single" },
  reordered: { zones: zonesOf("ba"), nat: "single" },
  exchanged: { zones: zonesOf("ac"), nat: "single" },
  firstExchanged: { zones: zonesOf("bc"), nat: "single" },
  between: { zones: zonesOf("abc"), nat: "per-zone" },
  fewer: { zones: zonesOf("abc"), nat: { count: 2 } },
  instance: { zones: zonesOf("abc"), nat: { instanceType: "t4g.nano" } },
  gateway: { zones: zonesOf("abc"), nat: "single" },
  none: { zones: zonesOf("ab"), nat: "none" },
};
const network = makeNetwork({ endpoints: ["logs"], ...settings[step] });
module.exports = { private: network.privateSubnetIds };
`;
const TIERS = ["isolated", "private", "public"];
const zoneOf = (letter: string) => `eu-central-1${letter}`;
/** What is there in a zone whatever the NAT is. */
const perZone = (op: string, letter: string) =>
  [
    ...TIERS.flatMap((tier) =>
      ["routeTableAssociation:RouteTableAssociation", "routeTable:RouteTable", "subnet:Subnet"].map(
        (type) => `${op} aws:ec2/${type} network-${tier}-${zoneOf(letter)}`,
      ),
    ),
    `${op} aws:ec2/route:Route network-public-${zoneOf(letter)}`,
    `${op} aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule network-endpoints-from-${zoneOf(letter)}`,
  ].sort();
const nat = (op: string, letter: string, kind = "nat") => [
  `${op} aws:ec2/eip:Eip network-${kind}-${zoneOf(letter)}`,
  ...(kind === "nat" ? [`${op} aws:ec2/natGateway:NatGateway network-nat-${zoneOf(letter)}`] : []),
];
const natRoute = (op: string, letter: string) => `${op} aws:ec2/route:Route network-nat-${zoneOf(letter)}`;

describe("places of a network", function () {
  this.timeout(400_000);
  let workspace: Workspace;
  let stack: ChangingStack;
  before(async () => {
    workspace = new Workspace();
    stack = new ChangingStack(workspace, PROGRAM);
    expect((await stack.to("first")).ended).to.deep.equal(WENT_THROUGH);
  });
  after(() => {
    workspace.remove();
  });

  /** A change that goes through, and deletes or replaces these and nothing else, as its preview announced. */
  async function loses(step: string, expected: readonly string[]): Promise<readonly string[]> {
    const { ended, gone, announced, steps } = await stack.to(step);
    expect(ended).to.deep.equal(WENT_THROUGH);
    expect(gone).to.deep.equal([...expected].sort());
    expect(announced).to.deep.equal(gone);
    return steps;
  }

  it("finds what an earlier version had awsx make", async () => {
    const before = await stack.rewrite("first", asAwsxNamed);
    expect(await stack.preview("first")).to.deep.equal({
      ended: WENT_THROUGH,
      steps: ["delete awsx:ec2:Vpc network"],
    });
    await stack.rewrite("first", () => before);
  });

  it("changes nothing when zones change their order", async () => {
    expect(await stack.preview("reordered")).to.deep.equal({ ended: WENT_THROUGH, steps: [] });
  });

  it("exchanges a zone: only what is in that zone goes", async () => {
    const steps = await loses("exchanged", [...perZone("delete", "b"), natRoute("delete", "b")]);
    expect(steps).to.include.members([...perZone("create", "c"), natRoute("create", "c")]);
  });

  it("exchanges the first zone, and with it the gateway and its address", async () => {
    await loses("firstExchanged", [...perZone("delete", "a"), ...nat("delete", "a"), natRoute("delete", "a")]);
  });

  it("takes a zone in front of the others, with gateways in each: what stands stays", async () => {
    await loses("between", []);
  });

  it("takes gateways away", async () => {
    await loses("fewer", nat("delete", "c"));
  });

  it("exchanges gateways for an instance, which has an address of its own", async () => {
    const steps = await loses("instance", [...nat("delete", "a"), ...nat("delete", "b")]);
    expect(steps).to.include.members(["a", "b", "c"].map((letter) => natRoute("update", letter)));
  });

  it("exchanges the instance for a gateway and a zone for none, then takes the way out away", async () => {
    const { ended, gone } = await stack.to("gateway");
    expect(ended).to.deep.equal(WENT_THROUGH);
    expect(gone).to.include.members(nat("delete", "a", "nat-instance"));
    await loses("none", [
      ...perZone("delete", "c"),
      ...nat("delete", "a"),
      ...["a", "b", "c"].map((letter) => natRoute("delete", letter)),
    ]);
  });
});

interface Recorded {
  urn: string;
  type: string;
  parent?: string;
  custom?: boolean;
}

/** The engine's record as an earlier version left it: awsx's component above the VPC, subnets by number, tables below subnets. */
function asAwsxNamed(state: string): string {
  const network = "archipelago:network:Network$";
  const vpc = `${network}awsx:ec2:Vpc$aws:ec2/vpc:Vpc`;
  const below: Readonly<Record<string, string>> = {
    "aws:ec2/vpc:Vpc": vpc,
    "aws:ec2/internetGateway:InternetGateway": `${vpc}$aws:ec2/internetGateway:InternetGateway`,
    "aws:ec2/subnet:Subnet": `${vpc}$aws:ec2/subnet:Subnet`,
    "aws:ec2/routeTable:RouteTable": `${vpc}$aws:ec2/subnet:Subnet$aws:ec2/routeTable:RouteTable`,
    "aws:ec2/routeTableAssociation:RouteTableAssociation": `${vpc}$aws:ec2/subnet:Subnet$aws:ec2/routeTable:RouteTable$aws:ec2/routeTableAssociation:RouteTableAssociation`,
    "aws:ec2/route:Route": `${vpc}$aws:ec2/subnet:Subnet$aws:ec2/routeTable:RouteTable$aws:ec2/route:Route`,
  };
  const exported = JSON.parse(state) as { deployment: { resources: Recorded[] } };
  const { resources } = exported.deployment;
  const renamed = new Map<string, string>();
  for (const { urn, type } of resources) {
    const name = urn.split("::")[3] ?? "";
    const isNat = name.startsWith("network-nat-");
    if (below[type] === undefined || isNat) continue;
    const numbered = name.replace(/eu-central-1(.)$/, (_, letter: string) => String("_ab".indexOf(letter)));
    renamed.set(urn, `${urn.slice(0, urn.indexOf(network))}${below[type]}::${numbered}`);
  }
  const text = JSON.stringify(exported).replaceAll(/urn:pulumi:[^"]*?(?=")/g, (urn) => renamed.get(urn) ?? urn);
  const result = JSON.parse(text) as typeof exported;
  const at = result.deployment.resources.findIndex(({ type }) => type === "archipelago:network:Network");
  const owner = result.deployment.resources[at];
  if (owner === undefined) throw new Error("the state has no network");
  const component = owner.urn.replace("archipelago:network:Network::", `${network}awsx:ec2:Vpc::`);
  result.deployment.resources.splice(at + 1, 0, { ...owner, urn: component, type: "awsx:ec2:Vpc", parent: owner.urn });
  for (const resource of result.deployment.resources)
    if (resource.type === "aws:ec2/vpc:Vpc") resource.parent = component;
  return JSON.stringify(result);
}
