import { expect } from "chai";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import type { System } from "../../../../infra/model/system";
import { storeNames } from "../../../../infra/targets/aws/store-names";
import { systems } from "../../../../infra/systems";
import { deploy } from "../../../../offline/providers/mocks";
import { planFor, runOf } from "../../support/run";

/** What the platform itself keeps: the access logs, and queues beside a queue. */
const OWN = /^cluster-access-logs$|-(?:dead-letter|undelivered)$/;
const TYPES =
  /^aws:(?:elasticache\/replicationGroup|rds\/cluster|rds\/instance|s3\/bucket|secretsmanager\/secret|sqs\/queue):/;

function servicesOf(name: string): System["services"] {
  return systems[name]?.services ?? {};
}

describe("names of stores from a description alone", function () {
  this.timeout(60_000);

  for (const [stack, name] of [
    ["local", "ecommerce"],
    ["enterprise-local", "enterprise"],
  ] as const) {
    it(`are those that ${name} is built with`, async () => {
      const { resources } = await deploy(() => buildOnEcs(planFor(runOf(stack))));
      const built = resources.filter(({ type, name: child }) => TYPES.test(type) && !OWN.test(child));
      expect([...new Set(built.map((each) => each.name))].sort()).to.deep.equal(
        storeNames(systems[name] ?? { services: {} }).sort(),
      );
    });
  }

  it("include those of the name that a service had", () => {
    const { user, ...others } = servicesOf("ecommerce");
    const names = storeNames({ services: { ...others, ...(user && { account: { ...user, renamedFrom: "user" } }) } });
    expect(names).to.include.members(["account-db-instance", "user-db-instance"]);
  });
});
