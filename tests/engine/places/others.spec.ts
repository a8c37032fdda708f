// What a user may rename or change of firewalls, channels, secrets, buckets, caches and alarms, in one `up`.
import { expect } from "chai";
import { ChangingStack, WENT_THROUGH } from "../support/changes";
import { Workspace } from "../support/stacks";

const PROGRAM = `
const changed = step === "changed";
const pick = (before, after) => (changed ? after : before);
const network = makeNetwork({ nat: "none" });
const cluster = makeCluster(network);
const { Firewall } = components("gateway");
new Firewall(pick("firewall", "shield"), {
  placement, resourceArn: cluster.loadBalancerArn, resourceName: "cluster-alb",
  routes: { [pick("orders", "purchases")]: { paths: ["/api/orders"], perMinute: 100 } },
}, opts);
const { Messaging, EventRegistry } = components("messaging");
const queue = { visibilityTimeout: "60s", maxReceiveCount: 3 };
new Messaging("messaging", {
  placement,
  topics: { orders: {}, parcels: {} },
  queues: { work: queue, [pick("tours", "trips")]: queue },
  subscriptions: [
    { topic: "orders", queue: "work", ...pick({ eventTypes: ["A"] }, { eventTypes: ["A", "B"] }) },
    { topic: "parcels", queue: pick("tours", "trips") },
  ],
}, opts);
new EventRegistry("contracts", { placement, description: "Events", contracts: { [pick("orders.A", "orders.B")]: { version: "1.0", schema: { type: "object" } } } }, opts);
const { GeneratedSecrets } = components("secret");
new GeneratedSecrets("user", { placement, secrets: { [pick("SIGNING_KEY", "TOKEN_KEY")]: { length: 64 } }, recoveryWindowInDays: 0 }, opts);
const { ObjectStore } = components("storage");
new ObjectStore("images", { placement, protectData: false, ...pick({ corsOrigins: ["https://shop.example.com"] }, {}) }, opts);
const { Cache } = components("cache");
new Cache("cache", { placement, network, users: pick(["orders", "users"], ["purchases", "users"]), protectData: false }, opts);
const { AlarmTopic } = components("observability");
new AlarmTopic("alarms", { placement, email: pick("one@example.org", "two@example.org") }, opts);
`;

describe("places of the other components", function () {
  this.timeout(300_000);
  let workspace: Workspace;
  before(() => {
    workspace = new Workspace();
  });
  after(() => {
    workspace.remove();
  });

  it("pass on in one update, as the preview says", async () => {
    const stack = new ChangingStack(workspace, PROGRAM);
    expect((await stack.to("first")).ended).to.deep.equal(WENT_THROUGH);
    const { ended, steps, gone, announced } = await stack.to("changed");
    expect(ended).to.deep.equal(WENT_THROUGH);
    expect(announced).to.deep.equal(gone);
    // The load balancer has one web ACL, and deleting an association takes away whichever it has.
    const association = "aws:wafv2/webAclAssociation:WebAclAssociation cluster-alb-association";
    const at = (op: string) => steps.indexOf(`${op} ${association}`);
    expect(at("delete-replaced")).to.be.within(0, at("create-replacement") - 1);
    expect(gone.filter((step) => step.startsWith("replace"))).to.include.members([
      `replace ${association}`,
      "replace aws:sns/topicSubscription:TopicSubscription alarms-email",
    ]);
  });
});
