// Entrances on AWS: an API of API Gateway before the load balancer, with its firewall.
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancerOutputs } from "../../../components/aws/cluster";
import { LambdaFunction, productHandler } from "../../../components/aws/function";
import {
  ApiGateway,
  type ApiOrigin,
  type ApiRoute,
  HttpGateway,
  type HttpOrigin,
  type HttpRoute,
  tokenRules,
} from "../../../components/aws/gateway";
import { alarmsOf } from "../../../components/aws/kit";
import { clientScope } from "../../../components/aws/user-pool";
import type { EntranceNode, RoutePlan } from "../../model/kinds/entrance";
import { type Bound, refused } from "../target";
import { AUTHORIZER_CONCURRENCY, hasAuthorizer } from "./concurrency";
import type { Foundation } from "./foundation";
import type { AwsPlan } from "./plan";

const AUTHORIZER = productHandler(join(__dirname, "../../functions/token-authorizer/index"));

/** The load balancer, as both kinds of APIs reach it. */
export type Origin = ApiOrigin & HttpOrigin;

/** A load balancer as APIs reach it: by the name on its certificate. */
export function originAt(
  {
    url,
    listenerArn,
    ...balancer
  }: Pick<LoadBalancerOutputs, "loadBalancerArn" | "loadBalancerSecurityGroupId" | "listenerArn" | "url">,
  { https }: Pick<AwsPlan, "https">,
): Origin {
  const { loadBalancerArn, loadBalancerSecurityGroupId } = balancer;
  return {
    ...{ loadBalancerArn, loadBalancerSecurityGroupId, listenerArn },
    // By way of the listener: requests arrive once something listens.
    url: pulumi.all([url, listenerArn]).apply(([address]) => address),
    ...(https && { serverName: https.domainName }),
    port: https ? 443 : 80,
  };
}

/**
 * How entrances are made; they have no grant, because services do nothing with them.
 *
 * @param originOf the load balancer of the platform
 */
export function entranceBinding<F extends Foundation>(originOf: (foundation: F) => Origin) {
  return (node: EntranceNode, foundation: F): Bound => {
    const authorizer = hasAuthorizer(node, foundation.plan) ? createAuthorizer(node, foundation) : undefined;
    const origin = originOf(foundation);
    const api =
      node.protocol === "http"
        ? createHttpApi(node, foundation, origin)
        : createRestApi(node, foundation, origin, authorizer);
    const { signals, alarms = [] } = observedApi(api);
    return {
      grant: (edge) => refused(edge, node),
      outputs: { entrances: { [node.name]: api.url } },
      ...(signals && { signals }),
      // Failed calls of the function mean that the issuer's keys can't be read.
      alarms: [...alarms, ...(authorizer ? alarmsOf(authorizer.signals, authorizer.nodes.alarms) : [])],
    };
  };
}

/** Metrics of an API and of its firewall; the alarm of the API is sent by the group of the entrances. */
function observedApi(api: ApiGateway | HttpGateway): Pick<Bound, "signals" | "alarms"> {
  const { alarm } = api.nodes;
  const firewall = "firewall" in api.nodes ? api.nodes.firewall : undefined;
  return { signals: [...api.signals, ...(firewall?.signals ?? [])], alarms: alarm ? [alarm] : [] };
}

function createRestApi(
  node: EntranceNode,
  foundation: Foundation,
  origin: Origin,
  authorizer: LambdaFunction | undefined,
): ApiGateway {
  const { plan, placement, network, userPool, opts } = foundation;
  const { cors, throttling, clients, dailyQuota, domain, limits, largeBodies } = node;
  // An account has one role for the logs of all its REST APIs.
  const [first] = plan.nodes.filter((one) => one.kind === "entrance" && one.protocol === "rest");
  return new ApiGateway(
    componentName(node),
    {
      placement,
      network,
      origin,
      routes: restRoutes(node),
      ...(userPool && { userPoolArn: userPool.userPoolArn }),
      ...(authorizer && { authorizer }),
      ...(cors && { cors }),
      throttling,
      clients,
      dailyQuota,
      ...(domain !== undefined && plan.https && { domain: { name: domain, hostedZoneId: plan.https.hostedZoneId } }),
      firewall: plan.waf === false ? "none" : { routes: limits, largeBodies, countOnly: plan.waf === "count" },
      accountLogRole: first === node ? "create" : "exists",
      logRetentionInDays: plan.environment.logRetentionDays,
    },
    opts,
  );
}

