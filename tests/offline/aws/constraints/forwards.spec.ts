import { expect } from "chai";
import type { Emulation } from "../../../../offline/providers/core/emulation";
import { subject } from "../../providers/support";
import { cloudOf, refusals } from "./support";

const ELB = "arn:aws:elasticloadbalancing:eu-central-1:111122223333";
const [FIRST, SECOND] = [`${ELB}:loadbalancer/app/shop/1`, `${ELB}:loadbalancer/app/shop/2`];
const LISTENER = "aws:lb/listener:Listener";
const RULE = "aws:lb/listenerRule:ListenerRule";
const targets = (name: string): string => `${ELB}:targetgroup/${name}/1`;

const cloud = (): Emulation =>
  cloudOf(
    ...["1", "2"].flatMap((n) => [
      { type: "aws:ec2/vpc:Vpc", id: `vpc-${n}`, inputs: { cidrBlock: `10.${n}.0.0/16` } },
      { type: "aws:ec2/subnet:Subnet", id: `subnet-${n}`, inputs: { vpcId: `vpc-${n}` } },
    ]),
    { type: "aws:lb/loadBalancer:LoadBalancer", id: FIRST, inputs: { subnets: ["subnet-1"] } },
    { type: "aws:lb/loadBalancer:LoadBalancer", id: SECOND, inputs: { subnetMappings: [{ subnetId: "subnet-1" }] } },
    ...["a", "b", "c", "d", "e", "f"].map((name) => ({
      ...{ type: "aws:lb/targetGroup:TargetGroup", id: targets(name) },
      inputs: { protocol: "HTTP", vpcId: "vpc-1" },
    })),
    { type: "aws:lb/targetGroup:TargetGroup", id: targets("far"), inputs: { protocol: "HTTP", vpcId: "vpc-2" } },
    { type: "aws:lb/targetGroup:TargetGroup", id: targets("tcp"), inputs: { protocol: "TCP", vpcId: "vpc-1" } },
  );
const weighed = (...names: string[]) => [
  { type: "forward", forward: { targetGroups: names.map((name) => ({ arn: targets(name), weight: 1 })) } },
];
const listener = (defaultActions: readonly object[], loadBalancerArn = FIRST, port = 80) =>
  ({ loadBalancerArn, port, protocol: "HTTP", defaultActions }) as Parameters<Emulation["create"]>[1];

describe("offline providers: where listeners and rules forward to", () => {
  it("weighs target groups that fit, and refuses one of another protocol", () => {
    expect(refusals(cloud(), LISTENER, listener(weighed("a", "b")))).to.deep.equal([]);
    expect(refusals(cloud(), LISTENER, listener(weighed("a", "tcp")))).to.deep.equal([
      "defaultActions[0].forward.targetGroups[1].arn: the target group speaks TCP: an application load balancer forwards to HTTP or HTTPS",
    ]);
  });

  it("refuses a target group of another VPC, alone or weighed, in a listener or a rule", () => {
    const reason = "the target group is in vpc-2, the load balancer in vpc-1 (InvalidConfigurationRequest): name a target group of the same VPC"; // prettier-ignore
    const single = [{ type: "forward", targetGroupArn: targets("far") }];
    for (const balancer of [FIRST, SECOND])
      expect(refusals(cloud(), LISTENER, listener(single, balancer))).to.deep.equal([
        `defaultActions[0].targetGroupArn: ${reason}`,
      ]);
    const aws = cloud();
    const { id } = aws.create(subject(LISTENER, "first"), listener(weighed("a")));
    const rule = (actions: readonly object[]) =>
      ({ listenerArn: id, priority: 1, conditions: [], actions }) as Parameters<Emulation["create"]>[1];
    expect(refusals(aws, RULE, rule(weighed("b", "far")))).to.deep.equal([
      `actions[0].forward.targetGroups[1].arn: ${reason}`,
    ]);
    expect(refusals(aws, RULE, rule(weighed("b")))).to.deep.equal([]);
  });

  it("lets one load balancer have a target group, weighed or alone", () => {
    const aws = cloud();
    aws.create(subject(LISTENER, "first"), listener(weighed("a", "b")));
    expect(refusals(aws, LISTENER, listener(weighed("c", "b"), SECOND))).to.deep.equal([
      `defaultActions[0].forward.targetGroups[1].arn: ${FIRST} forwards to it already (TargetGroupAssociationLimit): make a target group for each load balancer`,
    ]);
    expect(refusals(aws, LISTENER, listener(weighed("c"), SECOND))).to.deep.equal([]);
  });

  it("weighs five target groups at most, with weights of up to 999", () => {
    expect(refusals(cloud(), LISTENER, listener(weighed("a", "b", "c", "d", "e")))).to.deep.equal([]);
    expect(refusals(cloud(), LISTENER, listener(weighed("a", "b", "c", "d", "e", "f")))).to.deep.equal([
      "defaultActions[0].forward.targetGroups: 6 target groups, and an action forwards to 5 at most (TooManyTargetGroups): leave some out",
    ]);
    const heavy = (weight: number) =>
      refusals(cloud(), LISTENER, listener([{ type: "forward", forward: { targetGroups: [{ arn: targets("a"), weight }] } }])); // prettier-ignore
    expect(heavy(999)).to.deep.equal([]);
    expect(heavy(1000)).to.deep.equal([
      "defaultActions[0].forward.targetGroups[0].weight: 1000 is out of range: 0 to 999",
    ]);
  });
});
