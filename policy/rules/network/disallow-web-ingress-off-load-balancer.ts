import { refers, referred } from "../relations";
import type { StackRule, StackResource } from "../rule";
import { at, isMissing } from "../value";
import { LOAD_BALANCERS } from "./balancers";
import { isAnywhere } from "./cidr";
import { openings, INGRESS_RULES } from "./openings";

const GROUPS = ["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"];

export const disallowWebIngressOffLoadBalancer: StackRule = {
  id: "disallow-web-ingress-off-load-balancer",
  title: "Only load balancers take the internet's traffic",
  description: "Ports 80 and 443 open to the whole internet in the security groups of load balancers only.",
  severity: "high",
  controls: ["PCI-DSS-4.0 1.3.1", "NIST-800-53 SC-7"],
  remediation: "put a load balancer in front, and let its security group in",
  appliesTo: INGRESS_RULES,
  checkStack(stack, report) {
    const balancers = stack.ofType(...LOAD_BALANCERS, "aws:elb/loadBalancer:LoadBalancer");
    const balances = (group: StackResource) =>
      balancers.some(
        (balancer) =>
          // At preview the groups of a balancer that is given none are unknown, and none of them is this one.
          !isMissing(at(balancer.given, "securityGroups")) && refers(stack, balancer, "securityGroups", group) !== "no",
      );
    for (const resource of stack.ofType(...INGRESS_RULES)) {
      const open = openings(resource)
        .filter(({ direction }) => direction === "ingress")
        .flatMap(({ ranges }) => ranges);
      const anywhere = open.filter(({ value }) => isAnywhere(value));
      if (anywhere.length === 0) continue;
      const groups = GROUPS.includes(resource.type)
        ? [resource]
        : referred(stack, resource, "securityGroupId", stack.ofType(...GROUPS)).map(({ to }) => to);
      if (groups.length === 0 || groups.some(balances)) continue;
      for (const { path, value } of anywhere) {
        report(resource, {
          path,
          found: value,
          required: "a load balancer's security group, or a range that is not the internet",
        });
      }
    }
  },
};