/** The function that checks tokens of the stack's issuer at a REST API. */
function createAuthorizer(
  node: EntranceNode,
  { plan: { identity, environment }, placement, opts }: Foundation,
): LambdaFunction {
  const { name } = node;
  // Validation has refused such a plan: a route with JWT validation is never built without it.
  if (identity === undefined) throw new Error(`routes of ${name} have JWT validation, and the plan names no issuer`);
  const { issuer, jwksEndpoint, audienceClaim = "aud" } = identity;
  return new LambdaFunction(
    `${name}-authorizer`,
    {
      placement,
      description: `Checks the tokens of requests to the entrance ${name}`,
      code: { entry: AUTHORIZER },
      environment: {
        TOKEN_ISSUER: issuer,
        JWKS_ENDPOINT: jwksEndpoint,
        AUDIENCE_CLAIM: audienceClaim,
        ROUTE_RULES: JSON.stringify(tokenRules(restRoutes(node))),
      },
      timeout: "5s",
      memory: "512 MiB",
      reservedConcurrency: AUTHORIZER_CONCURRENCY,
      logRetentionInDays: environment.logRetentionDays,
    },
    opts,
  );
}

function createHttpApi(node: EntranceNode, foundation: Foundation, origin: Origin): HttpGateway {
  const { plan, placement, network, userPool, opts } = foundation;
  const client = userPool?.clientIds[node.name];
  const { routes, cors, throttling, domain } = node;
  return new HttpGateway(
    componentName(node),
    {
      placement,
      network,
      origin,
      routes: Object.fromEntries(routes.map((route) => [route.name, httpRoute(route, client !== undefined)])),
      ...(plan.identity && { issuer: plan.identity.issuer }),
      ...(userPool && client && { issuer: userPool.issuer, audience: client }),
      ...(cors && { cors }),
      throttling,
      ...(domain !== undefined && plan.https && { domain: { name: domain, hostedZoneId: plan.https.hostedZoneId } }),
      logRetentionInDays: plan.environment.logRetentionDays,
    },
    opts,
  );
}

const componentName = ({ name }: EntranceNode): string => `${name}-entrance`;

const restRoutes = ({ name, routes }: EntranceNode): Record<string, ApiRoute> =>
  Object.fromEntries(routes.map((route) => [route.name, restRoute(route, name)]));

/** A route with JWT validation; where a user pool signs, without scopes of its own, by the scope of the entrance's client. */
function restRoute({ paths, requiresKey, bodies, guard }: RoutePlan, entrance: string): ApiRoute {
  const route = { paths, requiresKey, bodies };
  if (guard.by !== "entrance") return route;
  const { audience, scopes } = guard;
  if (audience !== undefined) return { ...route, tokens: { audience, scopes } };
  return { ...route, tokens: { scopes: scopes.length > 0 ? scopes : [clientScope(entrance)] } };
}

function httpRoute({ name, paths, guard }: RoutePlan, hasClient: boolean): HttpRoute {
  if (guard.by !== "entrance") return { paths };
  const { audience, scopes } = guard;
  if (audience !== undefined) return { paths, tokens: { audience, scopes } };
  // Validation has refused such a plan: a route with JWT validation is never built without it.
  if (!hasClient) throw new Error(`the route ${name} has JWT validation, and nothing names its audience`);
  return { paths, tokens: { scopes } };
}
