// Load balancers, groups of instances, queues, functions and distributions that outlive a zone, a bad message and a mistake.
import { companionRule } from "../companion-rule";
import { atLeast, given, lacks, members, notOff, on, oneOf } from "../conditions";
import { propertyRule } from "../property-rule";
import { refers } from "../relations";
import type { Rule, Stack, StackResource } from "../rule";
import { at, isMissing, parsed, UNKNOWN } from "../value";

const GROUP = "aws:autoscaling/group:Group";
const QUEUE = "aws:sqs/queue:Queue";
const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";

export const serviceRules: readonly Rule[] = [
  propertyRule({
    id: "require-group-zones",
    title: "Groups of instances are in two zones",
    description: "A group of instances names two subnets or zones at least.",
    severity: "medium",
    controls: ["FSBP AutoScaling.2", "NIST-800-53 CP-10"],
    remediation: "name a subnet of each zone in vpcZoneIdentifiers",
    property: { [GROUP]: "vpcZoneIdentifiers | availabilityZones" },
    must: members(2),
  }),
  propertyRule({
    id: "require-group-launch-template",
    title: "Groups of instances use launch templates",
    description: "A group of instances is launched by a template: launch configurations get nothing new any more.",
    severity: "medium",
    controls: ["FSBP AutoScaling.9", "NIST-800-53 CM-2"],
    remediation: "use launchTemplate or mixedInstancesPolicy",
    property: { [GROUP]: "launchTemplate | mixedInstancesPolicy" },
    must: given,
  }),
  propertyRule({
    id: "require-group-tags",
    title: "Groups of instances are tagged",
    description: "A group of instances has tags, which it gives to its instances.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 CM-8"],
    remediation: "set tags, each with propagateAtLaunch",
    property: { [GROUP]: "tags" },
    must: given,
  }),
  companionRule({
    id: "require-queue-dead-letters",
    title: "Queues set aside what can't be processed",
    description:
      "A queue has a dead-letter queue: a message that always fails would come back until it ends, and be lost.",
    severity: "medium",
    controls: ["NIST-800-53 CP-10"],
    remediation: "set redrivePolicy, or add a RedrivePolicy",
    holders: [QUEUE],
    companions: { "aws:sqs/redrivePolicy:RedrivePolicy": "queueUrl" },
    inline: ({ given: props }) => !isMissing(at(props, "redrivePolicy")),
    unless: takesDeadLetters,
    path: "redrivePolicy",
    required: "a dead-letter queue",
  }),
  companionRule({
    id: "require-function-dead-letters",
    title: "Functions keep the events that they can't process",
    description:
      "A function has a dead-letter target or a destination for failures. Functions of event sources, balancers and APIs are called otherwise.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 CP-10", "NIST-800-53 SI-11"],
    remediation: "set deadLetterConfig.targetArn, or add a FunctionEventInvokeConfig with onFailure",
    holders: ["aws:lambda/function:Function"],
    companions: { "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": "functionName" },
    right: (config) => !isMissing(at(config.props, "destinationConfig.onFailure.destination")),
    inline: ({ given: props }) => !isMissing(at(props, "deadLetterConfig.targetArn")),
    path: "deadLetterConfig",
    required: "a target for failed events",
  }),
  propertyRule({
    id: "require-function-concurrency",
    title: "Functions have a concurrency of their own",
    description: "A function reserves concurrency, so that it can't take all of the account's, nor be left without.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 SC-5"],
    remediation: "set reservedConcurrentExecutions",
    property: { "aws:lambda/function:Function": "reservedConcurrentExecutions" },
    must: atLeast(0),
  }),
  propertyRule({
    id: "require-distribution-root-object",
    title: "Distributions have a root object",
    description: "A distribution says what it answers at /; without it the list of a bucket's objects may be seen.",
    severity: "medium",
    controls: ["FSBP CloudFront.1", "NIST-800-53 SC-7"],
    remediation: "set defaultRootObject",
    property: { [DISTRIBUTION]: "defaultRootObject" },
    must: given,
  }),
  propertyRule({
    id: "require-distribution-origin-failover",
    title: "Distributions have a second origin",
    description: "A distribution has an origin group, whose second origin answers when the first one fails.",
    severity: "low",
    level: "advisory",
    controls: ["FSBP CloudFront.4", "NIST-800-53 CP-10"],
    remediation: "add an origin group with two origins",
    property: { [DISTRIBUTION]: "originGroups" },
    must: given,
  }),
  propertyRule({
    id: "require-distribution-geo-restriction",
    title: "Distributions name the countries that they serve",
    description: "A distribution has a list of countries.",
    severity: "low",
    level: "disabled",
    controls: ["NIST-800-53 AC-3"],
    remediation: "set restrictions.geoRestriction with a whitelist",
    property: { [DISTRIBUTION]: "restrictions.geoRestriction.restrictionType" },
    must: oneOf("whitelist", "blacklist"),
  }),
  propertyRule({
    id: "require-firewall-deletion-protection",
    title: "Network firewalls are protected from deletion",
    description: "A network firewall can't be deleted until its protection is turned off.",
    severity: "medium",
    controls: ["FSBP NetworkFirewall.9", "NIST-800-53 CP-10"],
    remediation: "set deleteProtection to true",
    property: { "aws:networkfirewall/firewall:Firewall": "deleteProtection" },
    must: on,
  }),
  propertyRule({
    id: "require-firewall-subnet-protection",
    title: "The subnets of network firewalls are protected",
    description: "The subnets of a network firewall can't be changed until the protection is turned off.",
    severity: "low",
    controls: ["FSBP NetworkFirewall.10", "NIST-800-53 CP-10"],
    remediation: "set subnetChangeProtection to true",
    property: { "aws:networkfirewall/firewall:Firewall": "subnetChangeProtection" },
    must: on,
  }),
  propertyRule({
    id: "require-firewall-zones",
    title: "Network firewalls are in two zones",
    description: "A network firewall has an endpoint in two zones at least.",
    severity: "medium",
    controls: ["FSBP NetworkFirewall.1", "NIST-800-53 CP-10"],
    remediation: "add a subnet of another zone to subnetMappings",
    property: { "aws:networkfirewall/firewall:Firewall": "subnetMappings | availabilityZoneMappings" },
    must: members(2),
  }),
  propertyRule({
    id: "require-instance-storage-bandwidth",
    title: "Instances have bandwidth of their own to their disks",
    description: "An instance is optimised for EBS. Current types always are.",
    severity: "low",
    level: "disabled",
    controls: ["NIST-800-53 SC-5"],
    remediation: "set ebsOptimized to true",
    property: { "aws:ec2/instance:Instance": "ebsOptimized" },
    must: on,
  }),
  propertyRule({
    id: "require-domain-transfer-lock",
    title: "Domains can't be transferred unnoticed",
    description: "A registered domain is locked against transfers.",
    severity: "medium",
    controls: ["NIST-800-53 CM-5"],
    remediation: "leave transferLock out, or set it to true",
    property: { "aws:route53domains/registeredDomain:RegisteredDomain": "transferLock" },
    must: notOff,
  }),
  propertyRule({
    id: "require-zone-name-signing",
    title: "Public hosted zones are signed",
    description: "A signing configuration of a hosted zone is not turned off.",
    severity: "low",
    controls: ["NIST-800-53 SC-20"],
    remediation: "leave signingStatus out, or set it to SIGNING",
    property: { "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec": "signingStatus" },
    must: { words: '"SIGNING"', accepts: (value) => isMissing(value) || value === "SIGNING" },
  }),
  companionRule({
    id: "require-zone-signature",
    title: "Public hosted zones use DNSSEC",
    description: "A public hosted zone is signed, so that nobody answers in its name.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 SC-20"],
    remediation: "add a KeySigningKey and a HostedZoneDnsSec",
    holders: ["aws:route53/zone:Zone"],
    companions: { "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec": "hostedZoneId" },
    where: lacks("vpcs"),
    path: "dnssec",
    required: "a HostedZoneDnsSec of the zone",
  }),
];

