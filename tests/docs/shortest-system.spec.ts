// The README's shortest complete system derives, judged by every anti-pattern, and gives what the table below it says.
import { expect } from "chai";
import { environments } from "../../infra/environments";
import { examine } from "../../infra/examine";
import type { System } from "../../infra/model/system";
import { awsPlan } from "../infra/support/aws";
import { buildOnEcs } from "../../infra/targets/ecs/ecs";
import { deploy, type Registered } from "../../offline/providers/mocks";
import { runOf } from "../infra/support/run";
import { rightsOf } from "../support/least-privilege";
import { block, readme, required } from "./blocks";

const TODAY = "2026-11-24";

/** What is counted, by the words of the table. */
const COUNTED: Readonly<Record<string, readonly string[]>> = {
  "ECS services, each with a task definition": ["aws:ecs/service:Service"],
  "IAM roles": ["aws:iam/role:Role"],
  "security groups": ["aws:ec2/securityGroup:SecurityGroup"],
  "security-group rules": [
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  ],
  "topics, one of them for alarms": ["aws:sns/topic:Topic"],
  "queues, dead-letter queues among them": ["aws:sqs/queue:Queue"],
  alarms: ["aws:cloudwatch/metricAlarm:MetricAlarm"],
  "encryption keys": ["aws:kms/key:Key"],
  "VPC endpoints": ["aws:ec2/vpcEndpoint:VpcEndpoint"],
};

function rowsOf(resources: readonly Registered[]): string[][] {
  const cloud = resources.filter(({ type }) => type.startsWith("aws:"));
  const rows = Object.entries(COUNTED).map(([what, types]) => [
    String(cloud.filter(({ type }) => types.includes(type)).length),
    what,
  ]);
  return [...rows, [String(cloud.length), "resources in all"]];
}

describe("the shortest complete system of the README", () => {
  const text = block("ts", "defineSystem({");
  const { parcels } = required(text) as { readonly parcels: System };
  const image = (name: string) => `111122223333.dkr.ecr.eu-central-1.amazonaws.com/parcels/${name}:1.0.0`;
  const run = runOf("local", {
    system: "parcels",
    waf: undefined,
    collector: undefined,
    images: { booking: image("booking"), delivery: image("delivery") },
  });
  const { problems, warnings, plan } = examine(run, { systems: { parcels }, environments }, TODAY);

  it("has no mistake, and no anti-pattern", () => {
    expect(problems).to.deep.equal([]);
    expect(warnings.map(({ path, value }) => `${path}: ${String(value)}`)).to.deep.equal([]);
  });

  it("is short", () => {
    const [, description = ""] = text.split("defineSystem({\n");
    expect(description.trimEnd().split("\n")).to.have.length.at.most(26);
  });

  it("gives what the table says", async function () {
    this.timeout(120_000);
    if (!plan) throw new Error("there is no plan");
    const { resources } = await deploy(() => buildOnEcs(awsPlan(plan)));
    const [, section = ""] = readme.split("## The shortest complete system\n");
    const rows = [...(section.split("\n## ")[0] ?? "").matchAll(/^\| +(\d+) \| (.*?) +\|$/gm)];
    expect(rows.map(([, count, what]) => [count, what])).to.deep.equal(rowsOf(resources));
    const rights = await rightsOf(resources);
    expect([rights["booking-task"], rights["delivery-task"]]).to.deep.equal([
      [
        "kms:Decrypt key messaging-messages-key via sns",
        "kms:GenerateDataKey key messaging-messages-key via sns",
        "sns:Publish topic messaging-parcel-events",
      ],
      [
        "kms:Decrypt key messaging-messages-key via sqs",
        "sqs:ChangeMessageVisibility queue messaging-tour-queue",
        "sqs:DeleteMessage queue messaging-tour-queue",
        "sqs:GetQueueAttributes queue messaging-tour-queue",
        "sqs:GetQueueUrl queue messaging-tour-queue",
        "sqs:ReceiveMessage queue messaging-tour-queue",
      ],
    ]);
  });
});
