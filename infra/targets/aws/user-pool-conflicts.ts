// A user pool against the entrances, services and environment of its stack.
import { isPoolScope } from "../../../components/aws/user-pool/validate";
import type { Environment } from "../../model/environment";
import type { Findings } from "../../model/findings";
import { entrancesOf } from "../../model/kinds/entrance/derive";
import type { Entrance, EntranceRoute, RouteTokens } from "../../model/kinds/entrance/description";
import { tokenChecked } from "../../model/kinds/service/priorities";
import { sorted } from "../../model/order";
import type { PartialSettings } from "../../model/settings";
import type { System } from "../../model/system";
import type { UserPool } from "./settings";

const PATH = "archipelago:userPool";

/** What a route requires of tokens at the entrance; undefined: the entrance checks none. */
export function tokensOf(authentication: EntranceRoute["authentication"]): RouteTokens | undefined {
  if (authentication === "jwt") return {};
  return typeof authentication === "object" && "jwt" in authentication ? authentication.jwt : undefined;
}

/** Services that an entrance leads to and whose tokens the load balancer checks. */
export function servicesBehind(system: System, { routes }: Entrance): string[] {
  const checked = new Set(tokenChecked(system));
  return [...new Set(Object.entries(routes).map(([key, { service = key }]) => service))].filter((name) =>
    checked.has(name),
  );
}

/** Everything that does not fit a user pool. */
export function checkUserPool(
  system: System,
  { identity }: PartialSettings,
  pool: UserPool,
  { protectData }: Pick<Environment, "protectData">,
  findings: Findings,
): void {
  findings.require(
    identity === undefined,
    "archipelago:identity",
    identity?.issuer,
    "no such key beside archipelago:userPool: tokens have one issuer",
    "remove one of the two keys",
  );
  checkClients(system, pool, protectData, findings);
  for (const [name, entrance] of entrancesOf(system))
    checkRoutes(`${system.name}.entrances.${name}`, name, entrance, pool, findings);
  checkScopes(system, findings);
  checkServices(system, pool, findings);
}

/** Each client belongs to an entrance with JWT validation; where data is protected, no sign-in ends on a developer's own machine. */
function checkClients(system: System, { clients }: UserPool, protectData: boolean, findings: Findings): void {
  const entrances = Object.fromEntries(entrancesOf(system));
  for (const [name, { callbackUrls, logoutUrls = [] }] of sorted(clients)) {
    const path = `${PATH}.clients.${name}`;
    findings.requireKey(name, entrances, path, "entrance");
    const entrance = entrances[name];
    const isUsed =
      entrance === undefined ||
      servicesBehind(system, entrance).length > 0 ||
      Object.values(entrance.routes).some(({ authentication }) => tokensOf(authentication) !== undefined);
    findings.require(
      isUsed,
      path,
      name,
      "an entrance with JWT validation: no route of this one checks tokens of the pool",
      'write authentication: "jwt" in a route of the entrance, or remove the client',
    );
    for (const [key, urls] of Object.entries({ callbackUrls, logoutUrls }))
      for (const [at, url] of urls.entries())
        findings.require(
          !protectData || !url.startsWith("http://"),
          `${path}.${key}[${at}]`,
          url,
          "https or a scheme of an app in an environment that protects data: a code that is sent to localhost reaches any program there",
          "keep URLs of localhost in Pulumi.dev.yaml",
        );
  }
}

/** A route with JWT validation has a client, which is the audience. */
function checkRoutes(path: string, name: string, entrance: Entrance, { clients }: UserPool, findings: Findings): void {
  for (const [key, { authentication }] of sorted(entrance.routes)) {
    const tokens = tokensOf(authentication);
    if (tokens === undefined) continue;
    const at = `${path}.routes.${key}.authentication`;
    findings.require(
      name in clients,
      at,
      authentication,
      `a client of the user pool for the entrance ${name}: the client is the audience of tokens`,
      `name its callbackUrls below ${PATH}.clients.${name}`,
    );
    checkTokens(at, tokens, findings);
  }
}

/** What a route or a service may require of tokens of the pool. @param path of its `authentication` */
function checkTokens(path: string, { audience, scopes = [] }: RouteTokens, findings: Findings): void {
  findings.require(
    audience === undefined,
    `${path}.jwt.audience`,
    audience,
    `no audience with ${PATH}: the client of the entrance is the audience`,
    "remove it",
  );
  for (const scope of scopes)
    findings.require(
      isPoolScope(scope),
      `${path}.jwt.scopes`,
      scope,
      "a resource server, a slash and a name: every client of the pool gets the other scopes",
      'write it like "orders/read"',
    );
}

/** The Cognito authorizer of a REST API checks the scopes of a token and not its client, so a scope of a REST entrance is of this entrance alone. */
function checkScopes(system: System, findings: Findings): void {
  const owners = new Map<string, { readonly entrance: string; readonly kind: string }>();
  for (const [entrance, { kind = "rest", routes }] of entrancesOf(system)) {
    for (const [key, { authentication }] of sorted(routes))
      for (const scope of tokensOf(authentication)?.scopes ?? []) {
        const owner = owners.get(scope);
        findings.require(
          owner === undefined || owner.entrance === entrance || (owner.kind === "http" && kind === "http"),
          `${system.name}.entrances.${entrance}.routes.${key}.authentication.jwt.scopes`,
          scope,
          `a scope that the entrance ${owner?.entrance ?? ""} does not ask for: a REST API checks the scopes of a token, and not the client that it was made for`,
          `name it after the entrance, such as "${entrance}/${scope.split("/")[1] ?? "read"}"`,
        );
        owners.set(scope, owner ?? { entrance, kind });
      }
  }
}

/** The load balancer compares the client of a token with one value. */
function checkServices(system: System, { clients }: UserPool, findings: Findings): void {
  for (const service of tokenChecked(system)) {
    const path = `${system.name}.services.${service}.exposes.authentication`;
    const authentication = system.services[service]?.exposes?.authentication;
    checkTokens(path, typeof authentication === "object" ? authentication.jwt : {}, findings);
    const leading = entrancesOf(system).flatMap(([name, entrance]) =>
      servicesBehind(system, entrance).includes(service) ? [name] : [],
    );
    const of = leading.filter((name) => name in clients);
    findings.require(
      of.length === 1 && leading.length === 1,
      path,
      authentication,
      `JWT validation behind exactly one entrance, with a client in ${PATH}.clients: the load balancer compares the client of a token with one value; entrances: ${leading.join(", ") || "none"}, clients: ${of.join(", ") || "none"}`,
      `name the client, or let the entrances check the tokens: "by-service" here, and authentication: "jwt" in the routes of each entrance`,
    );
  }
}
