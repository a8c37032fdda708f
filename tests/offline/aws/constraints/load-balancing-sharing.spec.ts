import { expect } from "chai";
import type { Emulation } from "../../../../offline/providers/core/emulation";
import { subject } from "../../providers/support";
import { cloudOf, refusals } from "./support";

const ELB = "arn:aws:elasticloadbalancing:eu-central-1:111122223333";
const [FIRST, SECOND] = [`${ELB}:loadbalancer/app/shop/1`, `${ELB}:loadbalancer/app/shop/2`];
const NETWORK = `${ELB}:loadbalancer/net/shop/3`;
const TARGETS = `${ELB}:targetgroup/shop/1`;
const WAF = "arn:aws:wafv2:eu-central-1:111122223333";
const ACL = `${WAF}:regional/webacl/shop/11`;
const LISTENER = "aws:lb/listener:Listener";
const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";

const cloud = (): Emulation =>
  cloudOf(
    ...[FIRST, SECOND, NETWORK].map((id) => ({ type: "aws:lb/loadBalancer:LoadBalancer", id })),
    { type: "aws:lb/targetGroup:TargetGroup", id: TARGETS, inputs: { protocol: "HTTP" } },
    { type: "aws:wafv2/webAcl:WebAcl", id: "11", inputs: { scope: "REGIONAL" } },
    { type: "aws:route53/zone:Zone", id: "Z1", inputs: { name: "example.com" } },
  );
const forward = [{ type: "forward", targetGroupArn: TARGETS }];
const listener = (loadBalancerArn: string, port = 80) => ({
  ...{ loadBalancerArn, port, protocol: "HTTP" },
  defaultActions: forward,
});

describe("offline providers: what load balancers share", () => {
  it("lets one load balancer forward to a target group, from several listeners and rules", () => {
    const aws = cloud();
    const shared = `targetGroupArn: ${FIRST} forwards to it already (TargetGroupAssociationLimit): make a target group for each load balancer`;
    const { id } = aws.create(subject(LISTENER, "first"), listener(FIRST));
    expect(refusals(aws, LISTENER, listener(FIRST, 81), "second")).to.deep.equal([]);
    expect(refusals(aws, LISTENER, listener(SECOND))).to.deep.equal([`defaultActions[0].${shared}`]);
    const rule = { priority: 1, actions: forward, conditions: [] };
    const RULE = "aws:lb/listenerRule:ListenerRule";
    expect(refusals(aws, RULE, { ...rule, listenerArn: id })).to.deep.equal([]);
    const fixed = { ...listener(SECOND), defaultActions: [{ type: "fixed-response" }] };
    const other = aws.create(subject(LISTENER, "third"), fixed);
    expect(refusals(aws, RULE, { ...rule, listenerArn: other.id }, "other")).to.deep.equal([`actions[0].${shared}`]);
  });

  it("refuses a port that does not exist", () => {
    expect(refusals(cloud(), LISTENER, listener(FIRST, 70_000))).to.deep.equal(["port: 70000 is no port: 1 to 65535"]);
  });

  it("puts a regional web ACL that exists before what takes one, and keeps it", () => {
    const aws = cloud();
    const refused = (webAclArn: string, resourceArn: string) => refusals(aws, ASSOCIATION, { webAclArn, resourceArn });
    const global = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/12";
    expect(refused(global, FIRST)).to.deep.equal([
      `webAclArn: "${global}" has scope CLOUDFRONT (WAFInvalidParameterException): name a web ACL of scope REGIONAL`,
    ]);
    expect(refused(ACL, NETWORK)).to.deep.equal([
      `resourceArn: "${NETWORK}" takes no web ACL (WAFInvalidParameterException): name an application load balancer or a REST API's stage`,
    ]);
    expect(refused(`${ACL}9`, FIRST)).to.deep.equal([
      `webAclArn: no aws:wafv2/webAcl:WebAcl "${ACL}9" exists in this account and region: create it first, or name one that exists`,
    ]);
    expect(refused(ACL, FIRST)).to.deep.equal([]);
    expect(() => {
      aws.delete(subject("aws:wafv2/webAcl:WebAcl"), "11");
    }).to.throw(`aws:wafv2/webAcl:WebAcl "11" can't be deleted: it is in use by ${ASSOCIATION} "${ACL},${FIRST}"`);
  });

  it("wants a time to live of records, and none of aliases", () => {
    const record = { zoneId: "Z1", name: "www.example.com", type: "A" };
    const aliases = [{ name: "shop.elb.amazonaws.com", zoneId: "Z2", evaluateTargetHealth: true }];
    const refused = (more: object) => refusals(cloud(), "aws:route53/record:Record", { ...record, ...more });
    expect(refused({ aliases })).to.deep.equal([]);
    expect(refused({ records: ["203.0.113.1"], ttl: 60 })).to.deep.equal([]);
    expect(refused({ aliases, ttl: 60 })).to.deep.equal(["ttl: an alias has its target's time to live: leave it out"]);
    expect(refused({ records: ["203.0.113.1"] })).to.deep.equal([
      "ttl: is missing: a record other than an alias needs it",
    ]);
  });
});
