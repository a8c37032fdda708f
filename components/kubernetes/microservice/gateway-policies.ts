// JWT validation, rate limit and balancing of a route. Gateway API's core has none of them: these are the policies of Envoy Gateway
// (gateway.envoyproxy.io/v1alpha1), each attached to the service's HTTPRoute.
import * as kubernetes from "@pulumi/kubernetes";
import { seconds, transformed } from "../../kit";
import { metadataOf } from "../kit";
import type { JwtSettings, RoutingSettings } from "./args";
import type { Context } from "./context";

const API = "gateway.envoyproxy.io/v1alpha1";
/** Name of the identity provider inside a SecurityPolicy. */
const PROVIDER = "identity";

/** The policies of a route. */
export interface GatewayPolicies {
  readonly securityPolicy: kubernetes.apiextensions.CustomResource | undefined;
  readonly trafficPolicy: kubernetes.apiextensions.CustomResource | undefined;
}

/** Creates the policies of a service's route. The route is created after them, so that no request passes without its check. */
export function createGatewayPolicies(context: Context): GatewayPolicies {
  const { routing } = context.args;
  if (routing?.gateway.implementation === undefined) return { securityPolicy: undefined, trafficPolicy: undefined };
  const { jwt } = routing;
  return {
    securityPolicy: jwt && createPolicy(context, "securityPolicy", ["security", "SecurityPolicy"], securitySpec(jwt)),
    trafficPolicy: createPolicy(context, "trafficPolicy", ["traffic", "BackendTrafficPolicy"], trafficSpec(routing)),
  };
}

function createPolicy(
  { name, args, selector, child }: Context,
  slot: keyof GatewayPolicies,
  [role, kind]: readonly [role: string, kind: string],
  spec: object,
): kubernetes.apiextensions.CustomResource {
  const targetRefs = [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", name }];
  return new kubernetes.apiextensions.CustomResource(
    ...transformed<kubernetes.apiextensions.CustomResourceArgs>(
      args.transform?.[slot],
      `${name}-${role}`,
      {
        apiVersion: API,
        kind,
        metadata: metadataOf(args.placement, name, selector),
        spec: { targetRefs, ...spec },
      },
      child,
    ),
  );
}

/** Envoy checks signature, issuer, times and the claim `aud` by itself; everything else is an authorization rule. */
export function securitySpec(jwt: JwtSettings): object {
  const { issuer, jwksEndpoint, audience, audienceClaim = "aud", audienceFormat, scopes = [], claims = {} } = jwt;
  const asked = [
    ...(audienceClaim === "aud" ? [] : claimsOf(audienceClaim, audienceFormat, [audience])),
    ...Object.entries(claims).flatMap(([name, { format, values }]) => claimsOf(name, format, values)),
  ];
  const principal = {
    provider: PROVIDER,
    ...(asked.length > 0 && { claims: asked }),
    ...(scopes.length > 0 && { scopes: [...scopes] }),
  };
  const authorized = asked.length > 0 || scopes.length > 0;
  return {
    jwt: {
      providers: [
        {
          name: PROVIDER,
          issuer,
          ...(audienceClaim === "aud" && { audiences: [audience] }),
          remoteJWKS: { uri: jwksEndpoint },
          // By default Envoy also takes a token from the query, where access logs show it.
          extractFrom: { headers: [{ name: "Authorization", valuePrefix: "Bearer " }] },
        },
      ],
    },
    ...(authorized && {
      authorization: {
        defaultAction: "Deny",
        rules: [{ name: "claims", action: "Allow", principal: { jwt: principal } }],
      },
    }),
  };
}

/** A text is one of the values. A list has every value: a claim of Envoy Gateway with several values asks for one of them. */
function claimsOf(name: string, format: string | undefined, values: readonly string[]): object[] {
  return format === "string-array"
    ? values.map((value) => ({ name, valueType: "StringArray", values: [value] }))
    : [{ name, valueType: "String", values: [...values] }];
}

/** Addresses of all clients: a rule for IPv4 does not count clients with IPv6. */
const EVERYBODY = ["0.0.0.0/0", "::/0"] as const;

/**
 * Each proxy counts by itself (`local`): several proxies let through as many times the limit. A common count (`global`) needs a Redis that the
 * administrators of Envoy Gateway set up. `Distinct` counts each address apart, from Envoy Gateway 1.4 on.
 */
function trafficSpec({ requestsPerMinute, balancing = "round_robin", slowStart }: RoutingSettings): object {
  return {
    loadBalancer: {
      type: balancing === "round_robin" ? "RoundRobin" : "LeastRequest",
      ...(slowStart !== undefined && { slowStart: { window: `${seconds(slowStart) ?? 0}s` } }),
    },
    ...(requestsPerMinute !== undefined && {
      rateLimit: {
        local: {
          rules: EVERYBODY.map((value) => ({
            clientSelectors: [{ sourceCIDR: { type: "Distinct", value } }],
            limit: { requests: requestsPerMinute, unit: "Minute" },
          })),
        },
      },
    }),
  };
}
