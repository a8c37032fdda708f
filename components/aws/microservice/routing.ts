// The way from the load balancer: a target group, and the listener's rule that sends requests to it.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { shortened, SUFFIX_LENGTH, tagged, transformed } from "../../kit";
import type { Context } from "./context";
import type { JwtSettings, MicroserviceArgs } from "./args";
import type { ResolvedRouting } from "./resolve";

/** Characters of a target group's name. */
const LONGEST_NAME = 32;
const ROLE = "-tg";

/** A target group with its rule. */
export interface Routing {
  readonly targetGroup: aws.lb.TargetGroup;
  readonly listenerRule: aws.lb.ListenerRule;
}

/** What a route is made from. */
export interface RouteContext extends Pick<Context, "name" | "child"> {
  readonly args: Pick<MicroserviceArgs, "tags"> & {
    readonly network: Pick<MicroserviceArgs["network"], "vpcId">;
    readonly transform?: Pick<NonNullable<MicroserviceArgs["transform"]>, "targetGroup" | "listenerRule"> | undefined;
  };
  readonly port: number;
  readonly routing: ResolvedRouting;
  /** Tags of the target group only. @default none */
  readonly targetTags?: Readonly<Record<string, pulumi.Input<string>>>;
}

/** Creates the target group and the rule; nothing for a service without routing. */
export function createRouting(context: Context): Routing | undefined {
  const { name, args, settings, child } = context;
  const { routing, port } = settings;
  if (routing === undefined || port === undefined) return undefined;
  return createRoute({ name, args, child, port, routing });
}

/** Creates a target group and the rule that forwards to it. */
export function createRoute({ name, args, child, port, routing, targetTags }: RouteContext): Routing {
  const targetGroup = new aws.lb.TargetGroup(
    ...transformed<aws.lb.TargetGroupArgs>(
      args.transform?.targetGroup,
      `${shortened(name, LONGEST_NAME - SUFFIX_LENGTH - ROLE.length)}${ROLE}`,
      {
        vpcId: args.network.vpcId,
        targetType: "ip",
        protocol: "HTTP",
        port,
        deregistrationDelay: routing.deregistrationDelay,
        slowStart: routing.slowStart,
        ...(routing.balancing !== "round_robin" && { loadBalancingAlgorithmType: routing.balancing }),
        healthCheck: { enabled: true, protocol: "HTTP", port: "traffic-port", ...routing.healthCheck },
        ...((args.tags ?? targetTags) && { tags: { ...args.tags, ...targetTags } }),
      },
      // A target group belongs to one load balancer at a time: another one gets another group.
      { ...child, replacementTrigger: balancerOf(routing) },
    ),
  );
  const listenerRule = new aws.lb.ListenerRule(
    ...transformed<aws.lb.ListenerRuleArgs>(
      args.transform?.listenerRule,
      ruleName(routing),
      {
        listenerArn: routing.listenerArn,
        priority: routing.priority,
        actions: [...checks(routing), forward(routing, targetGroup.arn)],
        conditions: conditions(routing),
        ...tagged(args.tags),
      },
      { ...child, aliases: [{ name: `${name}-rule` }] },
    ),
  );
  return { targetGroup, listenerRule };
}

/**
 * A listener has each priority once, so the rule is named after its priority and not after its service. When another service takes the
 * priority, Pulumi updates the existing rule. A URN contains the parent's type, not its name.
 */
function ruleName({ listener, priority }: ResolvedRouting): string {
  return listener === undefined ? `rule-${priority}` : `${listener}-rule-${priority}`;
}

/** The load balancer, as its listeners' ARNs name it: `app/shop/50dc6c495c0c9188`. */
function balancerOf({ listenerArn, loadBalancerArnSuffix }: ResolvedRouting): pulumi.Output<string> {
  return loadBalancerArnSuffix === undefined
    ? pulumi.output(listenerArn).apply((arn) => arn.split("/").slice(1, 4).join("/"))
    : pulumi.output(loadBalancerArnSuffix);
}

/** Actions before the forward action: JWT validation. */
function checks({ jwt }: ResolvedRouting): aws.types.input.lb.ListenerRuleAction[] {
  if (jwt === undefined) return [];
  const { issuer, jwksEndpoint } = jwt;
  return [{ type: "jwt-validation", jwtValidation: { issuer, jwksEndpoint, additionalClaims: additionalClaims(jwt) } }];
}

/** Where requests go: to the service, or by weight to it and another target group. */
function forward(
  { shared }: ResolvedRouting,
  targetGroupArn: pulumi.Output<string>,
): aws.types.input.lb.ListenerRuleAction {
  if (shared === undefined) return { type: "forward", targetGroupArn };
  const targetGroups = [
    { arn: targetGroupArn, weight: shared.percent },
    { arn: shared.targetGroupArn, weight: 100 - shared.percent },
  ];
  return { type: "forward", forward: { targetGroups } };
}

/** AWS checks issuer and times by itself, and the audience only where it is named. */
function additionalClaims(jwt: JwtSettings): aws.types.input.lb.ListenerRuleActionJwtValidationAdditionalClaim[] {
  const { audience, audienceClaim = "aud", audienceFormat = "single-string", scopes = [], claims = {} } = jwt;
  return [
    { name: audienceClaim, format: audienceFormat, values: [audience] },
    ...(scopes.length > 0 ? [{ name: "scope", format: "space-separated-values", values: [...scopes] }] : []),
    ...Object.entries(claims).map(([name, { format, values }]) => ({ name, format, values: [...values] })),
  ];
}

function conditions({ paths, host }: ResolvedRouting): aws.types.input.lb.ListenerRuleCondition[] {
  return [{ pathPattern: { values: [...paths] } }, ...(host === undefined ? [] : [{ hostHeader: { values: [host] } }])];
}
