import { expect } from "chai";
import type { Emulation } from "../../../../offline/providers/core/emulation";
import { subject } from "../../providers/support";
import { cloudOf, refusals } from "./support";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const SERVICE = "aws:ecs/service:Service";
const ECS = "arn:aws:ecs:eu-central-1:111122223333";
const targets = (name: string): string =>
  `arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/${name}/1`;

const cloud = (): Emulation =>
  cloudOf(
    { type: "aws:ecs/cluster:Cluster", id: `${ECS}:cluster/c`, inputs: { name: "c" } },
    ...["1", "2"].flatMap((n) => [
      { type: "aws:ec2/vpc:Vpc", id: `vpc-${n}`, inputs: { cidrBlock: `10.${n}.0.0/16` } },
      { type: "aws:ec2/subnet:Subnet", id: `subnet-${n}`, inputs: { vpcId: `vpc-${n}` } },
      { type: "aws:lb/targetGroup:TargetGroup", id: targets(n), inputs: { targetType: "ip", vpcId: `vpc-${n}` } },
    ]),
  );
const container = { name: "app", image: "app:1", portMappings: [{ containerPort: 80 }] };
const task = (cpu: string) => ({ family: "f", containerDefinitions: JSON.stringify([container]), cpu });
const service = (taskDefinition: string) => ({
  ...{ cluster: "c", name: "s", taskDefinition },
  networkConfiguration: { subnets: ["subnet-1"] },
});

describe("offline providers: which task definition a service runs", () => {
  /** Two revisions, of which the first was given up. */
  function replaced(): Emulation {
    const aws = cloud();
    const [first] = ["256", "512"].map((cpu) => aws.create(subject(TASK, "task"), task(cpu)));
    aws.delete(subject(TASK, "task"), "f", first?.outputs);
    return aws;
  }
  const run = (aws: Emulation, name: string) => refusals(aws, SERVICE, service(name));

  it("takes the newest revision, by its ARN or its name, and a family", () => {
    for (const name of [`${ECS}:task-definition/f:2`, "f:2", "f"])
      expect(run(replaced(), name), name).to.deep.equal([]);
  });
  it("takes an older one that still stands", () => {
    const aws = cloud();
    for (const cpu of ["256", "512"]) aws.create(subject(TASK, "task"), task(cpu));
    expect(run(aws, "f:1")).to.deep.equal([]);
  });
  it("refuses one that was given up, also after another replacement", () => {
    const aws = replaced();
    expect(run(aws, "f:1")).to.deep.equal([
      "taskDefinition: revision 1 of f is INACTIVE (ClientException), the newest is 2: name that one",
    ]);
    aws.create(subject(TASK, "task"), task("1024"));
    expect(run(aws, `${ECS}:task-definition/f:1`)).to.deep.equal([
      "taskDefinition: revision 1 of f is INACTIVE (ClientException), the newest is 3: name that one",
    ]);
  });
  it("refuses one that there never was, and a family that there is not", () => {
    expect(run(replaced(), "f:3")).to.deep.equal([
      "taskDefinition: f has no revision 3 (ClientException), the newest is 2: name that one",
    ]);
    expect(run(replaced(), "g:1")).to.deep.equal([
      `taskDefinition: no ${TASK} "g:1" exists in this account and region: create it first, or name one that exists`,
    ]);
  });
});

describe("offline providers: which target group a service registers with", () => {
  const behind = (n: string) => {
    const aws = cloud();
    aws.create(subject(TASK, "task"), task("256"));
    const loadBalancers = [{ targetGroupArn: targets(n), containerName: "app", containerPort: 80 }];
    return refusals(aws, SERVICE, { ...service("f:1"), loadBalancers });
  };
  it("takes one of its VPC", () => expect(behind("1")).to.deep.equal([]));
  it("refuses one of another", () => {
    expect(behind("2")).to.deep.equal([
      "loadBalancers[0].targetGroupArn: the target group is in vpc-2, the service's subnets in vpc-1: name a target group of the same VPC",
    ]);
  });
});
