import { expect } from "chai";
import { faultOf, longestDeployment } from "../../../../components/aws/microservice/deployment";
import { resolveSettings } from "../../../../components/aws/microservice/resolve";
import type { MicroserviceArgs } from "../../../../components/aws/microservice";
import { build, minimal, routing } from "./fixtures";

const arn = (revision: number): string =>
  `arn:aws:ecs:eu-central-1:123456789012:task-definition/shop-order:${revision}`;
const answer = (revision: number, runningCount = 2, desiredCount = 2) => ({
  taskDefinition: arn(revision),
  deployments: [{ status: "PRIMARY", desiredCount, runningCount }],
  events: [],
});
const longest = (args: Partial<MicroserviceArgs>) => longestDeployment(resolveSettings({ ...minimal, ...args }));

describe("a deployment", () => {
  it("is what was asked for when ECS runs that revision", () => {
    expect(faultOf(answer(2), arn(2))).to.equal(undefined);
    expect(faultOf(answer(2, 1), arn(2))).to.equal(undefined);
    expect(faultOf(answer(2, 0, 0), arn(2))).to.equal(undefined);
    expect(faultOf({ ...answer(2), taskDefinition: "shop-order:2" }, arn(2))).to.equal(undefined);
  });

  it("is not when ECS runs another revision, or no task", () => {
    expect(faultOf(answer(1), arn(2))).to.match(/^ECS runs shop-order:1, and shop-order:2 was asked for/);
    expect(faultOf(answer(2, 0), arn(2))).to.equal("none of its 2 tasks runs");
  });

  it("may take as long as tasks need that fail three times and go back, and 20 minutes at least", () => {
    expect(longest({ startTime: "0s", stopTimeout: "1s" })).to.equal(20);
    expect(longest({ routing })).to.equal(22);
    expect(longest({ routing: { ...routing, deregistrationDelay: "5m" } })).to.equal(40);
    expect(longest({ routing, startTime: "10m" })).to.equal(58);
  });

  it("keeps every revision of the task definition", async () => {
    const { one } = await build();
    expect(one("aws:ecs/taskDefinition:TaskDefinition").inputs.skipDestroy).to.equal(true);
  });

  it("that fails is an error of the program that names the service", async () => {
    const broken = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/order:does-not-start";
    const message = await build({ image: broken }).then(
      () => "",
      (error: unknown) => String(error),
    );
    expect(message).to.match(/waiting for ECS Service \(.*order.*\) create:/);
  });

  it("is not looked at where a service does not wait", async () => {
    const broken = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/order:does-not-start";
    const { one } = await build({ image: broken, waitForSteadyState: false });
    expect(one("aws:ecs/service:Service").inputs.waitForSteadyState).to.equal(false);
  });
});
