// Load balancers stay, reach every zone, and send to healthy targets only.
import { all, any, given, has, members, notOff, on, oneOf, saysNot, says } from "../conditions";
import { inTypes, propertyRule } from "../property-rule";
import type { Rule } from "../rule";

const BALANCERS = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"];
const TARGET_GROUPS = ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"];
const CLASSIC = "aws:elb/loadBalancer:LoadBalancer";
const GROUP = "aws:autoscaling/group:Group";

export const loadBalancerRules: readonly Rule[] = [
  propertyRule({
    id: "require-load-balancer-deletion-protection",
    title: "Load balancers are protected from deletion",
    description:
      "A load balancer can't be deleted until its protection is turned off: its name, and all that points to it, would be gone.",
    severity: "medium",
    level: "advisory",
    controls: ["FSBP ELB.6", "NIST-800-53 CP-10"],
    remediation: "set enableDeletionProtection to true",
    property: inTypes("enableDeletionProtection", ...BALANCERS),
    must: on,
  }),
  propertyRule({
    id: "require-load-balancer-cross-zone",
    title: "Network load balancers reach targets of every zone",
    description: "A network or gateway load balancer sends to the targets of all zones.",
    severity: "low",
    controls: ["NIST-800-53 CP-10"],
    remediation: "set enableCrossZoneLoadBalancing to true",
    property: inTypes("enableCrossZoneLoadBalancing", ...BALANCERS),
    where: says("loadBalancerType", "network", "gateway"),
    must: on,
  }),
  propertyRule({
    id: "require-classic-load-balancer-cross-zone",
    title: "Classic load balancers reach instances of every zone",
    description: "A classic load balancer sends to the instances of all zones.",
    severity: "medium",
    controls: ["FSBP ELB.9", "NIST-800-53 CP-10"],
    remediation: "leave crossZoneLoadBalancing out, or set it to true",
    property: { [CLASSIC]: "crossZoneLoadBalancing" },
    must: notOff,
  }),
  propertyRule({
    id: "require-classic-load-balancer-draining",
    title: "Classic load balancers let requests end",
    description: "A classic load balancer lets the requests of an instance end before it leaves.",
    severity: "low",
    controls: ["FSBP ELB.7", "NIST-800-53 CP-10"],
    remediation: "set connectionDraining to true",
    property: { [CLASSIC]: "connectionDraining" },
    must: on,
  }),
  propertyRule({
    id: "require-classic-load-balancer-zones",
    title: "Classic load balancers are in two zones",
    description: "A classic load balancer is in two zones at least.",
    severity: "medium",
    controls: ["FSBP ELB.10", "NIST-800-53 CP-10"],
    remediation: "name two subnets, or two availability zones",
    property: { [CLASSIC]: "subnets | availabilityZones" },
    must: members(2),
  }),
  propertyRule({
    id: "require-target-health-check",
    title: "Target groups ask the targets whether they are well",
    description:
      "A target group for HTTP says which path tells whether a target is well; without one it is /, whatever that answers.",
    severity: "low",
    controls: ["NIST-800-53 CP-10"],
    remediation: "set healthCheck.path",
    property: inTypes("healthCheck.path", ...TARGET_GROUPS),
    where: all(any(says("protocol", "HTTP", "HTTPS"), says("targetType", "alb")), saysNot("targetType", "lambda")),
    must: given,
  }),
  propertyRule({
    id: "disallow-target-health-check-off",
    title: "The health check of target groups is on",
    description: "A target group does not turn its health check off.",
    severity: "medium",
    controls: ["NIST-800-53 CP-10"],
    remediation: "leave healthCheck.enabled out, or set it to true",
    property: inTypes("healthCheck.enabled", ...TARGET_GROUPS),
    where: saysNot("targetType", "lambda"),
    must: notOff,
  }),
  propertyRule({
    id: "require-group-load-balancer-health-check",
    title: "Groups of instances replace what the load balancer finds ill",
    description: "A group of instances behind a load balancer uses its health check: EC2's own sees only the machine.",
    severity: "medium",
    controls: ["FSBP AutoScaling.1", "NIST-800-53 CP-10"],
    remediation: "set healthCheckType to ELB",
    property: { [GROUP]: "healthCheckType" },
    where: any(has("targetGroupArns"), has("loadBalancers"), has("trafficSources")),
    must: oneOf("ELB", "VPC_LATTICE"),
  }),
];
