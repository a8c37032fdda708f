// What can be wrong with a cache's arguments. Pure; everything is found at once.
import {
  CACHE_NODE_TYPES,
  cacheUserProblems,
  cacheVersionProblems,
  isCacheNodeType,
  lowerCaseProblems,
  type Problem,
  retentionProblems,
  wholeDays,
  wholeNumber,
} from "../../kit";
import type { CacheArgs } from "./args";
import { CACHE_DEFAULTS } from "./resolve";

const DAY = 86_400;
/** Identifiers of users, groups and replication groups hold 40 characters. */
const IDENTIFIER_LIMIT = 40;
/** "-group" and Pulumi's suffix come behind the name. */
const NAME_LIMIT = IDENTIFIER_LIMIT - 14;
/** A dash and eight hexadecimal digits come behind a user's name. */
const USER_LIMIT = IDENTIFIER_LIMIT - 9;
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** Everything that is wrong with the arguments. */
export function validateCache(name: string, args: CacheArgs): Problem[] {
  return [
    ...lowerCaseProblems(
      "name",
      name,
      "rename the component: ElastiCache's identifiers begin with its name",
      NAME_LIMIT,
    ),
    ...cacheUserProblems(args, USER_LIMIT),
    ...nodeProblems(args),
    ...engineProblems(args),
    ...wholeDays("snapshotRetention", args.snapshotRetention, 0, 35),
    ...retentionProblems("logRetentionInDays", args.logRetentionInDays),
    ...windowProblems(args),
  ];
}

function nodeProblems(args: CacheArgs): Problem[] {
  const problems: Problem[] = [];
  const { nodes = CACHE_DEFAULTS.nodes, nodeType = CACHE_DEFAULTS.nodeType } = args;
  const { automaticFailover = nodes >= 2, multiAz = automaticFailover } = args;
  if (!isCacheNodeType(nodeType)) {
    const remedy = "take one from the list of ElastiCache";
    problems.push({ path: "nodeType", value: nodeType, allowed: CACHE_NODE_TYPES, remedy });
  }
  problems.push(...wholeNumber("nodes", nodes, 1, 6, "a primary has five replicas at the most"));
  if (automaticFailover && nodes < 2) {
    const remedy = "add a node or switch automaticFailover off";
    problems.push({ path: "automaticFailover", value: true, allowed: "true with two nodes or more", remedy });
  }
  if (multiAz && !automaticFailover) {
    const remedy = "switch automaticFailover on or multiAz off";
    problems.push({ path: "multiAz", value: true, allowed: "true with automaticFailover", remedy });
  }
  const subnets = args.network.isolatedSubnetIds;
  if (multiAz && Array.isArray(subnets) && subnets.length < 2) {
    problems.push({
      path: "network.isolatedSubnetIds",
      value: `${subnets.length} subnets`,
      allowed: "two subnets or more, in different zones, because multiAz is on",
      remedy: "give one isolated subnet a zone",
    });
  }
  return problems;
}

function engineProblems({ engine = CACHE_DEFAULTS.engine, engineVersion }: CacheArgs): Problem[] {
  return cacheVersionProblems("engineVersion", engine, engineVersion ?? CACHE_DEFAULTS.engineVersion[engine]);
}

function windowProblems(args: CacheArgs): Problem[] {
  const problems: Problem[] = [];
  const { snapshotWindow = CACHE_DEFAULTS.snapshotWindow } = args;
  const { maintenanceWindow = CACHE_DEFAULTS.maintenanceWindow } = args;
  const snapshot = windowMinutes(snapshotWindow, DAY / 60, dailyMinute);
  if (snapshot === undefined || snapshot < 60) {
    const allowed = "an hour or more of the day, in UTC";
    const remedy = 'write it like "03:00-05:00"';
    problems.push({ path: "snapshotWindow", value: snapshotWindow, allowed, remedy });
  }
  const maintenance = windowMinutes(maintenanceWindow, (7 * DAY) / 60, weeklyMinute);
  if (maintenance === undefined || maintenance < 60) {
    const allowed = "an hour or more of the week, in UTC";
    const remedy = 'write it like "sun:05:00-sun:07:00"';
    problems.push({ path: "maintenanceWindow", value: maintenanceWindow, allowed, remedy });
  }
  return problems;
}

/** Length of `<from>-<to>` in minutes, around the end of its cycle if need be; undefined when it is no window. */
function windowMinutes(text: string, cycle: number, minute: (text: string) => number | undefined): number | undefined {
  const [from, to, ...rest] = text.split("-").map(minute);
  if (from === undefined || to === undefined || rest.length > 0) return undefined;
  return (to - from + cycle) % cycle;
}

function dailyMinute(text: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

function weeklyMinute(text: string): number | undefined {
  const [, day = "", time = ""] = /^([a-z]{3}):(.*)$/.exec(text) ?? [];
  const minute = dailyMinute(time);
  return DAYS.includes(day) && minute !== undefined ? (DAYS.indexOf(day) * DAY) / 60 + minute : undefined;
}
