// Where a listener or a rule sends what it takes, and in which VPC that is.
import type { Failure } from "../../core/check";
import { plainAll, text, type Values } from "../../core/values";
import type { World } from "../../core/world";
import { BALANCER, failure, numberAt, objectAt, objectsAt, SUBNET, TARGETS, textOf, textsAt } from "./support";

/** A target group that an action names, and where it stands. */
export interface Forward {
  readonly arn: string;
  readonly at: string;
}

/** Every target group of a list of actions, whether it stands alone or is weighed against others. */
export function forwards(inputs: Values, actions: string): readonly Forward[] {
  return objectsAt(inputs, actions).flatMap(({ value, at }) => {
    const [single, among] = [text(value.targetGroupArn), objectsAt(objectAt(value, "forward"), "targetGroups")];
    const weighed = among.flatMap(({ value: group, at: place }) => {
      const arn = text(group.arn);
      return arn === undefined ? [] : [{ arn, at: `${at}.forward.${place}.arn` }];
    });
    return [...(single === undefined ? [] : [{ arn: single, at: `${at}.targetGroupArn` }]), ...weighed];
  });
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ForwardActionConfig.html */
const GROUPS_AN_ACTION = 5;
const WEIGHT = 999;

/** How many target groups an action weighs against each other, and how heavy they may be. */
export function* weights(inputs: Values, actions: string): Iterable<Failure> {
  for (const { value, at } of objectsAt(inputs, actions)) {
    const groups = objectsAt(objectAt(value, "forward"), "targetGroups");
    if (groups.length > GROUPS_AN_ACTION)
      yield failure(
        `${at}.forward.targetGroups`,
        `${groups.length} target groups, and an action forwards to ${GROUPS_AN_ACTION} at most (TooManyTargetGroups): leave some out`,
      );
    for (const { value: group, at: place } of groups) {
      const weight = numberAt(group, "weight");
      if (weight !== undefined && (weight < 0 || weight > WEIGHT))
        yield failure(`${at}.forward.${place}.weight`, `${weight} is out of range: 0 to ${WEIGHT}`);
    }
  }
}

/** The load balancer of a listener. */
export const balancerOf = (listener: string): string =>
  listener.replace(":listener/", ":loadbalancer/").replace(/\/[^/]+$/, "");

/** The VPC that a load balancer stands in, by its subnets. */
function vpcOf(world: World, balancer: string): string | undefined {
  const inputs = plainAll(world.get(BALANCER, balancer)?.inputs ?? {});
  const mapped = objectsAt(inputs, "subnetMappings").flatMap(({ value }) => text(value.subnetId) ?? []);
  return [...textsAt(inputs, "subnets").map(({ value }) => value), ...mapped]
    .map((subnet) => textOf(world.get(SUBNET, subnet), "vpcId"))
    .find((vpc) => vpc !== undefined);
}

/** Target groups of another VPC than their load balancer. */
export function* foreignTargets(world: World, found: readonly Forward[], balancer: string): Iterable<Failure> {
  const ours = vpcOf(world, balancer);
  for (const { arn, at } of found) {
    const theirs = textOf(world.get(TARGETS, arn), "vpcId");
    if (ours !== undefined && theirs !== undefined && theirs !== "" && theirs !== ours)
      yield failure(
        at,
        `the target group is in ${theirs}, the load balancer in ${ours} (InvalidConfigurationRequest): name a target group of the same VPC`,
      );
  }
}
