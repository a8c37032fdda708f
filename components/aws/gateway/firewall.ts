// Keeps floods and well-known attacks away from what stands behind it. Credentials in a request never reach its log.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  type Grant,
  placementProblems,
  type Problem,
  retentionProblems,
  type Signal,
  tagged,
  throwIfAny,
  transformed,
  wholeNumber,
} from "../../kit";
import { encryptedLogGroup, EncryptionKey, placed } from "../kit";
import type { FirewallArgs } from "./args";
import { firewallRules } from "./firewall-rules";
import { firewallSignals } from "./signals";
import { validateBodies, validateRoutes } from "./validate-routes";

const TYPE = "archipelago:gateway:Firewall";

/**
 * An AWS WAF web ACL with a rate limit per address and three of AWS's managed rule groups, its association, and a log of
 * requests. About 9 USD a month for the ACL and its rules, 1 USD for each of `routes`, 1 USD for the log's key, 0.60 USD a
 * million requests.
 * A new `resourceArn` replaces the association; nothing else is ever replaced.
 *
 * @example
 * new Firewall("firewall", { placement, resourceArn: cluster.loadBalancerArn });
 */
export class Firewall extends pulumi.ComponentResource {
  /** ARN of the web ACL. */
  readonly webAclArn: pulumi.Output<string>;
  /** Metrics. */
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: {
    readonly webAcl: aws.wafv2.WebAcl;
    readonly association: aws.wafv2.WebAclAssociation;
    readonly logKey: EncryptionKey;
    readonly logGroup: aws.cloudwatch.LogGroup;
    readonly logging: aws.wafv2.WebAclLoggingConfiguration;
  };

  constructor(name: string, args: FirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateFirewall(args)]);
    const webAcl = this.createWebAcl(name, args);
    const association = new aws.wafv2.WebAclAssociation(
      ...transformed<aws.wafv2.WebAclAssociationArgs>(
        args.transform?.association,
        `${args.resourceName ?? name}-association`,
        { resourceArn: args.resourceArn, webAclArn: webAcl.arn },
        {
          parent: this,
          aliases: [{ name: `${name}-association` }],
          // A resource has one web ACL. Deleting an association takes away whichever is there, so it must come first: after its
          // successor, it would leave the resource without any (https://github.com/pulumi/pulumi-aws/issues/4782).
          deleteBeforeReplace: true,
        },
      ),
    );
    this.signals = firewallSignals(name, args.placement.region);
    this.webAclArn = webAcl.arn;
    this.nodes = { webAcl, association, ...this.createLog(name, args, webAcl) };
    this.registerOutputs({ webAclArn: this.webAclArn });
  }

  /** Makes a service wait for the firewall, so that no task answers a request before WAF inspects requests. */
  grantProtection(): Grant {
    return { startsAfter: [this.nodes.association] };
  }

  private createWebAcl(
    name: string,
    { rateLimit = 2000, routes = {}, largeBodies = {}, stageName, countOnly = false, tags, transform }: FirewallArgs,
  ): aws.wafv2.WebAcl {
    return new aws.wafv2.WebAcl(
      ...transformed<aws.wafv2.WebAclArgs>(
        transform?.webAcl,
        `${name}-web-acl`,
        {
          scope: "REGIONAL",
          defaultAction: { allow: {} },
          rules: firewallRules({
            rateLimit,
            routes: withStage(routes, stageName),
            largeBodies: withStage(largeBodies, stageName),
            countOnly,
          }),
          visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: name, sampledRequestsEnabled: true },
          ...tagged(tags),
        },
        { parent: this },
      ),
    );
  }

  private createLog(name: string, args: FirewallArgs, webAcl: aws.wafv2.WebAcl) {
    const { placement, logRetentionInDays, tags, transform } = args;
    const logKey = new EncryptionKey(
      `${name}-log`,
      {
        placement,
        description: `Requests that ${name} has judged`,
        logs: true,
        ...tagged(tags),
        ...(transform?.logKey && { transform: transform.logKey }),
      },
      { parent: this },
    );
    // WAF delivers only to log groups whose names begin with `aws-waf-logs-`.
    const logGroup = encryptedLogGroup({ parent: this, tags }, transform?.logGroup, `aws-waf-logs-${name}`, {
      kmsKeyId: logKey.arn,
      retentionInDays: logRetentionInDays ?? 90,
    });
    const logging = new aws.wafv2.WebAclLoggingConfiguration(
      ...transformed<aws.wafv2.WebAclLoggingConfigurationArgs>(
        transform?.logging,
        `${name}-logging`,
        {
          resourceArn: webAcl.arn,
          logDestinationConfigs: [logGroup.arn],
          redactedFields: ["authorization", "cookie", "x-api-key"].map((header) => ({
            singleHeader: { name: header },
          })),
        },
        { parent: this },
      ),
    );
    return { logKey, logGroup, logging };
  }
}

/** Paths as they are, and as they are behind a stage's name. */
function withStage<Named extends { readonly paths: readonly string[] }>(
  named: Readonly<Record<string, Named>>,
  stage: string | undefined,
): Readonly<Record<string, Named>> {
  if (stage === undefined) return named;
  const doubled = (paths: readonly string[]) => paths.flatMap((path) => [path, `/${stage}${path}`]);
  return Object.fromEntries(
    Object.entries(named).map(([name, each]) => [name, { ...each, paths: doubled(each.paths) }]),
  );
}

/** Everything that is wrong with the arguments. Pure. */
export function validateFirewall({
  rateLimit,
  routes = {},
  largeBodies = {},
  logRetentionInDays,
}: Pick<FirewallArgs, "rateLimit" | "routes" | "largeBodies" | "logRetentionInDays">): Problem[] {
  return [
    ...wholeNumber("rateLimit", rateLimit, 10, 2_000_000_000, "take 2000, or what your busiest honest client needs"),
    ...validateRoutes(routes),
    ...validateBodies(largeBodies),
    ...retentionProblems("logRetentionInDays", logRetentionInDays),
  ];
}
