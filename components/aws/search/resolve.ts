// What the arguments of a search domain mean, and what is wrong with them. Pure.
import { isSearchType, isSearchVersion, mebibytes, type Problem, SEARCH_TYPES, SEARCH_VERSIONS } from "../../kit";
import type { SearchDomainArgs } from "./args";

/** Resolved arguments of a search domain. */
export interface ResolvedSearch {
  readonly engineVersion: string;
  readonly instanceType: string;
  readonly nodes: number;
  readonly zones: number;
  readonly dedicatedMasters: boolean;
  /** GiB of each data node. */
  readonly volume: number;
  readonly logRetentionInDays: number;
  readonly protectData: boolean;
}

export function resolveSearch(args: SearchDomainArgs): ResolvedSearch {
  const { zones = 3 } = args;
  return {
    engineVersion: args.engineVersion ?? "2.19",
    instanceType: args.instanceType ?? "m7g.medium.search",
    nodes: args.nodes ?? zones,
    zones,
    dedicatedMasters: args.dedicatedMasters ?? true,
    volume: (mebibytes(args.volume ?? "20 GiB") ?? 0) / 1024,
    logRetentionInDays: args.logRetentionInDays ?? 30,
    protectData: args.protectData ?? true,
  };
}

/** https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html */
const MOST_NODES = 80;
const LARGEST_VOLUME = 3072;
/** `-` and eight digits come behind the name; a domain's name holds 28 characters. */
const LONGEST_NAME = 19;

/** All that is wrong with the arguments. */
export function validateSearch(name: string, args: SearchDomainArgs): Problem[] {
  const { nodes, zones, dedicatedMasters, volume, instanceType, engineVersion } = resolveSearch(args);
  const wrong: (Problem | false)[] = [
    !(/^[a-z][a-z0-9-]*$/.test(name) && name.length <= LONGEST_NAME) && {
      path: "name",
      value: name,
      allowed: `lower-case letters, digits and dashes, a letter first, at most ${LONGEST_NAME}`,
      remedy: "shorten or respell it",
    },
    !(Number.isInteger(nodes) && nodes >= 1 && nodes <= MOST_NODES && nodes % zones === 0) && {
      path: "nodes",
      value: args.nodes,
      allowed: `1 to ${MOST_NODES}, a multiple of zones, which is ${zones}`,
      remedy: `write ${zones}`,
    },
    !(Number.isInteger(volume) && volume >= 10 && volume <= LARGEST_VOLUME) && {
      path: "volume",
      value: args.volume,
      allowed: `whole GiB from "10 GiB" to "${LARGEST_VOLUME} GiB"`,
      remedy: 'write it like "20 GiB"',
    },
    !isSearchType(instanceType) && {
      path: "instanceType",
      value: args.instanceType,
      allowed: SEARCH_TYPES,
      remedy: 'write it like "m7g.medium.search"',
    },
    dedicatedMasters &&
      /^t\d/.test(instanceType) && {
        path: "instanceType",
        value: args.instanceType,
        allowed: "no burstable type beside dedicated masters",
        remedy: 'write "m7g.medium.search", or set dedicatedMasters to false',
      },
    !isSearchVersion(engineVersion) && {
      path: "engineVersion",
      value: args.engineVersion,
      allowed: SEARCH_VERSIONS,
      remedy: 'write it like "2.19"',
    },
  ];
  return wrong.filter((problem) => problem !== false);
}
