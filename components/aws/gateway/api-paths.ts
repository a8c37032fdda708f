// Methods that a REST API makes of the paths of its routes. Pure.
import type { Problem } from "../../kit";
import type { ApiRoute, ApiTokens } from "./args-api-gateway";

/** A method of a REST API that the load balancer answers. */
export interface ApiMethod {
  readonly path: string;
  /** `ANY`, or the one method whose body is checked. */
  readonly httpMethod: string;
  readonly requiresKey: boolean;
  /** Checks of the request's token by API Gateway; undefined: none. */
  readonly tokens?: ApiTokens;
  /** JSON schema of its body; undefined: not checked. */
  readonly body?: object;
}

/** Path of the answer that API Gateway gives by itself. */
export const HEALTH_PATH = "/health";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const MOST_RESOURCES = 300;
const METHODS = ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"];

/** Resources that an API has for its paths, one for each part of a path; the root `/` is none. */
export function resourceCount(routes: Readonly<Record<string, Pick<ApiRoute, "paths" | "bodies">>>): number {
  const found = new Set<string>();
  for (const path of [HEALTH_PATH, ...methodsOf(routes).map(({ path }) => path)]) {
    const parts = path.split("/").filter((part) => part !== "");
    for (const [at] of parts.entries()) found.add(parts.slice(0, at + 1).join("/"));
  }
  return found.size;
}

/** Every method of the routes that the load balancer answers, in the order of their paths. */
export function methodsOf(routes: Readonly<Record<string, ApiRoute>>): ApiMethod[] {
  const methods = Object.values(routes).flatMap(({ paths, requiresKey = false, bodies = {}, tokens }): ApiMethod[] => {
    const guard = { requiresKey, ...(tokens && { tokens }) };
    const checked = Object.entries(bodies).map(([place, body]) => {
      const [httpMethod = "", path = ""] = place.split(" ");
      return { path, httpMethod, ...guard, body };
    });
    // A path with a resource of its own is no longer part of the wildcard above it, so it takes every method as well.
    const whole = new Set([...paths, ...checked.map(({ path }) => path)]);
    return [...[...whole].map((path) => ({ path, httpMethod: "ANY", ...guard })), ...checked];
  });
  return methods.sort((a, b) => (`${a.path} ${a.httpMethod}` < `${b.path} ${b.httpMethod}` ? -1 : 1));
}

/** Everything that is wrong with routes. */
export function routeProblems(routes: Readonly<Record<string, Pick<ApiRoute, "paths" | "bodies">>>): Problem[] {
  const owners = new Map<string, string>([[HEALTH_PATH, "the gateway's own health check"]]);
  const problems = Object.entries(routes).flatMap(([name, route]) => [
    ...route.paths.flatMap((path, at) => pathProblems(`routes.${name}.paths[${at}]`, path)),
    ...(route.paths.length > 0
      ? []
      : [
          {
            path: `routes.${name}.paths`,
            value: [],
            allowed: "at least one path",
            remedy: "name a path, or leave the route out",
          },
        ]),
    ...Object.keys(route.bodies ?? {}).flatMap((place) => bodyProblems(`routes.${name}.bodies`, place, route)),
    ...route.paths.flatMap((path, at) => {
      const owner = owners.get(path);
      owners.set(path, owner ?? `route ${name}`);
      return owner === undefined
        ? []
        : [
            {
              path: `routes.${name}.paths[${at}]`,
              value: path,
              allowed: `a path that ${owner} does not have`,
              remedy: "give each path to one route",
            },
          ];
    }),
  ]);
  if (Object.keys(routes).length === 0) {
    problems.push({
      path: "routes",
      value: routes,
      allowed: "at least one route",
      remedy: "name a route, or leave the gateway out",
    });
  }
  const resources = resourceCount(routes);
  if (resources > MOST_RESOURCES) {
    problems.push({
      path: "routes",
      value: `paths with ${resources} different parts`,
      allowed: `at most ${MOST_RESOURCES}, as many resources as an API has without a raised quota`,
      remedy: "take paths together (/api/orders/*), or make a second API",
    });
  }
  return problems;
}

function pathProblems(at: string, path: string): Problem[] {
  if (path === "/" || (/^(?:\/[A-Za-z0-9._:~-]+)*(?:\/\*)?$/.test(path) && path !== "")) return [];
  return [
    {
      path: at,
      value: path,
      allowed: "segments of letters, digits and . _ : ~ - after slashes, the last may be *",
      remedy: "end the path with /* to take all that is below it: API Gateway knows no wildcard inside a path",
    },
  ];
}

function bodyProblems(at: string, place: string, { paths }: Pick<ApiRoute, "paths">): Problem[] {
  const [method = "", path = "", ...rest] = place.split(" ");
  const isCovered = paths.some((own) => own === path || (own.endsWith("/*") && path.startsWith(own.slice(0, -1))));
  if (METHODS.includes(method) && pathProblems(at, path).length === 0 && isCovered && rest.length === 0) return [];
  return [
    {
      path: `${at}[${JSON.stringify(place)}]`,
      value: place,
      allowed: `one of ${METHODS.join(", ")}, a space, and a path of the route`,
      remedy: 'write it like "POST /api/orders"',
    },
  ];
}
