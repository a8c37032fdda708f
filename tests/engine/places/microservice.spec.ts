// What a listener's priority and a rule of a security group can be: held by one, wanted by the next, in one `up` each.
import { expect } from "chai";
import { ChangingStack, WENT_THROUGH } from "../support/changes";
import { Workspace } from "../support/stacks";

const PROGRAM = `
const network = makeNetwork();
const cluster = makeCluster(network);
const routed = (name, paths, priority, more) => makeService(name, network, cluster, { routing: behind(cluster, { paths, priority }), ...more });
const port = step === "port" ? 9090 : 8080;
const swapped = step !== "first";
const booking = ["first", "swapped"].includes(step) ? "booking" : "reservation";
const callee = routed(booking, ["/api/parcels"], swapped ? 200 : 100, { port });
const call = callee.grantCall();
// Two grants lead to one place; the first of them is taken away later, and then the other one gets another key.
const grants = {
  first: { reports: { reaches: call.reaches }, call },
  swapped: { reports: { reaches: call.reaches }, call },
  successor: { reports: { reaches: call.reaches }, call },
}[step] ?? { renamed: call };
const schedule = { schedule: "cron(0 20 * * ? *)", min: 1, max: 1 };
const scaling = { min: 1, max: 2, cpu: 70, schedules: { [step === "first" ? "night" : "evening"]: schedule } };
routed("orders", ["/api/orders"], swapped ? 100 : 200, { grants, scaling });
`;
const RULE = "aws:lb/listenerRule:ListenerRule";

describe("places of a microservice", function () {
  this.timeout(300_000);
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

  it("exchanges the priorities of two services by updates, and renames a schedule", async () => {
    const { ended, steps } = await stack.to("swapped");
    expect(ended).to.deep.equal(WENT_THROUGH);
    expect([...steps].sort()).to.deep.equal([
      "create aws:appautoscaling/scheduledAction:ScheduledAction orders-evening",
      "delete aws:appautoscaling/scheduledAction:ScheduledAction orders-night",
      `update ${RULE} rule-100`,
      `update ${RULE} rule-200`,
    ]);
  });

  it("hands paths and priority over to a successor by an update of the rule", async () => {
    const { ended, steps, gone, announced } = await stack.to("successor");
    expect(ended).to.deep.equal(WENT_THROUGH);
    expect(steps.filter((step) => step.includes(RULE))).to.deep.equal([`update ${RULE} rule-200`]);
    expect(gone).to.contain("delete aws:lb/targetGroup:TargetGroup booking-tg");
    expect(announced).to.deep.equal(gone);
  });

  it("keeps the rules of a place when the first of two grants that lead there goes, and the other gets another key", async () => {
    expect(await stack.preview("renamed")).to.deep.equal({ ended: WENT_THROUGH, steps: [] });
  });

  it("changes a port under traffic and under calls", async () => {
    const { ended, announced, gone } = await stack.to("port");
    expect(ended).to.deep.equal(WENT_THROUGH);
    expect(announced).to.deep.equal(gone);
  });
});
