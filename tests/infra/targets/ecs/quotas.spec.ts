// What is counted before anything is created is what is built; a system of 200 services fits, when the stack says what AWS raised.
import { expect } from "chai";
import { environments } from "../../../../infra/environments";
import { examine } from "../../../../infra/examine";
import { QUOTAS } from "../../../../infra/targets/aws/quotas";
import { addressesOf, needsOf, quotaProblems } from "../../../../infra/targets/ecs/limits";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { deploy, type Registered } from "../../../../offline/providers/mocks";
import { ecommerce } from "../../../../infra/systems/ecommerce";
import { awsPlanOf } from "../../support/aws";
import { generatedSystem, LARGE } from "../../../bench/generated-system";
import { planFor, problemsOf, runOf } from "../../support/run";

const STACKS = ["local", "dev", "staging", "prod"] as const;

describe("quotas and addresses", () => {
  for (const stack of STACKS)
    it(`hold ${stack} as shipped`, () => {
      expect(quotaProblems(planFor(runOf(stack)))).to.deep.equal([]);
    });

  it("count what is built", async function () {
    this.timeout(60_000);
    const identity = {
      issuer: "https://id.example.com",
      jwksEndpoint: "https://id.example.com/keys",
      audience: "shop",
    };
    const legacy = { user: { url: "https://old.example.org", servicePercent: 50, concurrency: 30 } };
    const system = {
      ...ecommerce,
      entrances: { ...ecommerce.entrances, partners: { routes: { order: { authentication: "jwt" as const } } } },
    };
    const plan = awsPlanOf(runOf("prod", { identity, legacy }), { systems: { ecommerce: system }, environments });
    const { resources } = await deploy(() => buildOnEcs(plan), { region: plan.region });
    const count = (type: string) => resources.filter((one) => one.type === type).length;
    const rules = (group: Registered | undefined, direction: "Ingress" | "Egress") =>
      resources.filter(
        ({ type, inputs }) =>
          type === `aws:vpc/securityGroup${direction}Rule:SecurityGroup${direction}Rule` &&
          inputs.securityGroupId === group?.outputs.id,
      ).length;
    const group = (name: string) =>
      resources.find((one) => one.type === "aws:ec2/securityGroup:SecurityGroup" && one.name === name);
    const needed = new Map(needsOf(plan).map(({ quota, count: needs, what }) => [`${quota} ${what}`, needs]));
    const said = (what: string) => needed.get(`rulesPerSecurityGroup ${what}`);
    expect(plan.services).to.not.be.empty;
    for (const { name } of plan.services) {
      const own = group(`${name}-tasks`);
      expect(said(`inbound rules of the security group of ${name}`), name).to.equal(rules(own, "Ingress"));
      expect(said(`outbound rules of the security group of ${name}`), name).to.equal(rules(own, "Egress"));
    }
    const atLeast = (what: string, built: number) => {
      const [, counted = 0] = [...needed].find(([key]) => key.startsWith(what)) ?? [];
      expect(counted, what).to.be.at.least(built);
      expect(counted, what).to.be.at.most(built + 8);
    };
    atLeast("rulesPerSecurityGroup outbound rules of the load balancer", rules(group("cluster-alb"), "Egress"));
    atLeast("rulesPerBalancer", count("aws:lb/listenerRule:ListenerRule"));
    atLeast("targetGroupsPerBalancer", count("aws:lb/targetGroup:TargetGroup"));
    atLeast("securityGroups", count("aws:ec2/securityGroup:SecurityGroup"));
    atLeast("roles", count("aws:iam/role:Role"));
    const reserved = resources.flatMap(({ type, inputs }) =>
      type === "aws:lambda/function:Function" ? [Number(inputs.reservedConcurrentExecutions)] : [],
    );
    expect(needsOf(plan).find(({ quota }) => quota === "functionConcurrency")?.count).to.equal(
      reserved.reduce((total, one) => total + one, 100),
    );
    const interfaces = resources.filter(({ inputs }) => inputs.vpcEndpointType === "Interface");
    expect(needed.get("interfaceEndpointsPerVpc the AWS services that tasks use")).to.equal(interfaces.length);
  });

  it("refuse 200 services with the defaults, each with what to do, and take them when the stack says what was raised", () => {
    const system = generatedSystem(200);
    const images = Object.fromEntries(
      Object.keys(system.services).map((name) => [
        name,
        `777788889999.dkr.ecr.eu-central-1.amazonaws.com/${name}:1.0.0`,
      ]),
    );
    const known = { systems: { [system.name]: system }, environments };
    const examined = (more: object) =>
      examine(runOf("prod", { system: system.name, images, ...more }), known, "2026-11-28").problems;
    const problems = examined({});
    expect([...new Set(problems.map(({ path }) => path))]).to.include.members(["archipelago:masks.private"]);
    for (const { path, allowed, remedy } of problems) {
      expect(path).to.match(/^archipelago:(quotas|masks)\./);
      expect(`${allowed} ${remedy}`).to.match(/https:\/\/docs\.aws\.amazon\.com|set archipelago:masks/);
    }
    expect(examined(LARGE)).to.deep.equal([]);
  });

  it("add up addresses of the fullest zone", () => {
    const plan = planFor(runOf("prod"));
    const [one] = plan.services;
    if (!one) throw new Error("prod has services");
    const service = { ...one, scaling: { ...one.scaling, max: 30 } };
    const alone = { ...plan, services: [service], endpoints: ["ecr.api", "logs"] };
    // 60 tasks over three zones in a deployment, two endpoints, eight for the load balancer.
    expect(addressesOf(alone).private).to.equal(20 + 2 + 8);
    const small = {
      ...alone,
      environment: { ...plan.environment, network: { ...plan.environment.network, masks: { private: 27 } } },
    };
    expect(
      quotaProblems(small).map(({ path, value, remedy }) => [path, value, remedy.includes("to 26")]),
    ).to.deep.equal([["archipelago:masks.private", "30 addresses in a zone", true]]);
  });

  it("are read from the settings, no smaller than AWS's own", () => {
    const found = (quotas: unknown) => problemsOf(runOf("dev", { quotas })).map(({ path }) => path);
    expect(found({ rulesPerBalancer: QUOTAS.rulesPerBalancer.value + 100 })).to.deep.equal([]);
    expect(found({ rulesPerBalancer: 5, roles: "many", rules: 7 })).to.have.members([
      "archipelago:quotas.rulesPerBalancer",
      "archipelago:quotas.roles",
      "archipelago:quotas.rules",
    ]);
  });
});
