// Traces of one stack in X-Ray: a group, which has metrics and a service map of its own, and the share of requests that AWS's services trace.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { placementProblems, type Problem, tagged, throwIfAny, transformed, unless } from "../../kit";
import { placed } from "../kit";
import type { TracingArgs } from "./args";

const TYPE = "archipelago:observability:Tracing";
/** After sampling rules for one service or path, before X-Ray's default rule (10,000). */
const PRIORITY = 9000;

/**
 * An X-Ray group and a sampling rule. The rule counts for what samples by X-Ray's rules in the account and region: stages of API Gateway and functions that
 * begin a trace. Services draw their own samples by `OTEL_TRACES_SAMPLER_ARG`. Both cost nothing; a million traces cost 5 USD. Another name
 * replaces a group or a rule.
 *
 * @example
 * new Tracing("tracing", { placement, groupName: "shop-prod", stack: "shop-prod", sampling: 0.1 });
 */
export class Tracing extends pulumi.ComponentResource {
  readonly groupArn: pulumi.Output<string>;
  /** The children. */
  readonly nodes: { readonly group: aws.xray.Group; readonly samplingRule: aws.xray.SamplingRule };

  constructor(name: string, args: TracingArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    const { placement, groupName, stack, sampling, tags, transform } = args;
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(placement), ...validateTracing(args)]);
    const group = new aws.xray.Group(
      ...transformed<aws.xray.GroupArgs>(
        transform?.group,
        `${name}-group`,
        { groupName, filterExpression: `annotation.stack = "${stack}"`, ...tagged(tags) },
        { parent: this },
      ),
    );
    const anything = { serviceName: "*", serviceType: "*", host: "*", httpMethod: "*", urlPath: "*", resourceArn: "*" };
    const samplingRule = new aws.xray.SamplingRule(
      ...transformed<aws.xray.SamplingRuleArgs>(
        transform?.samplingRule,
        `${name}-sampling`,
        // One request a second, and a share of the others.
        {
          ruleName: groupName,
          priority: PRIORITY,
          version: 1,
          reservoirSize: 1,
          fixedRate: sampling,
          ...anything,
          ...tagged(tags),
        },
        { parent: this },
      ),
    );
    this.nodes = { group, samplingRule };
    this.groupArn = group.arn;
    this.registerOutputs({ groupArn: this.groupArn });
  }
}

function validateTracing({ sampling, stack }: TracingArgs): Problem[] {
  return [
    ...unless(sampling >= 0 && sampling <= 1, {
      path: "sampling",
      value: sampling,
      allowed: "a share from 0 to 1",
      remedy: "write 0.1 for one request in ten",
    }),
    ...unless(/^[\w-]+$/.test(stack), {
      path: "stack",
      value: stack,
      allowed: "letters, digits, - and _",
      remedy: "give what the collectors have as stack",
    }),
  ];
}
