// What RDS and ElastiCache ask of engine versions, of the groups that belong to them, and of users.
import type { Constraint, TypeRule } from "../../core/rules";
import { plain, text } from "../../core/values";
import { failure, isGiven, objectAt, textOf, textsAt } from "./support";

const USER = "aws:elasticache/user:User";
const USERS = "aws:elasticache/userGroup:UserGroup";

function majorOf(version: string | undefined): number | undefined {
  const major = Number(/^(\d+)/.exec(version ?? "")?.[1]);
  return Number.isNaN(major) ? undefined : major;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html (AllowMajorVersionUpgrade) */
export const upgrades: NonNullable<TypeRule["unchangeable"]> = function* (olds, news) {
  const [before, now] = [olds, news].map((values) => text(plain(values.engineVersion ?? null)));
  const [from, to] = [majorOf(before), majorOf(now)];
  if (from === undefined || to === undefined || from === to) return;
  if (to < from)
    yield failure("engineVersion", `"${now ?? ""}": an engine never goes back; the database has ${before ?? ""}`);
  else if (news.allowMajorVersionUpgrade !== true)
    yield failure(
      "engineVersion",
      `"${before ?? ""}" to "${now ?? ""}" is a major version upgrade (InvalidParameterCombination): set allowMajorVersionUpgrade to true`,
    );
};

/** A parameter group is of its engine's family: `postgres16`. */
const family = (property: string, type: string): Constraint =>
  function* ({ text: read }, world) {
    const [engine, version, name] = [read("engine"), majorOf(read("engineVersion")), read(property)];
    if (name === undefined || version === undefined || !/^(aurora-)?postgres(ql)?$/.test(engine ?? "")) return;
    const found = textOf(world.get(type, name), "family");
    const wanted = `${engine ?? ""}${version}`;
    if (found !== undefined && found !== wanted)
      yield failure(
        property,
        `"${name}" is of family ${found}, and the engine is of ${wanted}: name a group of its family`,
      );
  };

/**
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html: a group of engine valkey has only users that prove
 * who they are, and a cache of engine redis takes only groups of engine redis; one of valkey takes both.
 */
const users: Constraint = function* ({ inputs, text: read }, world) {
  if (read("engine")?.toLowerCase() !== "valkey") return;
  for (const { value, at } of textsAt(inputs, "userIds")) {
    const { type } = objectAt(world.get(USER, value)?.inputs ?? {}, "authenticationMode");
    if (type === "no-password-required")
      yield failure(at, `"${value}" needs no password: a group of engine valkey has only users with a password or IAM`);
  }
};

const userGroups: Constraint = function* ({ inputs, text: read }, world) {
  if ((read("engine") ?? "redis") !== "redis" || !isGiven(inputs, "userGroupIds")) return;
  for (const { value, at } of textsAt(inputs, "userGroupIds"))
    if (textOf(world.get(USERS, value), "engine")?.toLowerCase() === "valkey")
      yield failure(at, `"${value}" is of engine valkey: a cache of engine redis takes groups of engine redis only`);
};

export const upgradeConstraints: Readonly<Record<string, readonly Constraint[]>> = {
  "aws:rds/instance:Instance": [family("parameterGroupName", "aws:rds/parameterGroup:ParameterGroup")],
  "aws:rds/cluster:Cluster": [
    family("dbClusterParameterGroupName", "aws:rds/clusterParameterGroup:ClusterParameterGroup"),
  ],
  [USERS]: [users],
  "aws:elasticache/replicationGroup:ReplicationGroup": [userGroups],
};
