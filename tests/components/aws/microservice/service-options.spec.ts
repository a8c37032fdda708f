import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { Microservice, type MicroserviceArgs } from "../../../../components/aws/microservice";
import { deploy, outputOf } from "../../../../offline/providers/mocks";
import { standing } from "../../../support/standing";
import { build, minimal, routing } from "./fixtures";

/** The options that the ECS service is registered with, and the names of what it waits for. */
async function optionsOf(args: Partial<MicroserviceArgs>) {
  let seen: pulumi.CustomResourceOptions = {};
  const service = (_args: unknown, opts: pulumi.CustomResourceOptions) => void (seen = opts);
  await build({ ...args, transform: { service } });
  const needs = (seen.dependsOn ?? []) as readonly pulumi.Resource[];
  const names = await Promise.all(needs.map(async ({ urn }) => (await outputOf(urn)).split("::").at(-1)));
  return { waitsFor: names, ignoreChanges: seen.ignoreChanges };
}

describe("components/aws/microservice service options", () => {
  it("waits for the right to start, and for nothing else", async () => {
    expect(await optionsOf({})).to.deep.equal({ waitsFor: ["order-execution-policy"], ignoreChanges: undefined });
  });

  it("waits for its rights, for open ways and for the load balancer to have its target group", async () => {
    const { waitsFor } = await optionsOf({
      routing,
      grants: {
        database: {
          statements: [
            { Action: "rds-db:connect", Resource: "arn:aws:rds-db:eu-central-1:123456789012:dbuser:db/app" },
          ],
          reaches: [{ to: "db", port: 5432, securityGroupId: "sg-db" }],
        },
      },
    });
    expect(waitsFor).to.have.members([
      "order-execution-policy",
      "order-task-policy",
      "order-from-load-balancer",
      "order-load-balancer-egress",
      "order-to-db-5432",
      "order-at-db-5432",
      "rule-200",
    ]);
  });

  it("waits for what its grants say must be there first, and its task definition does not", async () => {
    const { one } = await deploy(
      () => {
        const endpoint = new aws.ec2.VpcEndpoint("endpoint", {
          vpcId: "vpc-1",
          serviceName: "com.amazonaws.us-east-1.s3",
        });
        return new Microservice("order", { ...minimal, grants: { endpoints: { startsAfter: [endpoint] } } });
      },
      { existing: standing },
    );
    const { urn } = one("aws:ec2/vpcEndpoint:VpcEndpoint");
    expect(one("aws:ecs/service:Service").dependencies).to.include(urn);
    expect(one("aws:ecs/taskDefinition:TaskDefinition").dependencies).not.to.include(urn);
  });

  it("leaves the number of tasks to autoscaling wherever there is any", async () => {
    const { ignoreChanges } = await optionsOf({ scaling: { min: 1, max: 2, cpu: 50 } });
    expect(ignoreChanges).to.deep.equal(["desiredCount"]);
    const schedules = { night: { schedule: "rate(1 day)", min: 1, max: 1 } };
    const scheduled = await optionsOf({ scaling: { min: 2, max: 2, schedules } });
    expect(scheduled.ignoreChanges).to.deep.equal(["desiredCount"]);
  });
});
