// Validates the limits for routes as WAF would. Pure.
import { mebibytes, type Problem, unless, wholeNumber } from "../../kit";
import type { LargeBody, RouteLimit } from "./args";
import { regexOf } from "./paths";

/** WAF holds ten rate-based rules in a web ACL, and the general one is there always. */
const MOST_ROUTES = 9;
/** Characters of WAF's regular expressions (https://docs.aws.amazon.com/waf/latest/developerguide/limits.html). */
const LONGEST_REGEX = 200;

/** Every problem of the routes. */
export function validateRoutes(routes: Readonly<Record<string, RouteLimit>>): Problem[] {
  const names = Object.keys(routes);
  return [
    ...unless(names.length <= MOST_ROUTES, {
      path: "routes",
      value: names,
      allowed: `at most ${MOST_ROUTES}: a web ACL holds ten rate-based rules`,
      remedy: "let routes with the same limit share one, or leave some to rateLimit",
    }),
    ...Object.entries(routes).flatMap(([name, route]) => validateRoute(`routes.${name}`, name, route)),
  ];
}

/** Every problem of the paths that take large bodies. */
export function validateBodies(bodies: Readonly<Record<string, LargeBody>>): Problem[] {
  return Object.entries(bodies).flatMap(([name, { paths, maxSize }]) => {
    const path = `largeBodies.${name}`;
    const size = mebibytes(maxSize);
    return [
      ...unless(size !== undefined && Number.isInteger(size) && size >= 1 && size <= 10_240, {
        path: `${path}.maxSize`,
        value: maxSize,
        allowed: "whole MiB, 1 MiB to 10 GiB",
        remedy: 'write a number and a unit, such as "10 MiB"; larger files go to a bucket with a presigned URL',
      }),
      ...validatePaths(path, name, paths),
    ];
  });
}

function validateRoute(path: string, name: string, { paths, perMinute }: RouteLimit): Problem[] {
  return [...wholeNumber(`${path}.perMinute`, perMinute, 10, 2_000_000_000), ...validatePaths(path, name, paths)];
}

function validatePaths(path: string, name: string, paths: readonly string[]): Problem[] {
  return [
    ...unless(/^[A-Za-z0-9_-]{1,64}$/.test(name), {
      path,
      value: name,
      allowed: "letters, digits, underscores and dashes, at most 64",
      remedy: "rename it; it becomes part of a rule's and a metric's name",
    }),
    ...unless(paths.length > 0, {
      path: `${path}.paths`,
      value: paths,
      allowed: "at least one path pattern",
      remedy: 'name the paths, such as "/api/orders/*"',
    }),
    ...paths.flatMap((pattern, index) =>
      unless(/^\/[^\s#]{0,127}$/.test(pattern) && regexOf(pattern).length <= LONGEST_REGEX, {
        path: `${path}.paths[${index}]`,
        value: pattern,
        allowed: `a path that begins with /, at most 128 characters and ${LONGEST_REGEX} as a regular expression`,
        remedy: "correct or shorten it",
      }),
    ),
  ];
}
