// Validates the arguments as Kubernetes and Valkey would; all problems at once, before anything is created.
import { cacheUserProblems, imageProblems, mebibytes, type Problem, unless, wholeNumber } from "../../kit";
import { objectNameProblems } from "../kit";
import type { CacheArgs } from "./args";
import { CACHE_DEFAULTS, VERSIONS } from "./resolve";

/** `-nodes-<n>` comes behind the name, and Kubernetes' own suffix of a revision. */
const NAME_LIMIT = 40;
/** Characters of a user, and of a service whose keys it shares: a label of Kubernetes has as many. */
const NAME_LENGTH = 63;
const NODES = [1, 3, 5];

/** Everything that is wrong with the arguments. */
export function validateCache(name: string, args: CacheArgs): Problem[] {
  const { nodes, version, memory } = { ...CACHE_DEFAULTS, ...args };
  const least = 2 * (mebibytes(memory) ?? 0);
  return [
    ...objectNameProblems("name", name, NAME_LIMIT),
    ...cacheUserProblems(args, NAME_LENGTH, NAME_LENGTH),
    ...unless(NODES.includes(nodes), {
      path: "nodes",
      value: nodes,
      allowed: "1, 3 or 5: a majority of the nodes chooses a new primary",
      remedy: "choose 3, or 1 where entries may be lost",
    }),
    ...unless(
      VERSIONS.some((known) => known === version),
      {
        path: "version",
        value: version,
        allowed: VERSIONS.join(", "),
        remedy: `write "${CACHE_DEFAULTS.version}"`,
      },
    ),
    ...(args.image === undefined ? [] : imageProblems("image", args.image)),
    ...(args.routeImage === undefined ? [] : imageProblems("routeImage", args.routeImage)),
    ...wholeNumber("cpu", args.cpu, 64, 65_536, "choose CPU units, 1024 for a processor"),
    ...leastSize("memory", args.memory, 128, "128 MiB or more"),
    ...leastSize("storage", args.storage, least, `${least} MiB or more: twice the memory, which is ${memory}`),
  ];
}

function leastSize(path: string, value: string | undefined, least: number, allowed: string): Problem[] {
  const given = value === undefined ? Infinity : mebibytes(value);
  const remedy = 'write a number and a unit, such as "1 GiB"';
  return unless(given !== undefined && given >= least, { path, value, allowed, remedy });
}
