// Target groups that are shared, web application firewalls, and records that point at load balancers.
import type { Constraint } from "../../core/rules";
import type { World } from "../../core/world";
import { balancerOf, type Forward, forwards } from "./forwards";
import { failure, isGiven, LISTENER, numberAt, TARGETS, textOf } from "./support";

const RULE = "aws:lb/listenerRule:ListenerRule";

/** A target group serves one load balancer. */
function* sharedGroups(world: World, found: readonly Forward[], balancer: string) {
  for (const { arn: id, at } of found) {
    const others = [
      ...world.users({ type: TARGETS, id }, LISTENER).map((other) => textOf(other, "loadBalancerArn")),
      ...world.users({ type: TARGETS, id }, RULE).map((other) => balancerOf(textOf(other, "listenerArn") ?? "")),
    ];
    const other = others.find((arn) => arn !== undefined && arn !== "" && arn !== balancer);
    if (other !== undefined)
      yield failure(
        at,
        `${other} forwards to it already (TargetGroupAssociationLimit): make a target group for each load balancer`,
      );
  }
}

const listener: Constraint = function* ({ inputs, text }, world) {
  const port = numberAt(inputs, "port");
  if (port !== undefined && (port < 1 || port > 65_535)) yield failure("port", `${port} is no port: 1 to 65535`);
  const balancer = text("loadBalancerArn");
  if (balancer !== undefined) yield* sharedGroups(world, forwards(inputs, "defaultActions"), balancer);
};

const listenerRule: Constraint = function* ({ inputs, text }, world) {
  const arn = text("listenerArn");
  if (arn !== undefined) yield* sharedGroups(world, forwards(inputs, "actions"), balancerOf(arn));
};

/** What a web ACL can stand before, by the beginning of an ARN's last part. */
const GUARDED =
  /^arn:[^:]*:(?:elasticloadbalancing:.*:loadbalancer\/app\/|apigateway:.*\/restapis\/[^/]+\/stages\/|appsync:|cognito-idp:|apprunner:|ec2:.*:verified-access-instance\/)/;

/** A regional web ACL before something that takes one. */
const firewall: Constraint = function* ({ text }) {
  const [acl, resource] = [text("webAclArn"), text("resourceArn")];
  if (acl?.includes(":global/webacl/") === true)
    yield failure(
      "webAclArn",
      `"${acl}" has scope CLOUDFRONT (WAFInvalidParameterException): name a web ACL of scope REGIONAL`,
    );
  if (resource !== undefined && !GUARDED.test(resource))
    yield failure(
      "resourceArn",
      `"${resource}" takes no web ACL (WAFInvalidParameterException): name an application load balancer or a REST API's stage`,
    );
};

/** An alias takes its target's time to live; other records state theirs. */
const timeToLive: Constraint = function* ({ inputs }) {
  const has = (property: string): boolean => isGiven(inputs, property);
  if (has("aliases") && has("ttl")) yield failure("ttl", "an alias has its target's time to live: leave it out");
  if (has("records") && !has("ttl")) yield failure("ttl", "is missing: a record other than an alias needs it");
};

export const sharing: Readonly<Record<string, readonly Constraint[]>> = {
  [LISTENER]: [listener],
  [RULE]: [listenerRule],
  "aws:wafv2/webAclAssociation:WebAclAssociation": [firewall],
  "aws:route53/record:Record": [timeToLive],
};
