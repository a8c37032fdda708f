// Routes of a service from the load balancer, as a description has them.
import type * as v from "valibot";
import { ROUTE_LIMITS } from "../../../../components/kit/limits";
import { accepting } from "../../acceptance";
import {
  duration,
  either,
  forms,
  list,
  matching,
  object,
  oneOf,
  optional,
  record,
  sentence,
  size,
  text,
  whole,
} from "../../schema/words";

const MATCHER = /^[2-4]\d\d(?:[,-][2-4]\d\d)*$/;

/** Health checks of the load balancer. */
export interface HealthCheck extends v.InferOutput<typeof HealthCheck> {}
export const HealthCheck = object({
  /** @default "/health" */
  path: optional(matching(/^\//, "a path from /", "add the slash", 1024)),
  /** @default "30s" */
  interval: optional(duration(...ROUTE_LIMITS.healthCheckInterval)),
  /** @default "5s" */
  timeout: optional(duration(...ROUTE_LIMITS.healthCheckTimeout)),
  /** @default 3 */
  unhealthyThreshold: optional(whole(...ROUTE_LIMITS.healthCheckThreshold)),
  /** Checks in a row that a new task passes before it gets requests. @default 2 */
  healthyThreshold: optional(whole(...ROUTE_LIMITS.healthCheckThreshold)),
  /** HTTP codes of a healthy task. @default "200" */
  matcher: optional(matching(MATCHER, 'codes from 200 to 499: "200", "200,204", "200-299"', "correct the codes", 100)),
});

const PathPattern = matching(
  /^\/[\w\-.$/~"'@:+*?&]*$/,
  "a path from / with at most 128 characters",
  "respell the pattern",
  128,
);

const ClaimValues = list(text(256), { least: 1, most: 10, remedy: "name the values that the issuer writes" });

/** Checks of a route's tokens by the load balancer, beside signature, issuer and times. */
export interface TokenCheck extends v.InferOutput<typeof TokenCheck> {}
export const TokenCheck = object({
  /** Audience of the tokens (`aud`). @default `audience` of the stack's `identity` */
  audience: optional(sentence("name whom the tokens are for", 256)),
  /** Scopes, in the claim `scope`. @default any */
  scopes: optional(list(matching(/^\S+$/, "a scope without spaces", "respell it", 256), { least: 1, most: 10 })),
  /** Other claims by name, how the issuer writes each and what it may be, at most 8. @default any */
  claims: optional(
    record(
      matching(
        /^(?!(?:exp|iss|nbf|iat|aud|scope)$)\S+$/,
        "a claim that AWS does not check by itself",
        "remove it",
        256,
      ),
      object({ format: oneOf("single-string", "string-array", "space-separated-values"), values: ClaimValues }),
    ),
  ),
});

/** Routes from the load balancer. */
export interface Exposure extends v.InferOutput<typeof Exposure> {}
export const Exposure = object({
  /** Path patterns (`/api/orders/*`), at most 5. */
  paths: list(PathPattern, {
    least: 1,
    most: 5,
    allowed: "1 to 5 patterns: a listener rule holds no more values",
    remedy: "name the paths, or remove exposes",
  }),
  /**
   * Authentication of requests. `jwt`: the load balancer validates tokens of the stack's identity provider. `by-service`: the service
   * itself authenticates requests. `none`: no authentication, which is an anti-pattern.
   * @default "none"
   */
  authentication: optional(
    forms('one of "jwt", "by-service", "none", or { jwt: { audience, scopes, claims } }', {
      text: oneOf("jwt", "by-service", "none"),
      mapping: object({ jwt: TokenCheck }),
    }),
  ),
  /** Requests that one address may send in a minute, 10 and up; needs the stack's firewall. @default the firewall's */
  rateLimit: optional(object({ perMinute: whole(10, 2_000_000_000) })),
  /**
   * How long an answer may take, 1 second to 5 minutes; "none" for answers without end, such as server-sent events. The service's proxy, the
   * load balancer and a task that stops wait as long.
   * @default "15s", or as long as its slowest caller waits
   */
  responseTime: optional(either("none", duration("1s", "5m"))),
  /**
   * Largest body of a request that it takes, such as an upload, whole MiB up to 10 GiB: by the header Content-Length, and only where there is a
   * firewall.
   * @default what the firewall lets through, which is 8 KiB
   */
  maxBodySize: optional(size("1 MiB", "10 GiB")),
  /** How the load balancer chooses a task. @default "round_robin" */
  balancing: optional(oneOf("round_robin", "least_outstanding_requests")),
  /** Slow start: time in which a new task's share of the requests grows; with `round_robin` only. @default none: its full share at once */
  slowStart: optional(duration(...ROUTE_LIMITS.slowStart)),
  /**
   * Listener rule priority, 1–50000, unique in the system; lower wins.
   * @default a number that follows from the service's name, above 1000
   */
  priority: optional(whole(...ROUTE_LIMITS.priority)),
  healthCheck: optional(HealthCheck),
  ...accepting,
});
