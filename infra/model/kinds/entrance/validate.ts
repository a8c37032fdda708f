// Entrances against the services that they lead to, and their routes against each other.
import type { Findings } from "../../findings";
import { sorted } from "../../order";
import type { Exposure, System } from "../../system";
import { authenticationOf } from "../service/priorities";
import type { Entrance, EntranceRoute } from "./description";
import { entrancesOf } from "./derive";

/** Path that every entrance answers by itself. */
const HEALTH = "/health";
/** Features of a REST API that an HTTP API does not have (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html). */
const REST_ONLY = 'nothing in an entrance of kind "http": HTTP APIs have no';

/** Problems between the entrances of a system and its services. */
export function checkEntrances(system: System, findings: Findings): void {
  for (const [name, entrance] of entrancesOf(system)) {
    const path = `entrances.${name}`;
    findings.require(
      !Object.hasOwn(system.services, name),
      path,
      name,
      "a name that no service has",
      "rename the entrance, for example after its clients: web, mobile, partners",
    );
    findings.require(
      Object.keys(entrance.routes).length > 0,
      `${path}.routes`,
      entrance.routes,
      "at least one route",
      "name a service that clients reach, or remove the entrance",
    );
    checkKeys(path, entrance, findings);
    for (const [key, route] of sorted(entrance.routes))
      checkRoute(`${path}.routes.${key}`, key, route, entrance, system, findings);
    checkPlaces(path, entrance, system, findings);
  }
}

/** API keys need a route with `requiresKey`, and such a route needs `clients`: without them it answers every request with 403. */
function checkKeys(path: string, { kind, clients = [], dailyQuota, routes }: Entrance, findings: Findings): void {
  const asking = Object.entries(routes).filter(([, { requiresKey }]) => requiresKey === true);
  if (kind === "http") {
    findings.require(
      clients.length === 0,
      `${path}.clients`,
      clients,
      `${REST_ONLY} API keys`,
      'remove clients, or write kind: "rest"',
    );
    findings.require(
      dailyQuota === undefined,
      `${path}.dailyQuota`,
      dailyQuota,
      `${REST_ONLY} usage plans`,
      'remove it, or write kind: "rest"',
    );
    for (const [route] of asking)
      findings.require(
        false,
        `${path}.routes.${route}.requiresKey`,
        true,
        `${REST_ONLY} API keys`,
        'remove it, or write kind: "rest"',
      );
    return;
  }
  findings.require(
    new Set(clients).size === clients.length,
    `${path}.clients`,
    clients,
    "each client once",
    "remove the repetition",
  );
  for (const [route] of clients.length > 0 ? [] : asking)
    findings.require(
      false,
      `${path}.routes.${route}.requiresKey`,
      true,
      "true in an entrance with clients: nobody else gets a key",
      "name the clients that get a key, or remove requiresKey",
    );
  findings.require(
    clients.length === 0 || asking.length > 0,
    `${path}.clients`,
    clients,
    "clients of an entrance of which a route asks for a key: the usage plan counts only requests to such routes",
    "write requiresKey: true in a route, or remove clients",
  );
  findings.require(
    dailyQuota === undefined || clients.length > 0,
    `${path}.dailyQuota`,
    dailyQuota,
    "set with clients: it counts the requests of an API key",
    "name the clients that get a key, or remove dailyQuota",
  );
}

