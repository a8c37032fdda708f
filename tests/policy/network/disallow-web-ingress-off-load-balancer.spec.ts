import { disallowWebIngressOffLoadBalancer } from "../../../policy/rules/network/disallow-web-ingress-off-load-balancer";
import { resource, specify, unknown } from "../support";

const web = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] };
const group = (props: object = {}, name = "group") =>
  resource("aws:ec2/securityGroup:SecurityGroup", { id: "sg-1", ...props }, name);
const balancer = (securityGroups: unknown) =>
  resource("aws:lb/loadBalancer:LoadBalancer", { securityGroups }, "lb", { securityGroups: ["group"] });
const rule = (props: object, id: unknown = "sg-1") =>
  resource(
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    { securityGroupId: id, cidrIpv4: "0.0.0.0/0", ...props },
    "rule",
    { securityGroupId: ["group"] },
  );

specify(disallowWebIngressOffLoadBalancer, {
  compliant: [
    [group({ ingress: [web] }), balancer(["sg-1"])],
    [group(), rule({}), balancer(["sg-1"])],
    [group({ ingress: [{ ...web, cidrBlocks: ["10.0.0.0/16"] }] })],
  ],
  violating: [
    [[group({ ingress: [web] })], ['group: ingress[0].cidrBlocks[0] is "0.0.0.0/0"']],
    [[group(), rule({})], ['rule: cidrIpv4 is "0.0.0.0/0"']],
    [[group({ ingress: [web] }), balancer(["sg-2"])], ['group: ingress[0].cidrBlocks[0] is "0.0.0.0/0"']],
  ],
  notApplicable: [[rule({ securityGroupId: "sg-elsewhere" })].map((subject) => ({ ...subject, from: {} }))],
  missing: [
    [
      [group({ ingress: [web] }), resource("aws:lb/loadBalancer:LoadBalancer", {}, "lb")],
      ['group: ingress[0].cidrBlocks[0] is "0.0.0.0/0"'],
    ],
  ],
  unknown: [
    [[group({ id: unknown, ingress: [web] }), balancer([unknown])], []],
    [[group({ id: unknown, ingress: [web] }), balancer(unknown)], []],
    [[group({ id: unknown }), rule({}, unknown)], ['rule: cidrIpv4 is "0.0.0.0/0"']],
    [[group({ id: unknown }), rule({ cidrIpv4: unknown }, unknown)], []],
    // A network load balancer that is given no group: what the provider computes is none that the program has.
    [
      [
        group({ id: unknown, ingress: [web] }),
        resource("aws:lb/loadBalancer:LoadBalancer", { loadBalancerType: "network", securityGroups: unknown }, "lb"),
      ],
      ['group: ingress[0].cidrBlocks[0] is "0.0.0.0/0"'],
    ],
  ],
});
