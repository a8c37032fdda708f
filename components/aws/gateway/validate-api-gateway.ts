// Everything that is wrong with the arguments of an API gateway. Pure.
import { type Problem, retentionProblems, unless, wholeNumber } from "../../kit";
import { validateFirewall } from "./firewall";
import { routeProblems } from "./api-paths";
import type { ApiGatewayArgs, CorsSettings } from "./args-api-gateway";

/** All problems at once. */
export function validateApiGateway(args: ApiGatewayArgs): Problem[] {
  const {
    routes,
    cors,
    throttling,
    clients = [],
    dailyQuota,
    domain,
    logRetentionInDays,
    origin,
    firewall = {},
  } = args;
  return [
    ...routeProblems(routes),
    ...(cors ? corsProblems(cors) : []),
    ...wholeNumber("throttling.rate", throttling?.rate, 1, 10_000, "take 2000, or what the services bear"),
    ...wholeNumber("throttling.burst", throttling?.burst, 1, 5000, "take 5000, or what the services bear at once"),
    ...wholeNumber("dailyQuota", dailyQuota, 1, 2_147_483_647, "take 100000, or what a client may use in a day"),
    ...wholeNumber("origin.port", origin.port, 1, 65_535, "take the port of the load balancer's listener: 443 or 80"),
    ...tokenProblems(args),
    ...clientProblems(clients),
    ...keyProblems(routes, clients),
    ...(domain ? domainProblems(domain.name) : []),
    ...(firewall === "none" ? [] : validateFirewall(firewall).map((it) => ({ ...it, path: `firewall.${it.path}` }))),
    ...retentionProblems("logRetentionInDays", logRetentionInDays),
  ];
}

/** Everything that is wrong with CORS settings. */
export function corsProblems({ origins, headers = [], maxAge }: CorsSettings): Problem[] {
  const valid = origins.length > 0 && origins.every((origin) => /^https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?$/.test(origin));
  return [
    ...(valid || (origins.length === 1 && origins[0] === "*")
      ? []
      : [
          {
            path: "cors.origins",
            value: origins,
            allowed: 'origins such as "https://shop.example.com", or ["*"] alone',
            remedy: "write scheme and host, without a path",
          },
        ]),
    ...headers.flatMap((header, at) =>
      /^[A-Za-z0-9-]+$/.test(header)
        ? []
        : [
            {
              path: `cors.headers[${at}]`,
              value: header,
              allowed: "letters, digits and dashes",
              remedy: "write the header's name",
            },
          ],
    ),
    ...wholeNumber("cors.maxAge", maxAge, 0, 86_400, "take 600"),
  ];
}

function clientProblems(clients: readonly string[]): Problem[] {
  return clients.flatMap((client, at) =>
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(client) && clients.indexOf(client) === at
      ? []
      : [
          {
            path: `clients[${at}]`,
            value: client,
            allowed: "a name of its own: lower-case letters, digits and single dashes, a letter first",
            remedy: 'name it like "mobile-app"',
          },
        ],
  );
}

/** A route with `tokens` needs a user pool or an authorizer, and an audience where the authorizer is a function. */
function tokenProblems({ routes, userPoolArn, authorizer }: ApiGatewayArgs): Problem[] {
  const asking = Object.entries(routes).flatMap(([name, { tokens }]) => (tokens ? [{ name, tokens }] : []));
  return [
    ...unless(userPoolArn === undefined || authorizer === undefined, {
      path: "authorizer",
      value: "[function]",
      allowed: "set without `userPoolArn`: an API has one issuer of tokens",
      remedy: "remove one of the two",
    }),
    ...asking.flatMap(({ name, tokens }) => [
      ...unless(userPoolArn !== undefined || authorizer !== undefined, {
        path: `routes.${name}.tokens`,
        value: tokens,
        allowed: "set with `userPoolArn` or `authorizer`",
        remedy: "name the pool or the function, or let the load balancer check tokens",
      }),
      ...unless(authorizer === undefined || (tokens.audience ?? "") !== "", {
        path: `routes.${name}.tokens.audience`,
        value: tokens.audience,
        allowed: "an audience: without it every token of the issuer opens the route",
        remedy: "name the audience of the tokens",
      }),
    ]),
  ];
}

/** A route with `requiresKey` needs a client: without an API key, API Gateway answers every request with 403. */
function keyProblems(routes: ApiGatewayArgs["routes"], clients: readonly string[]): Problem[] {
  if (clients.length > 0) return [];
  return Object.entries(routes).flatMap(([name, { requiresKey }]) =>
    requiresKey === true
      ? [
          {
            path: `routes.${name}.requiresKey`,
            value: true,
            allowed: "true when there are `clients`",
            remedy: "name the clients that get a key, or take requiresKey away",
          },
        ]
      : [],
  );
}

/** What is wrong with the name of a custom domain. */
export function domainProblems(name: string): Problem[] {
  return unless(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(name), {
    path: "domain.name",
    value: name,
    allowed: "a domain name in lower case",
    remedy: 'write it like "api.example.com"',
  });
}
