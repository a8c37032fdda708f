import { expect } from "chai";
import { sdkOf } from "../../../offline/providers/packages";
import { subject } from "../providers/support";
import { cloudOf, refusals } from "./constraints/support";

const ELB = "arn:aws:elasticloadbalancing:eu-central-1:111122223333";
const BALANCER = `${ELB}:loadbalancer/app/shop/1`;
const TYPES = [
  ...["loadBalancer:LoadBalancer", "targetGroup:TargetGroup", "listener:Listener", "listenerRule:ListenerRule"],
  ...["listenerCertificate:ListenerCertificate", "targetGroupAttachment:TargetGroupAttachment"],
];
const fixed = [{ type: "fixed-response" }];
const listener = { loadBalancerArn: BALANCER, port: 80, protocol: "HTTP", defaultActions: fixed };

describe("offline providers: types with a second name", () => {
  it("have the same inputs under both", () => {
    const inputs = (type: string) => [...(sdkOf("aws").resource(type)?.inputs.keys() ?? [])].sort();
    for (const type of TYPES) {
      expect(inputs(`aws:alb/${type}`), type).not.to.have.length(0);
      expect(inputs(`aws:alb/${type}`), type).to.deep.equal(inputs(`aws:lb/${type}`));
    }
  });

  it("are judged by the same rules", () => {
    expect(
      refusals(cloudOf(), "aws:alb/targetGroup:TargetGroup", { name: "tg", port: 80, protocol: "HTTP" }),
    ).to.deep.equal(["vpcId: a target group of instance targets needs it"]);
  });

  it("are one thing in the cloud: found, in the way, kept and named under either", () => {
    const aws = cloudOf({ type: "aws:alb/loadBalancer:LoadBalancer", id: BALANCER });
    const { id, outputs } = aws.create(subject("aws:alb/listener:Listener", "first"), listener);
    expect(outputs.arn).to.equal(id);
    expect(refusals(aws, "aws:lb/listener:Listener", listener)).to.deep.equal([
      "port: port 80 of this load balancer has a listener already (DuplicateListener): choose another",
    ]);
    expect(aws.read(subject("aws:lb/listener:Listener"), id)?.outputs).to.deep.equal(outputs);
    aws.create(subject("aws:lb/targetGroup:TargetGroup", "one"), { name: "tg", targetType: "lambda" });
    expect(refusals(aws, "aws:alb/targetGroup:TargetGroup", { name: "tg", targetType: "lambda" }, "two")).to.deep.equal(
      ['name: "tg" already exists in eu-central-1: give it another name, or import it'],
    );
    aws.delete(subject("aws:alb/listener:Listener", "first"), id);
    expect(refusals(aws, "aws:lb/listener:Listener", listener)).to.deep.equal([]);
  });
});