function checkRoute(
  path: string,
  key: string,
  route: EntranceRoute,
  { kind }: Entrance,
  system: System,
  findings: Findings,
): void {
  const name = route.service ?? key;
  const at = route.service === undefined ? path : `${path}.service`;
  findings.requireKey(name, system.services, at, "service");
  const service = system.services[name];
  if (service === undefined) return;
  const { exposes } = service;
  findings.require(
    exposes !== undefined,
    at,
    name,
    "a service with exposes: the load balancer has no route to another",
    `add exposes to services.${name}, or remove the route`,
  );
  if (exposes === undefined) return;
  checkPaths(path, name, route, exposes, findings);
  checkGuard(path, name, route, exposes, findings);
  if (kind !== "http") return;
  findings.require(
    exposes.rateLimit === undefined,
    path,
    name,
    `a service without exposes.rateLimit: HTTP APIs have no firewall, which counts the requests of each address`,
    'write kind: "rest", or remove exposes.rateLimit',
  );
  findings.require(
    route.bodies === undefined,
    `${path}.bodies`,
    Object.keys(route.bodies ?? {}),
    `${REST_ONLY} models`,
    'remove bodies, or write kind: "rest"',
  );
}

const EXPRESSIBLE = /^(?:\/[A-Za-z0-9._:~-]+)+(?:\/\*)?$/;

function checkPaths(
  path: string,
  name: string,
  route: EntranceRoute,
  { paths: exposed }: Exposure,
  findings: Findings,
): void {
  if (route.paths === undefined) {
    const foreign = exposed.filter((pattern) => !EXPRESSIBLE.test(pattern));
    findings.require(
      foreign.length === 0,
      path,
      foreign,
      "paths that an API can have: whole ones, and everything below one (/api/orders/*)",
      "write paths in the route, or change exposes.paths of the service",
    );
  }
  for (const [index, own] of (route.paths ?? []).entries())
    findings.require(
      exposed.some((pattern) => covers(pattern, own)),
      `${path}.paths[${index}]`,
      own,
      `a path within ${exposed.join(", ")}, which ${name} exposes: the load balancer answers others with 404`,
      `correct the path, or add it to services.${name}.exposes.paths`,
    );
  const paths = route.paths ?? exposed;
  for (const place of Object.keys(route.bodies ?? {})) {
    const own = place.split(" ")[1] ?? "";
    findings.require(
      paths.some((pattern) => covers(pattern, own)),
      `${path}.bodies`,
      place,
      `a method and a path within ${paths.join(", ")}`,
      "correct the path, or add it to the route",
    );
  }
}

/** Whether a pattern of the load balancer takes all that a path of an API takes. */
function covers(pattern: string, path: string): boolean {
  const escaped = pattern.replace(/[.+$^|()[\]{}\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(path);
}

function checkGuard(
  path: string,
  name: string,
  { authentication }: EntranceRoute,
  exposes: Exposure,
  findings: Findings,
): void {
  const behind = authenticationOf(exposes);
  const isPublic = typeof authentication === "object" && "public" in authentication;
  findings.require(
    authentication !== undefined || behind !== "none",
    `${path}.authentication`,
    undefined,
    `said: ${name} checks nobody, so everybody on the internet may send requests`,
    'write "jwt", or { public: <reason> } for a route that is open to everybody',
  );
  findings.require(
    !isPublic || behind !== "jwt",
    `${path}.authentication`,
    authentication,
    `nothing: the load balancer checks the tokens of all requests to ${name} (exposes.authentication)`,
    `remove it, or let the entrance check: services.${name}.exposes.authentication "by-service", and "jwt" in the routes that are not public`,
  );
}

/** Each path of an entrance belongs to one route. */
function checkPlaces(path: string, { routes }: Entrance, { services }: System, findings: Findings): void {
  const owners = new Map<string, string>();
  for (const [key, route] of sorted(routes)) {
    for (const own of route.paths ?? services[route.service ?? key]?.exposes?.paths ?? []) {
      const owner = owners.get(own);
      const at = route.paths === undefined ? `${path}.routes.${key}` : `${path}.routes.${key}.paths`;
      findings.require(
        owner === undefined,
        at,
        own,
        `a path that route ${owner ?? ""} does not have`,
        "give each path to one route",
      );
      findings.require(
        own !== HEALTH,
        at,
        own,
        "another path: the entrance answers this one by itself",
        "respell it, or leave it out of paths",
      );
      owners.set(own, owner ?? key);
    }
  }
}
