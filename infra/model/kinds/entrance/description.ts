// An entrance for clients outside the VPC, as a description has it.
import type * as v from "valibot";
import {
  either,
  flag,
  forms,
  keyed,
  list,
  matching,
  object,
  oneOf,
  optional,
  record,
  sentence,
  text,
  whole,
} from "../../schema/words";
import { JsonSchema } from "../topic/contract";

const EntranceName = matching(
  /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  "lower-case letters, digits and single dashes, at most 20, starting with a letter",
  "shorten or respell it; it becomes part of resource names",
  20,
);
const RouteName = matching(
  /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  "lower-case letters, digits and single dashes",
  "respell it",
  40,
);
const ClientName = matching(
  /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  "lower-case letters, digits and single dashes",
  "respell it",
  40,
);
const Label = matching(
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  "one label of a domain name: lower-case letters, digits and dashes, at most 63",
  "write the part in front of the stack's domain only, such as api",
);
const EntrancePath = matching(
  /^(?:\/[A-Za-z0-9._:~-]+)+(?:\/\*)?$/,
  "a whole path (/api/orders) or everything below one (/api/orders/*)",
  "end the path with /*: API Gateway has no wildcard inside a path",
  128,
);
const BodyPlace = matching(
  /^(?:DELETE|GET|HEAD|PATCH|POST|PUT) (?:\/[A-Za-z0-9._:~-]+)+$/,
  "a method, a space and a whole path",
  'write it like "POST /api/orders"',
);

/** Checks of a request's token by the entrance, beside signature, issuer and times. */
export interface RouteTokens extends v.InferOutput<typeof RouteTokens> {}
export const RouteTokens = object({
  /** Audience of the tokens. @default `audience` of the stack's `identity`; with `userPool`, the client of the pool */
  audience: optional(sentence("name the audience of the tokens", 256)),
  /** Scopes, of which a token needs one. @default any */
  scopes: optional(list(matching(/^\S+$/, "a scope without spaces", "respell it", 256), { least: 1, most: 10 })),
});

/** Paths of one service at an entrance. */
export interface EntranceRoute extends v.InferOutput<typeof EntranceRoute> {}
export const EntranceRoute = object({
  /** The service; it must have `exposes`. @default the service that the route is called after */
  service: optional(text()),
  /** Whole paths, or everything below one, of those that the service exposes. @default all of them */
  paths: optional(
    list(EntrancePath, { least: 1, most: 20, allowed: "1 to 20 paths", remedy: "name a path, or leave the key out" }),
  ),
  /**
   * Authentication of requests. `jwt`: the entrance validates the token. `{ public: <reason> }`: no authentication.
   * @default as in `exposes` of the service: at the load balancer behind the entrance, or in the service; `none` there is refused
   */
  authentication: optional(
    forms('"jwt", { jwt: { audience, scopes } } or { public: <reason> }', {
      text: oneOf("jwt"),
      mapping: keyed({
        jwt: object({ jwt: RouteTokens }),
        public: object({
          /** Why everybody may send requests. */ public: sentence("say why everybody may send requests"),
        }),
      }),
    }),
  ),
  /** Whether a request needs the API key of one of `clients`; for kind `rest`. @default false */
  requiresKey: optional(flag()),
  /**
   * JSON schemas of request bodies, by method and path (`POST /api/orders`); a JSON body that does not fit is answered with 400. For kind `rest`.
   * @default bodies are not checked
   */
  bodies: optional(record(BodyPlace, JsonSchema)),
});

/** Web pages of other origins that may read answers. */
export interface Cors extends v.InferOutput<typeof Cors> {}
export const Cors = object({
  /** Origins, or `"*"` for every page. */
  origins: either(
    "*",
    list(
      matching(
        /^https?:\/\/[a-z0-9.-]+(?::\d{1,5})?$/,
        "an origin without a path, such as https://shop.example.com",
        "write scheme and host",
      ),
      { least: 1, most: 20, remedy: "name the origins, or remove cors" },
    ),
  ),
  /** Headers that pages may send. @default Content-Type, X-Amz-Date, Authorization, X-Api-Key, X-Requested-With */
  headers: optional(
    list(matching(/^[A-Za-z0-9-]+$/, "the name of a header", "use letters, digits and dashes"), { least: 1, most: 50 }),
  ),
  /** Seconds for which a browser keeps the answer to a preflight. @default 600 */
  maxAge: optional(whole(0, 86_400)),
});

/**
 * An API for clients outside the VPC: a web page, an app, partners. With one, the load balancer accepts requests from entrances only.
 */
export interface Entrance extends v.InferOutput<typeof Entrance> {}
export const Entrance = object({
  /**
   * `rest` has a firewall, API keys, checked bodies and limits for each client; `http` costs less than a third and checks tokens of any OpenID
   * Connect issuer, and has none of these.
   * @default "rest"
   */
  kind: optional(oneOf("rest", "http")),
  /** What clients can reach, by a name for each. Every other path is refused. */
  routes: record(RouteName, EntranceRoute),
  /** Web pages of other origins that may read answers. @default none */
  cors: optional(Cors),
  /** Requests of all clients together. @default 2000 a second, 5000 at once */
  throttling: optional(
    object({ /** Requests a second. */ rate: whole(1, 10_000), /** Requests at once. */ burst: whole(1, 5000) }),
  ),
  /** Clients that get an API key, which a route asks for with `requiresKey`; for kind `rest`. @default none */
  clients: optional(list(ClientName, { least: 1, most: 100 })),
  /** Requests a day of each client with a key. @default 100,000 */
  dailyQuota: optional(whole(1, 2_147_483_647)),
  /**
   * Label in front of the stack's `domain` (`api` becomes api.example.com).
   * @default the entrance's name; without a domain of the stack, the address that API Gateway gives
   */
  domain: optional(Label),
});

/** Keys of a system. */
export const system = {
  /**
   * Entrances for clients outside the VPC by name; several may lead to the same services, one for each kind of client.
   * @default none: the load balancer is internal and the VPC reaches it
   */
  entrances: optional(record(EntranceName, Entrance)),
};
