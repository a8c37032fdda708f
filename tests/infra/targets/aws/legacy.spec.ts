// A legacy system beside a service: from the settings of a stack to the listener's rule.
import { expect } from "chai";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { deploy } from "../../../../offline/providers/mocks";
import { planFor, problemsOf, runOf } from "../../support/run";
import { violations } from "../../support/violations";

const url = "https://old.example.com";

async function built(legacy: object | undefined) {
  const plan = planFor(runOf("local", { legacy }));
  const deployment = await deploy(() => buildOnEcs(plan), { region: plan.region });
  const arns = new Map(
    deployment.ofType("aws:lb/targetGroup:TargetGroup").map(({ name, outputs }) => [outputs.arn, name]),
  );
  const shared = deployment
    .ofType("aws:lb/listenerRule:ListenerRule")
    .flatMap(({ inputs }) =>
      (inputs.actions as { forward?: { targetGroups: { arn: string; weight: number }[] } }[]).flatMap(({ forward }) =>
        forward ? [forward.targetGroups.map(({ arn, weight }) => [arns.get(arn), weight])] : [],
      ),
    );
  return { deployment, shared };
}
const resources = ({ deployment }: Awaited<ReturnType<typeof built>>) =>
  deployment.resources.map(({ type, name }) => `${type} ${name}`).sort();

describe("a legacy system beside a service", function () {
  this.timeout(120_000);

  it("gets its percent of the requests by the weights of the service's rule, over a function that the balancer may call", async () => {
    const run = await built({ order: { url, servicePercent: 25, healthPath: "/ping" } });
    expect(run.shared).to.deep.equal([
      [
        ["order-tg", 25],
        ["order-legacy", 75],
      ],
    ]);
    const { one } = run.deployment;
    const group = one("aws:lb/targetGroup:TargetGroup", "order-legacy");
    expect(group.inputs).to.deep.include({ targetType: "lambda", lambdaMultiValueHeadersEnabled: true });
    expect(group.inputs.healthCheck).to.deep.include({ path: "/ping", matcher: "200-399" });
    expect(one("aws:lambda/permission:Permission", "order-legacy").inputs).to.deep.include({
      principal: "elasticloadbalancing.amazonaws.com",
      sourceArn: group.outputs.arn,
    });
    const { environment } = one("aws:lambda/function:Function", "order-legacy").inputs;
    expect((environment as { variables: object }).variables).to.deep.include({ LEGACY_ORIGIN: url });
  });

  it("changes nothing but the weights from step to step, forward and back", async () => {
    const [first, second] = [
      await built({ order: { url, servicePercent: 0 } }),
      await built({ order: { url, servicePercent: 99 } }),
    ];
    expect(resources(first)).to.deep.equal(resources(second));
    expect([first, second].map(({ shared }) => shared[0]?.map(([, weight]) => weight))).to.deep.equal([
      [0, 100],
      [99, 1],
    ]);
  });

  it("is gone at 100 percent, as without the setting", async () => {
    const [whole, none] = [await built({ order: { url, servicePercent: 100 } }), await built(undefined)];
    expect(resources(whole)).to.deep.equal(resources(none));
    expect(whole.shared).to.deep.equal([]);
  });

  it("breaks no rule that the stack does not break without it", async () => {
    const [beside, alone] = [await built({ order: { url, servicePercent: 25 } }), await built(undefined)];
    const before = new Set(resources(alone));
    const added = beside.deployment.resources.filter(({ type, name }) => !before.has(`${type} ${name}`));
    expect(added.map(({ type }) => type)).to.include.members([
      "aws:lb/targetGroup:TargetGroup",
      "aws:lambda/function:Function",
      "aws:lambda/permission:Permission",
      "aws:iam/role:Role",
    ]);
    const found = new Set(await violations(alone.deployment.resources));
    expect((await violations(beside.deployment.resources)).filter((line) => !found.has(line))).to.deep.equal([]);
  });

  it("is refused where it makes no sense, with every problem at once", () => {
    const paths = (legacy: object, more: object = {}) =>
      problemsOf(runOf("prod", { legacy, ...more })).map(({ path }) => path);
    expect(
      paths({
        order: { url: "http://old.example.com", servicePercent: 101 },
        user: { url: `${url}/shop`, servicePercent: 1.5 },
      }).sort(),
    ).to.deep.equal([
      "archipelago:legacy.order.servicePercent",
      "archipelago:legacy.order.url",
      "archipelago:legacy.user.servicePercent",
      "archipelago:legacy.user.url",
    ]);
    expect(paths({ nobody: { url, servicePercent: 5 } })).to.deep.equal(["archipelago:legacy.nobody"]);
    const { domain } = planFor(runOf("prod"));
    expect(paths({ order: { url: `https://services.${domain ?? ""}`, servicePercent: 5 } })).to.deep.equal([
      "archipelago:legacy.order.url",
    ]);
  });
});
