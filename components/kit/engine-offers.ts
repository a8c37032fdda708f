// What RDS, Aurora, ElastiCache and OpenSearch Service offer, by the lists in offered-engines.json (source and day stand there; how to renew
// them: docs/decisions/0049). Lists are older than AWS: a value that is newer than all of its list is accepted, with a warning. Pure.
import offers from "./offered-engines.json";

/**
 * `listed`: AWS offered it on the day of the lists. `retired`: existing databases may have it, new ones can't. `newer`: than all that is
 * listed. `elsewhere`: offered in other regions. `none`: AWS does not have it.
 */
export type Offer = "listed" | "retired" | "newer" | "elsewhere" | "none";

/** The day of the lists. */
export const OFFERS_OF = offers.day;

type Versions = Readonly<Record<string, readonly number[]>>;

/** Engines that have lists. */
export type Engine = keyof typeof offers.versions;

const VERSIONS: Readonly<Record<Engine, Versions>> = offers.versions;
const RETIRED: Partial<Readonly<Record<Engine, Versions>>> = offers.retired;

/** Minor versions of PostgreSQL that two years bring. */
export const MINORS_AHEAD = 8;

/** How far a version may be beyond the lists: majors, and minors of a major. Redis has ended. */
const BEYOND: Readonly<Record<Engine, { readonly majors: number; readonly minors: number }>> = {
  postgres: { majors: 1, minors: MINORS_AHEAD },
  auroraPostgres: { majors: 1, minors: MINORS_AHEAD },
  redis: { majors: 0, minors: 0 },
  valkey: { majors: 1, minors: 3 },
  openSearch: { majors: 1, minors: 8 },
};

/** Whether AWS offers a version (`16`, `16.11`). */
export function versionOffer(engine: Engine, version: string): Offer {
  const [, major, minor] = /^([1-9]\d?)(?:\.(0|[1-9]\d?))?$/.exec(version) ?? [];
  if (major === undefined) return "none";
  const listed = VERSIONS[engine];
  const { majors, minors } = BEYOND[engine];
  const minorsOf = listed[major];
  if (minorsOf === undefined) {
    const ahead = Number(major) - Math.max(...Object.keys(listed).map(Number));
    return ahead >= 1 && ahead <= majors && Number(minor ?? 0) <= minors ? "newer" : "none";
  }
  if (minor === undefined) return "listed";
  if (RETIRED[engine]?.[major]?.includes(Number(minor)) === true) return "retired";
  if (minorsOf.includes(Number(minor))) return "listed";
  const ahead = Number(minor) - Math.max(...minorsOf);
  return ahead >= 1 && ahead <= minors ? "newer" : "none";
}

/** The newest minor version that a list has of a major version. */
export function newestMinor(engine: Engine, major: string): number | undefined {
  const minors = VERSIONS[engine][major];
  return minors && Math.max(...minors);
}

/** The versions of a list, in words. @param version only those of its major version, when the list has it */
export function versionsInWords(engine: Engine, version = ""): string {
  const [major = ""] = version.split(".");
  const { [major]: minors, ...others } = VERSIONS[engine];
  const shown: Versions = minors ? { [major]: minors } : others;
  return Object.entries(shown)
    .flatMap(([of, each]) => each.map((minor) => `${of}.${minor}`))
    .join(", ");
}

/** What has classes. */
export type Classed = keyof typeof offers.classes;

interface Classes {
  readonly families: Readonly<Record<string, string>>;
  readonly regions: Readonly<Record<string, string>>;
}
const CLASSES: Readonly<Record<Classed, Classes>> = offers.classes;

/** From this generation on a family that is not listed may be one that AWS has added: `m8i` was, after the day of the lists. */
const NEWEST_GENERATION = 8;

/**
 * Whether AWS offers a family and size (`t3.micro`).
 *
 * @param region where; without it, or in a region without a list, anywhere
 */
export function classOffer(kind: Classed, name: string, region?: string): Offer {
  const [family = "", size = "", ...more] = name.split(".");
  if (more.length > 0) return "none";
  const { families, regions } = CLASSES[kind];
  const sizes = Object.hasOwn(families, family) ? families[family]?.split(" ") : undefined;
  if (sizes === undefined) {
    const generation = Number(/^[a-z]+(\d+)[a-z]*$/.exec(family)?.[1] ?? 0);
    const isSize = /^(?:micro|small|medium|(?:\d+x)?large|xlarge|metal)$/.test(size);
    return generation >= NEWEST_GENERATION && generation < 100 && isSize ? "newer" : "none";
  }
  if (!sizes.includes(size)) return "none";
  const inRegion = region !== undefined && Object.hasOwn(regions, region) ? regions[region]?.split(" ") : undefined;
  return inRegion === undefined || inRegion.includes(family) ? "listed" : "elsewhere";
}