/** Whether another queue, function or subscription sends what failed to this one; it needs no such queue itself. */
function takesDeadLetters(stack: Stack, queue: StackResource): boolean {
  const arn = at(queue.props, "arn");
  const names = (holder: StackResource, path: string): boolean => {
    const policy = at(holder.given, path);
    if (policy === UNKNOWN) return refers(stack, holder, path, queue) !== "no";
    return typeof arn === "string" && at(parsed(policy), "deadLetterTargetArn") === arn;
  };
  if (!isMissing(at(queue.given, "redriveAllowPolicy"))) return true;
  if (
    stack
      .ofType("aws:sqs/redriveAllowPolicy:RedriveAllowPolicy")
      .some((allow) => refers(stack, allow, "queueUrl", queue) !== "no")
  )
    return true;
  if (
    stack
      .ofType(QUEUE, "aws:sqs/redrivePolicy:RedrivePolicy", "aws:sns/topicSubscription:TopicSubscription")
      .some((other) => other !== queue && names(other, "redrivePolicy"))
  )
    return true;
  const targets: readonly (readonly [type: string, path: string])[] = [
    ["aws:lambda/function:Function", "deadLetterConfig.targetArn"],
    ["aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "destinationConfig.onFailure.destination"],
    ["aws:cloudwatch/eventTarget:EventTarget", "deadLetterConfig.arn"],
    ["aws:scheduler/schedule:Schedule", "target.deadLetterConfig.arn"],
    ["aws:lambda/eventSourceMapping:EventSourceMapping", "destinationConfig.onFailure.destinationArn"],
  ];
  return targets.some(([type, path]) =>
    stack
      .ofType(type)
      .some((holder) => !isMissing(at(holder.given, path)) && refers(stack, holder, path, queue) !== "no"),
  );
}
