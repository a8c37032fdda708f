// Whatever the model takes, the components take: each limit is written once, in components/kit/limits.ts.
import { expect } from "chai";
import fc from "fast-check";
import { CALL_LIMITS, callProblems, type Duration, SCALING_LIMITS } from "../../../../components/kit";
import { validateScaling } from "../../../../components/aws/microservice/validate-scaling";
import { environments } from "../../../../infra/environments";
import { derivedOnAws } from "../../support/aws";
import type { System } from "../../../../infra/model/system";
import { validateSystem } from "../../../../infra/model/validate";

import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { deploy } from "../../../../offline/providers/mocks";
import { settingsFor } from "../../support/systems";

const whole = ([from, to]: readonly [number, number]) => fc.integer({ min: from, max: to });
/** Of a duration's bounds, and some between: out of bounds too, so that the model has something to refuse. */
const lasting = (...values: readonly Duration[]) =>
  fc.constantFrom<Duration>(...values, "0s", "1s", "30s", "59m", "2h");

const policy = fc.record(
  {
    timeout: fc.oneof(fc.constant("none" as const), lasting(...CALL_LIMITS.timeout)),
    retries: fc.integer({ min: -1, max: CALL_LIMITS.retries[1] + 2 }),
    backoff: fc.constantFrom<"0ms" | "1ms" | "60s" | "61s">("0ms", ...CALL_LIMITS.backoff, "61s"),
    breaker: fc.oneof(
      fc.constant("none" as const),
      fc.record({ failures: fc.integer({ min: 0, max: 1001 }), reset: lasting(...CALL_LIMITS.breakerReset) }),
    ),
    bulkhead: fc.constantFrom(0, ...CALL_LIMITS.bulkhead, 10_001),
  },
  { requiredKeys: [] },
);
const scaling = fc.record(
  {
    min: fc.integer({ min: 0, max: 2 }),
    max: fc.constantFrom(2, 3, SCALING_LIMITS.tasks[1], SCALING_LIMITS.tasks[1] + 1),
    cpu: fc.integer({ min: 0, max: 101 }),
    memory: whole(SCALING_LIMITS.target),
    scaleInCooldown: lasting(...SCALING_LIMITS.cooldown),
    scaleOutCooldown: lasting(...SCALING_LIMITS.cooldown),
  },
  { requiredKeys: ["min", "max", "cpu"] },
);

const systemOf = (call: object, bounds: typeof scaling extends fc.Arbitrary<infer T> ? T : never): System => ({
  name: "shop",
  tracing: {},
  contexts: { Sales: { description: "Sells", entities: ["Order"] } },
  topics: {},
  services: {
    till: { context: "Sales", description: "Calls", calls: { stock: { ...call } }, scaling: { min: 2, max: 2 } },
    stock: { context: "Sales", description: "Answers", offers: { look: "read" }, scaling: bounds },
  },
});

describe("limits", () => {
  it("of calls and scaling that the model takes are those that the components take, and the other way round", () => {
    let [taken, refused] = [0, 0];
    fc.assert(
      fc.property(policy, scaling, (call, bounds) => {
        const paths = validateSystem(systemOf(call, bounds)).map(({ path }) => path);
        const byModel = {
          call: paths.some((path) => path.startsWith("services.till.calls.stock")),
          scaling: paths.some((path) => path.startsWith("services.stock.scaling") && !path.endsWith(".min")),
        };
        const byComponent = {
          call: callProblems(call).length > 0,
          scaling: validateScaling(bounds, undefined).some(({ path }) => !path.endsWith(".min")),
        };
        expect(byComponent).to.deep.equal(byModel);
        if (byModel.call || byModel.scaling) refused += 1;
        else taken += 1;
      }),
      { numRuns: 300 },
    );
    // Neither side has it easy.
    expect(taken).to.be.greaterThan(5);
    expect(refused).to.be.greaterThan(5);
  });

  it("let a description at every upper bound be built", async function () {
    this.timeout(60_000);
    const call = {
      timeout: CALL_LIMITS.timeout[1],
      retries: CALL_LIMITS.retries[1],
      backoff: CALL_LIMITS.backoff[1],
      breaker: { failures: CALL_LIMITS.breakerFailures[1], reset: CALL_LIMITS.breakerReset[1] },
      bulkhead: CALL_LIMITS.bulkhead[1],
    };
    const [, most] = SCALING_LIMITS.target;
    const system = systemOf(call, {
      min: 2,
      max: 3,
      cpu: most,
      memory: 1,
      scaleInCooldown: "1h",
      scaleOutCooldown: "0s",
    });
    expect(validateSystem(system)).to.deep.equal([]);
    const plan = derivedOnAws(system, environments.prod, settingsFor(system, "prod"));
    const images = plan.services.map((one) => ({
      ...one,
      image: `111122223333.dkr.ecr.eu-central-1.amazonaws.com/${one.name}:1`,
    }));
    const { resources } = await deploy(() => buildOnEcs({ ...plan, services: images }), { region: plan.region });
    expect(resources.filter(({ type }) => type === "aws:ecs/service:Service")).to.have.lengthOf(2);
  });
});
