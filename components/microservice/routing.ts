// The way from the load balancer: a target group, and the listener's rule that sends requests to it.
import * as aws from "@pulumi/aws";
import { shortened, SUFFIX_LENGTH, transformed } from "../base";
import { type Context, tagsOf } from "./context";
import type { ResolvedRouting } from "./resolve";

/** Characters of a target group's name. */
const LONGEST_NAME = 32;
const ROLE = "-tg";

/** A target group with its rule. */
export interface Routing {
  readonly targetGroup: aws.lb.TargetGroup;
  readonly listenerRule: aws.lb.ListenerRule;
}

/** Creates the target group and the rule; nothing for a service without routing. */
export function createRouting(context: Context): Routing | undefined {
  const { name, args, settings, child } = context;
  const { routing, port } = settings;
  if (routing === undefined || port === undefined) return undefined;
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
        ...tagsOf(context),
      },
      child,
    ),
  );
  const listenerRule = new aws.lb.ListenerRule(
    ...transformed<aws.lb.ListenerRuleArgs>(
      args.transform?.listenerRule,
      `${name}-rule`,
      {
        listenerArn: routing.listenerArn,
        priority: routing.priority,
        actions: [...checks(routing), { type: "forward", targetGroupArn: targetGroup.arn }],
        conditions: conditions(routing),
        ...tagsOf(context),
      },
      child,
    ),
  );
  return { targetGroup, listenerRule };
}

/** What comes before a request is handed on. */
function checks({ jwt }: ResolvedRouting): aws.types.input.lb.ListenerRuleAction[] {
  if (jwt === undefined) return [];
  return [{ type: "jwt-validation", jwtValidation: { issuer: jwt.issuer, jwksEndpoint: jwt.jwksEndpoint } }];
}

function conditions({ paths, host }: ResolvedRouting): aws.types.input.lb.ListenerRuleCondition[] {
  return [{ pathPattern: { values: [...paths] } }, ...(host === undefined ? [] : [{ hostHeader: { values: [host] } }])];
}
