// The cache of a system: one for all services, with a user a service.
import { CACHE_DEFAULT_VERSION, CACHE_ENGINE_NAMES, cacheVersionProblems } from "../../../../components/kit/engines";
import type { Thing } from "../../edges";
import { compare } from "../../order";
import type { System } from "../../system";
import { workloadsOf } from "../function/uses";
import { describedServices, type Kind, variablesWith } from "../kind";
import { type Cache, service, system } from "./description";

const describes = { system, service };

/** The cache with its users. */
export interface CacheNode extends Thing, Required<Cache> {
  readonly kind: "cache";
  /** Services, functions and jobs, by name. */
  readonly users: readonly string[];
  /** Functions and jobs with the service whose keys and channels they use. */
  readonly sharing: Readonly<Record<string, string>>;
}

export const cache: Kind<typeof describes, CacheNode> = {
  describes,

  conflicts(whole, findings) {
    const { engine, engineVersion } = cacheEngine(whole);
    findings.problems.push(...cacheVersionProblems("cache.engineVersion", engine, engineVersion));
    for (const [name, { usesCache }] of Object.entries(whole.services)) {
      findings.require(
        usesCache !== true || whole.cache !== undefined,
        `services.${name}.usesCache`,
        true,
        "false: the system has no cache",
        "add cache: {} to the system, or remove usesCache",
      );
    }
  },

  variables: (_, { usesCache = false }) =>
    usesCache
      ? variablesWith("REDIS_", ["HOST", "PORT", "USERNAME", "TLS", "KEY_PREFIX", "REPLICATION_GROUP"], "usesCache")
      : [],

  uses: {
    check({ uses, system: whole }, path, findings) {
      findings.require(
        uses.cache !== true || whole.cache !== undefined,
        `${path}.cache`,
        true,
        "false: the system has no cache",
        "add cache: {} to the system, or remove it",
      );
    },
    edges: ({ workload: from, uses }) =>
      uses.cache === true
        ? [{ name: "cache", from, verb: "uses", to: { kind: "cache", name: "cache" }, policy: {} }]
        : [],
  },

  words: ({ engine, engineVersion }, service, platform) => ({
    thing: "cache",
    icon: "cache",
    card: `shared cache, keys ${service}:*`,
    legend: "own keys in the shared cache",
    sentence: `${service} keeps keys that begin with ${service}: in the shared cache (${platform?.cache ?? `${CACHE_ENGINE_NAMES[engine]} ${engineVersion}`})`,
    panel: { head: "cache", note: `shared, keys ${service}:*` },
    catalogue: [`keeps keys \`${service}:*\` in the shared cache`],
  }),

  derive(all) {
    const { system: whole, environment } = all;
    const using = describedServices(all).flatMap(([name, { usesCache }]) => (usesCache === true ? [name] : []));
    const sharing = workloadsOf(whole).filter(({ uses }) => uses.cache === true);
    const users = [...using, ...sharing.map(({ workload }) => workload)].sort(compare);
    if (users.length === 0) return { nodes: [], edges: [] };
    const to: CacheNode = {
      ...{ kind: "cache", name: "cache", ...cacheEngine(whole), users },
      nodes: Math.max(environment.cache.nodes, whole.cache?.nodes ?? 1),
      sharing: Object.fromEntries(sharing.map(({ workload, owner }) => [workload, owner])),
    };
    return { nodes: [to], edges: using.map((from) => ({ name: "cache", from, verb: "uses", to, policy: {} })) };
  },
};

/** Engine and version of the system's cache. */
export function cacheEngine({
  cache: { engine = "redis", engineVersion } = {},
}: Pick<System, "cache">): Required<Omit<Cache, "nodes">> {
  return { engine, engineVersion: engineVersion ?? CACHE_DEFAULT_VERSION[engine] };
}
