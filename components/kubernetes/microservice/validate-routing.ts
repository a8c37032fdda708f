// Everything about a service's routes that Gateway API or the gateway's implementation would refuse, or read in another way. Pure.
import { durationWithin, type Problem, unless, wholeNumber } from "../../kit";
import type { JwtSettings, RoutingSettings } from "./args";

/** More than a path and a match each would not fit into one rule of a route (HTTPRouteRule.matches has at most 64). */
const MOST_PATHS = 64;

/** Every problem of a service's routes. */
export function routingProblems(routing: RoutingSettings | undefined): Problem[] {
  if (routing === undefined) return [];
  const { paths, responseTime, gateway, jwt, requestsPerMinute, slowStart } = routing;
  const extended = Object.entries({ jwt, requestsPerMinute, slowStart }).filter(([, value]) => value !== undefined);
  return [
    ...unless(paths.length > 0 && paths.length <= MOST_PATHS, {
      path: "routing.paths",
      value: `${paths.length} paths`,
      allowed: `1 to ${MOST_PATHS}`,
      remedy: "list the paths of the service",
    }),
    ...paths.flatMap((path, index) => pathProblems(`routing.paths[${index}]`, path)),
    ...(responseTime === "none" ? [] : durationWithin("routing.responseTime", responseTime, "1s", "1h")),
    ...(gateway.implementation === undefined ? extended : []).map(([key]) => ({
      path: `routing.${key}`,
      value: "set",
      allowed: "not set for a gateway without implementation: Gateway API's core has nothing for it",
      remedy: 'set implementation of the Gateway to "envoy-gateway", or remove it',
    })),
    ...unless(jwt === undefined || gateway.listener === "https", {
      path: "routing.jwt",
      value: gateway.listener,
      allowed: "the listener https: a token on HTTP can be read and used by others",
      remedy: "give the Gateway a hostname and an issuer of certificates (https)",
    }),
    ...jwtProblems("routing.jwt", jwt),
    ...wholeNumber("routing.requestsPerMinute", requestsPerMinute, 1, 2_000_000_000),
    ...durationWithin("routing.slowStart", slowStart, "1s", "15m"),
  ];
}

/** Most claims of a rule, and most scopes (JWTPrincipal of Envoy Gateway). */
const MOST_CLAIMS = 16;

/** Problems of JWT validation that Envoy Gateway refuses, or reads in another way. */
export function jwtProblems(at: string, jwt: JwtSettings | undefined): Problem[] {
  if (jwt === undefined) return [];
  const { issuer, jwksEndpoint, audienceClaim = "aud", scopes = [], claims = {} } = jwt;
  const named = [audienceClaim, ...Object.keys(claims)];
  const count = Object.values(claims).reduce((sum, { values }) => sum + values.length, 1);
  return [
    ...Object.entries({ issuer, jwksEndpoint }).flatMap(([key, value]) =>
      unless(/^.{1,253}$/.test(value), {
        path: `${at}.${key}`,
        value,
        allowed: "1 to 253 characters",
        remedy: "take it from your provider's /.well-known/openid-configuration",
      }),
    ),
    ...named.flatMap((claim) =>
      unless(!claim.includes("."), {
        path: `${at}.claims`,
        value: claim,
        allowed: "a name without dots: Envoy Gateway reads a dot as the path to a nested claim",
        remedy: "let the service check this claim",
      }),
    ),
    ...Object.entries(claims).flatMap(([claim, { format }]) =>
      unless(format !== "space-separated-values", {
        path: `${at}.claims.${claim}.format`,
        value: format,
        allowed: '"single-string" or "string-array": Envoy Gateway splits only scopes at spaces',
        remedy: "let the service check this claim",
      }),
    ),
    ...unless(count <= MOST_CLAIMS && scopes.length <= MOST_CLAIMS, {
      path: `${at}.claims`,
      value: `${count} values, ${scopes.length} scopes`,
      allowed: `at most ${MOST_CLAIMS} values of all claims together, and ${MOST_CLAIMS} scopes`,
      remedy: "let the service check the others",
    }),
  ];
}

/** Problems of a path that Gateway API's core can't match: wildcards stand at its end only. */
export function pathProblems(at: string, path: string): Problem[] {
  return unless(/^\/(?:[A-Za-z0-9\-._~!$&'()+,;=:@%]+\/)*(?:[A-Za-z0-9\-._~!$&'()+,;=:@%]+|\*)?$/.test(path), {
    path: at,
    value: path,
    allowed: "an exact path, or one with /* at its end, without other wildcards",
    remedy: "name the path up to its first wildcard, with /* behind it",
  });
}
