// Ways out of a network, and a network that exists already: each change in one `up`.
import { expect } from "chai";
import { ChangingStack, WENT_THROUGH } from "../support/changes";
import { Workspace } from "../support/stacks";

const SERVICE = `
const place = (network) => {
  const cluster = makeCluster(network);
  const grants = { endpoints: network.grantEndpoints(), ...(step === "open" && { internet: network.grantInternet() }) };
  new (components("microservice").Microservice)("orders", {
    placement, network, cluster, grants, scaling: { min: 1, max: 2, cpu: 70 },
    image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/orders:1.0.0",
  }, opts);
};
`;
const NAT = `${SERVICE}
place(makeNetwork({ nat: step === "open" ? "single" : "none", endpoints: ["ecr.api", "ecr.dkr", "logs"] }));
`;
const EXISTING = `${SERVICE}
const { adoptNetwork } = require(P + "/infra/targets/aws/existing-network");
const tags = { Project: "places" };
const settings = { region: placement.region, allowedAccountIds: [placement.accountId], defaultTags: { tags } };
place(adoptNetwork({ nodes: [], endpoints: ["ecr.api", "ecr.dkr", "logs"], tags }, {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  publicSubnetIds: [],
  privateSubnetIds: ["subnet-1", "subnet-2"],
  isolatedSubnetIds: ["subnet-3", "subnet-4"],
  endpoints: step === "made" ? "make" : "existing",
  endpointSecurityGroupIds: [],
  internetEgress: true,
}, placement, new aws.Provider("tagged", settings)));
`;

describe("ways out of a network", function () {
  this.timeout(300_000);
  let workspace: Workspace;
  before(() => {
    workspace = new Workspace();
  });
  after(() => {
    workspace.remove();
  });

  it("appear with the first service that needs one, and go with the last", async () => {
    const stack = new ChangingStack(workspace, NAT, "nat");
    expect((await stack.to("closed")).ended).to.deep.equal(WENT_THROUGH);
    const opened = await stack.to("open");
    expect(opened.ended).to.deep.equal(WENT_THROUGH);
    expect(opened.gone).to.deep.equal([]);
    const at = (text: string) => opened.steps.findIndex((step) => step.startsWith(`create ${text}`));
    expect(at("aws:ec2/natGateway:NatGateway")).to.be.greaterThan(-1);
    expect(at("aws:ec2/route:Route")).to.be.greaterThan(at("aws:ec2/natGateway:NatGateway"));
    const closed = await stack.to("closed");
    expect(closed.ended).to.deep.equal(WENT_THROUGH);
    expect(closed.gone.filter((step) => step.includes("NatGateway"))).to.have.lengthOf(1);
  });

  it("are looked up in a network that exists, of which nothing is made until that is asked for", async () => {
    const stack = new ChangingStack(workspace, EXISTING, "existing");
    const first = await stack.to("adopted");
    expect(first.ended).to.deep.equal(WENT_THROUGH);
    expect(first.steps.filter((step) => /aws:ec2\/(?!securityGroup)|awsx:/.test(step))).to.deep.equal([]);
    const again = await stack.to("adopted");
    expect(again).to.deep.include({ ended: WENT_THROUGH, steps: [] });
    const made = await stack.to("made");
    expect(made.ended).to.deep.equal(WENT_THROUGH);
    expect(made.steps.filter((step) => step.startsWith("create aws:ec2/vpcEndpoint"))).to.have.lengthOf(3);
    // The look-up finds the endpoints that this stack is about to delete: services would be left without any.
    const back = await stack.preview("adopted");
    expect(back.ended.preview).to.not.equal(0);
    expect(back.ended.said.join()).to.include("an interface endpoint with private DNS in the VPC");
  });
});
