// Derives the entrances of a system, with every default resolved.
import type { Size } from "../../../../components/kit/units";
import type { Thing } from "../../edges";
import type { Problem } from "../../../../components/kit/problems";
import { compare, sorted } from "../../order";
import type { ServicePlan } from "../../plan";
import type { Settings } from "../../settings";
import type { System } from "../../system";
import type { Whole } from "../kind";
import type { JsonSchema } from "../topic/contract";
import type { Cors, Entrance, EntranceRoute } from "./description";

/** Authentication of a route's requests. */
export type Guard =
  | { readonly by: "load balancer" | "service" }
  | { readonly by: "entrance"; readonly audience?: string; readonly scopes: readonly string[] }
  | { readonly by: "nobody"; readonly reason: string };

/** A route with everything decided. */
export interface RoutePlan {
  readonly name: string;
  readonly service: string;
  readonly paths: readonly string[];
  readonly guard: Guard;
  readonly requiresKey: boolean;
  /** JSON schemas by method and path. */
  readonly bodies: Readonly<Record<string, JsonSchema>>;
}

/** An entrance with everything decided. */
export interface EntranceNode extends Thing {
  readonly kind: "entrance";
  readonly protocol: "rest" | "http";
  /** In the order of their names. */
  readonly routes: readonly RoutePlan[];
  readonly cors?: Omit<Cors, "origins"> & { readonly origins: readonly string[] };
  readonly throttling: { readonly rate: number; readonly burst: number };
  readonly clients: readonly string[];
  readonly dailyQuota: number;
  /** Name of its own; undefined: the platform's. */
  readonly domain?: string;
  /** Requests a minute that one address may send, by service. */
  readonly limits: Readonly<Record<string, { readonly paths: readonly string[]; readonly perMinute: number }>>;
  /** Services that take bodies above the firewall's own limit. */
  readonly largeBodies: Readonly<Record<string, { readonly paths: readonly string[]; readonly maxSize: Size }>>;
}

/** The entrances of a system in the order of their names. */
export function entrancesOf({ entrances = {} }: Pick<System, "entrances">): [name: string, entrance: Entrance][] {
  return sorted(entrances);
}

/** Exposed services of a system with entrances that no entrance leads to: nothing reaches their routes. */
export function unreached(system: System): Problem[] {
  const entrances = entrancesOf(system);
  if (entrances.length === 0) return [];
  const led = new Set(
    entrances.flatMap(([, { routes }]) => Object.entries(routes).map(([key, { service = key }]) => service)),
  );
  return sorted(system.services).flatMap(([name, { exposes }]) =>
    exposes === undefined || led.has(name)
      ? []
      : [
          {
            path: `${system.name}.services.${name}.exposes`,
            value: exposes.paths,
            allowed:
              "paths of a service that an entrance leads to: the load balancer accepts requests from entrances only",
            remedy: `add it to the routes of an entrance (${name}: {}), or remove exposes`,
          },
        ],
  );
}

/** Name of an entrance below the stack's domain. */
export function domainOf(name: string, { domain = name }: Entrance, stack: string): string {
  return `${domain}.${stack}`;
}

const DEFAULTS = { throttling: { rate: 2000, burst: 5000 }, dailyQuota: 100_000 } as const;

/** An entrance of a system whose description is valid. */
export function entranceNode(name: string, described: Entrance, { settings, services }: Whole): EntranceNode {
  const { kind: protocol = "rest", routes, cors, throttling = DEFAULTS.throttling, clients = [] } = described;
  const { domain } = settings;
  const planned = sorted(routes).map(([key, route]) => routePlan(key, route, services, settings));
  const pathsOf = (service: string) =>
    planned.filter((route) => route.service === service).flatMap(({ paths }) => paths);
  const led = services.filter((service) => pathsOf(service.name).length > 0);
  return {
    ...{ kind: "entrance", name, protocol, routes: planned, throttling },
    ...(cors && { cors: { ...cors, origins: cors.origins === "*" ? ["*"] : cors.origins } }),
    clients: [...clients].sort(compare),
    dailyQuota: described.dailyQuota ?? DEFAULTS.dailyQuota,
    ...(domain !== undefined && { domain: domainOf(name, described, domain) }),
    limits: Object.fromEntries(
      led.flatMap(({ name: service, exposes }) =>
        exposes?.ratePerMinute === undefined
          ? []
          : [[service, { paths: pathsOf(service), perMinute: exposes.ratePerMinute }]],
      ),
    ),
    largeBodies: Object.fromEntries(
      led.flatMap(({ name: service, exposes }) =>
        exposes?.maxBodySize === undefined
          ? []
          : [[service, { paths: pathsOf(service), maxSize: exposes.maxBodySize }]],
      ),
    ),
  };
}

function routePlan(
  name: string,
  route: EntranceRoute,
  services: readonly ServicePlan[],
  settings: Settings,
): RoutePlan {
  const { service = name, requiresKey = false, bodies = {} } = route;
  const exposes = services.find((one) => one.name === service)?.exposes;
  if (exposes === undefined) throw new Error(`the route ${name} leads to ${service}, which exposes nothing`);
  const paths = route.paths ?? exposes.paths;
  return {
    name,
    service,
    paths: [...paths].sort(compare),
    guard: guardOf(route, exposes, settings),
    requiresKey,
    bodies,
  };
}

function guardOf(
  { authentication }: EntranceRoute,
  exposes: NonNullable<ServicePlan["exposes"]>,
  { identity }: Settings,
): Guard {
  if (authentication === undefined) return { by: exposes.authentication === "jwt" ? "load balancer" : "service" };
  if (typeof authentication === "object" && "public" in authentication)
    return { by: "nobody", reason: authentication.public };
  const { audience = identity?.audience, scopes = [] } = authentication === "jwt" ? {} : authentication.jwt;
  return { by: "entrance", ...(audience !== undefined && { audience }), scopes };
}
