// Validates the arguments as Kubernetes and Valkey would; all problems at once, before anything is created.
import { imageProblems, lowerCaseProblems, mebibytes, type Problem, unless, wholeNumber } from "../../kit";
import { objectNameProblems } from "../kit";
import type { CacheArgs } from "./args";
import { CACHE_DEFAULTS, VERSIONS } from "./resolve";

/** `-nodes-<n>` comes behind the name, and Kubernetes' own suffix of a revision. */
const NAME_LIMIT = 40;
const NODES = [1, 3, 5];

/** Everything that is wrong with the arguments. */
export function validateCache(name: string, args: CacheArgs): Problem[] {
  const { nodes, version, memory } = { ...CACHE_DEFAULTS, ...args };
  const least = 2 * (mebibytes(memory) ?? 0);
  return [
    ...objectNameProblems("name", name, NAME_LIMIT),
    ...args.users.flatMap((user, index) => userProblems(args.users, user, index)),
    ...sharingProblems(args),
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

/** The problem of a grant for a user that `users` does not name. */
export function unknownUser(user: string, users: readonly string[]): Problem {
  const allowed = users.length === 0 ? "none: the cache has no users" : `one of ${users.join(", ")}`;
  return { path: "user", value: user, allowed, remedy: "name the service in the cache's users" };
}

function userProblems(users: readonly string[], user: string, index: number): Problem[] {
  const path = `users[${index}]`;
  return [
    ...lowerCaseProblems(path, user, "give the service a shorter or plainer name", 63),
    ...unless(user !== "default", {
      path,
      value: user,
      allowed: 'a name other than "default", which every cache has and switches off',
      remedy: "give the service another name",
    }),
    ...unless(users.indexOf(user) === index, {
      path,
      value: user,
      allowed: "each service once",
      remedy: "remove the repetition",
    }),
  ];
}

function sharingProblems({ users, sharing = {} }: CacheArgs): Problem[] {
  return Object.entries(sharing).flatMap(([user, whose]) => [
    ...unless(users.includes(user), {
      path: `sharing.${user}`,
      value: user,
      allowed: users.join(", "),
      remedy: "name it in users, or remove it",
    }),
    ...lowerCaseProblems(`sharing.${user}`, whose, "name the service whose keys it uses", 63),
  ]);
}

function leastSize(path: string, value: string | undefined, least: number, allowed: string): Problem[] {
  const given = value === undefined ? Infinity : mebibytes(value);
  const remedy = 'write a number and a unit, such as "1 GiB"';
  return unless(given !== undefined && given >= least, { path, value, allowed, remedy });
}
