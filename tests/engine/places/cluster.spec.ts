// What one listener, one target group and one record can be: held by one, wanted by the next, in one `up` each.
import { expect } from "chai";
import { ChangingStack, WENT_THROUGH } from "../support/changes";
import { Workspace } from "../support/stacks";

const PROGRAM = `
const network = makeNetwork();
const https = { domainName: "services.example.org", hostedZoneId: "Z0123456789ABCDEFGHIJ" };
const settings = { http: {}, https: { https }, public: { https, internetFacing: true }, second: {} };
const cluster = makeCluster(network, settings[step]);
if (step === "second") makeCluster(network, { https, namespace: "second.local" }, "second");
for (const [at, name] of ["orders", "parcels"].entries())
  makeService(name, network, cluster, { routing: behind(cluster, { paths: ["/api/" + name], priority: 100 + at }) });
`;
const RULES = [
  "replace aws:lb/listenerRule:ListenerRule rule-100",
  "replace aws:lb/listenerRule:ListenerRule rule-101",
];
const HTTPS_LISTENER = "aws:lb/listener:Listener cluster-alb";

describe("places of a cluster", function () {
  this.timeout(300_000);
  let workspace: Workspace;
  let stack: ChangingStack;
  before(async () => {
    workspace = new Workspace();
    stack = new ChangingStack(workspace, PROGRAM);
    expect((await stack.to("http")).ended).to.deep.equal(WENT_THROUGH);
  });
  after(() => {
    workspace.remove();
  });

  it("finds the listener of HTTP that an earlier version named after its role", async () => {
    const [now, before] = ["Listener::cluster-alb-http", "Listener::cluster-alb"];
    await stack.rewrite("http", (state) => state.replaceAll(now, before));
    expect(await stack.preview("http")).to.deep.equal({ ended: WENT_THROUGH, steps: [] });
    await stack.rewrite("http", (state) => state.replaceAll(before, now));
  });

  it("turns from HTTP to HTTPS: port 80 keeps its listener, and rules move to the other one", async () => {
    const { ended, steps, announced, gone } = await stack.to("https");
    expect(ended).to.deep.equal(WENT_THROUGH);
    expect(gone).to.deep.equal(RULES);
    expect(announced).to.deep.equal(gone);
    const at = (text: string) => steps.findIndex((step) => step === text);
    expect(at(`create ${HTTPS_LISTENER}`)).to.be.within(0, at(`update ${HTTPS_LISTENER}-http`));
  });

  it("finds the redirect, the records and the rules that an earlier version named after their holders", async () => {
    await stack.rewrite("https", (state) =>
      state
        .replaceAll("Listener::cluster-alb-http", "Listener::cluster-alb-redirect")
        .replaceAll("Record::services.example.org-Z0123456789ABCDEFGHIJ-alias", "Record::cluster-alb")
        .replaceAll("Record::services.example.org-Z0123456789ABCDEFGHIJ-certificate", "Record::cluster-certificate")
        .replaceAll("ListenerRule::rule-100", "ListenerRule::orders-rule")
        .replaceAll("ListenerRule::rule-101", "ListenerRule::parcels-rule")
        .replaceAll("Rule::orders-to-0.0.0.0-0-443", "Rule::orders-to-internet-443-0.0.0.0-0")
        .replaceAll("Rule::orders-to-network-s3-443", "Rule::orders-to-endpoints-443-prefix-list"),
    );
    expect(await stack.preview("https")).to.deep.equal({ ended: WENT_THROUGH, steps: [] });
  });

  it("becomes public: another load balancer gets target groups of its own, and the domain", async () => {
    const { ended, gone, announced } = await stack.to("public");
    expect(ended).to.deep.equal(WENT_THROUGH);
    expect(gone.filter((step) => step.includes("lb/"))).to.deep.equal([
      `replace ${HTTPS_LISTENER}`,
      `replace ${HTTPS_LISTENER}-http`,
      ...RULES,
      "replace aws:lb/loadBalancer:LoadBalancer cluster-alb",
      "replace aws:lb/targetGroup:TargetGroup orders-tg",
      "replace aws:lb/targetGroup:TargetGroup parcels-tg",
    ]);
    expect(announced).to.deep.equal(gone);
  });

  it("turns back to HTTP, and hands its domain over to another cluster: the record is updated, not deleted", async () => {
    const { ended, steps, gone } = await stack.to("second");
    expect(ended).to.deep.equal(WENT_THROUGH);
    expect(gone).to.include.members([`delete ${HTTPS_LISTENER}`, ...RULES]);
    const alias = "aws:route53/record:Record services.example.org-Z0123456789ABCDEFGHIJ-alias";
    expect(steps.filter((step) => step.endsWith("-alias") && step.includes("route53"))).to.deep.equal([
      `update ${alias}`,
    ]);
  });
});
