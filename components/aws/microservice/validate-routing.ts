// Validates listener and target group as Elastic Load Balancing would.
import { durationWithin, type Problem, ROUTE_LIMITS, seconds, unless, wholeNumber } from "../../kit";
import type { JwtSettings, RoutingSettings } from "./args";

/** Every problem of the routing. */
export function validateRouting(routing: RoutingSettings): Problem[] {
  const { paths, host, priority, healthCheck = {}, deregistrationDelay, slowStart = "0s", balancing } = routing;
  const { interval = "30s", timeout = "5s" } = healthCheck;
  return [
    ...wholeNumber("routing.priority", priority, ...ROUTE_LIMITS.priority),
    ...validateConditions(paths, host),
    ...durationWithin("routing.deregistrationDelay", deregistrationDelay, "0s", "1h"),
    ...(slowStart === "0s" ? [] : durationWithin("routing.slowStart", slowStart, ...ROUTE_LIMITS.slowStart)),
    ...unless(balancing !== "least_outstanding_requests" || slowStart === "0s", {
      path: "routing.slowStart",
      value: slowStart,
      allowed: '"0s" with least_outstanding_requests: a load balancer warms up tasks with round_robin only',
      remedy: "remove slowStart, or balance by round_robin",
    }),
    ...wholeNumber("routing.shared.percent", routing.shared?.percent, 0, 100, "take 0 to begin with"),
    ...validateJwt(routing),
    ...unless((healthCheck.path ?? "/").startsWith("/"), {
      path: "routing.healthCheck.path",
      value: healthCheck.path,
      allowed: "a path that begins with /",
      remedy: "correct it",
    }),
    ...durationWithin("routing.healthCheck.interval", interval, ...ROUTE_LIMITS.healthCheckInterval),
    ...durationWithin("routing.healthCheck.timeout", timeout, ...ROUTE_LIMITS.healthCheckTimeout),
    ...unless((seconds(timeout) ?? 0) < (seconds(interval) ?? Infinity), {
      path: "routing.healthCheck.timeout",
      value: timeout,
      allowed: `less than the interval, ${interval}`,
      remedy: "shorten the timeout, or lengthen the interval",
    }),
    ...wholeNumber(
      "routing.healthCheck.healthyThreshold",
      healthCheck.healthyThreshold,
      ...ROUTE_LIMITS.healthCheckThreshold,
    ),
    ...wholeNumber(
      "routing.healthCheck.unhealthyThreshold",
      healthCheck.unhealthyThreshold,
      ...ROUTE_LIMITS.healthCheckThreshold,
    ),
    ...validateMatcher(healthCheck.matcher),
  ];
}

/** Validates the JWT settings. The load balancer itself validates values that are outputs. */
function validateJwt({ jwt }: RoutingSettings): Problem[] {
  if (jwt === undefined) return [];
  return [
    ...unless(typeof jwt.issuer !== "string" || /^.{1,256}$/.test(jwt.issuer), {
      path: "routing.jwt.issuer",
      value: jwt.issuer,
      allowed: "1 to 256 characters",
      remedy: 'write what your tokens have in "iss"',
    }),
    ...unless(typeof jwt.jwksEndpoint !== "string" || /^https:\/\/(?=.{1,248}$)[^/\s]+\/\S*$/.test(jwt.jwksEndpoint), {
      path: "routing.jwt.jwksEndpoint",
      value: jwt.jwksEndpoint,
      allowed: "a whole https URL with a path, at most 256 characters",
      remedy: "take jwks_uri from your provider's /.well-known/openid-configuration",
    }),
    ...validateClaims(jwt),
  ];
}

/** Claims that the load balancer always checks; it refuses them as additional claims. */
const OWN_CLAIMS = ["exp", "iss", "nbf", "iat"];

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_JwtValidationActionAdditionalClaim.html */
function validateClaims({ audience, audienceClaim = "aud", scopes = [], claims = {} }: JwtSettings): Problem[] {
  const named: readonly (readonly [path: string, claim: string, values: readonly unknown[], spaces: boolean])[] = [
    ["routing.jwt.audience", audienceClaim, [audience], true],
    ...(scopes.length > 0 ? [["routing.jwt.scopes", "scope", scopes, false] as const] : []),
    ...Object.entries(claims).map(
      ([claim, { format, values }]) =>
        [`routing.jwt.claims.${claim}`, claim, values, format !== "space-separated-values"] as const,
    ),
  ];
  return [
    ...named.flatMap(([path, claim, values, spaces], at) => [
      ...unless(!OWN_CLAIMS.includes(claim) && named.findIndex(([, other]) => other === claim) === at, {
        path,
        value: claim,
        allowed: `a claim that is named once, and none of ${OWN_CLAIMS.join(", ")}, which AWS checks by itself`,
        remedy: "remove it",
      }),
      ...unless(values.length >= 1 && values.length <= 10 && values.every((value) => isClaim(value, spaces)), {
        path,
        value: values,
        allowed: `1 to 10 values of 1 to 256 characters${spaces ? "" : ", without spaces"}`,
        remedy: "name the values that your issuer writes",
      }),
    ]),
    ...unless(named.length <= 10, {
      path: "routing.jwt.claims",
      value: named.map(([, claim]) => claim),
      allowed: "at most 10 claims, the audience and the scopes among them",
      remedy: "let the service check the others",
    }),
  ];
}

/** The load balancer itself validates a value that is an output. */
function isClaim(value: unknown, spaces: boolean): boolean {
  return typeof value !== "string" || (value.length >= 1 && value.length <= 256 && (spaces || !/\s/.test(value)));
}

/** A rule takes five values in all its conditions, and five wildcards (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html). */
function validateConditions(paths: readonly string[], host: string | undefined): Problem[] {
  const values = [...paths, ...(host === undefined ? [] : [host])];
  const wildcards = values.join("").replace(/[^*?]/g, "").length;
  return [
    ...unless(paths.length > 0, {
      path: "routing.paths",
      value: paths,
      allowed: "at least one path pattern",
      remedy: 'name the paths of the service, such as "/api/orders/*"',
    }),
    ...unless(values.length <= 5 && wildcards <= 5, {
      path: "routing.paths",
      value: values,
      allowed: "at most 5 paths and host together, and at most 5 wildcards in them",
      remedy: "use a pattern that covers several paths",
    }),
    ...paths.flatMap((path, index) =>
      unless(/^\/[\w.$/~"'@:+*?&-]{0,127}$/.test(path), {
        path: `routing.paths[${index}]`,
        value: path,
        allowed: "a path that begins with /, at most 128 characters",
        remedy: "correct it",
      }),
    ),
    ...unless(host === undefined || /^[\w.*?-]{1,128}$/.test(host), {
      path: "routing.host",
      value: host,
      allowed: "a host name; * and ? stand for many characters and for one",
      remedy: "correct it",
    }),
  ];
}

function validateMatcher(matcher = "200"): Problem[] {
  return unless(/^[2-4]\d\d(?:[,-][2-4]\d\d)*$/.test(matcher), {
    path: "routing.healthCheck.matcher",
    value: matcher,
    allowed: 'codes from 200 to 499: "200", "200,204", "200-299"',
    remedy: "correct it",
  });
}
