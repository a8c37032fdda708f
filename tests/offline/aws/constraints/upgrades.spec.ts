import { expect } from "chai";
import type { Emulation } from "../../../../offline/providers/core/emulation";
import type { Values } from "../../../../offline/providers/core/values";
import { subject } from "../../providers/support";
import { cloudOf, refusals } from "./support";

const INSTANCE = "aws:rds/instance:Instance";
const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const USERS = "aws:elasticache/userGroup:UserGroup";
const database = (more: Values): Values => ({
  engine: "postgres",
  engineVersion: "15",
  instanceClass: "db.t4g.micro",
  allocatedStorage: 20,
  username: "me",
  manageMasterUserPassword: true,
  ...more,
});

/** Why an update of a database is refused. */
function updated(type: string, olds: Values, news: Values): string {
  const aws = cloudOf();
  const made = aws.create(subject(type), olds);
  try {
    aws.update(subject(type), made.id, olds, news);
    return "";
  } catch (error) {
    return String(error).split("\n").slice(1).join("\n").trim();
  }
}

describe("offline providers: versions of engines", () => {
  it("refuses a major version of RDS that nobody allowed, and takes one that somebody did", () => {
    expect(updated(INSTANCE, database({}), database({ engineVersion: "16" }))).to.match(
      /^engineVersion: "15" to "16" is a major version upgrade \(InvalidParameterCombination\)/,
    );
    expect(updated(INSTANCE, database({}), database({ engineVersion: "16", allowMajorVersionUpgrade: true }))).to.equal(
      "",
    );
    expect(updated(INSTANCE, database({ engineVersion: "15.4" }), database({ engineVersion: "15.6" }))).to.equal("");
  });

  it("refuses to go back, although it is allowed", () => {
    expect(updated(INSTANCE, database({}), database({ engineVersion: "14", allowMajorVersionUpgrade: true }))).to.equal(
      'engineVersion: "14": an engine never goes back; the database has 15',
    );
  });

  it("refuses a parameter group of another family", () => {
    const cloud = (family: string): Emulation =>
      cloudOf({ type: "aws:rds/parameterGroup:ParameterGroup", id: "mine", inputs: { name: "mine", family } });
    const asked = database({ parameterGroupName: "mine" });
    expect(refusals(cloud("postgres15"), INSTANCE, asked)).to.deep.equal([]);
    expect(refusals(cloud("postgres16"), INSTANCE, asked)).to.deep.equal([
      'parameterGroupName: "mine" is of family postgres16, and the engine is of postgres15: name a group of its family',
    ]);
  });

  it("replaces a database by another snapshot, and not when the snapshot is no longer named", () => {
    const changed = (now: Values): readonly boolean[] =>
      cloudOf()
        .diff(subject(INSTANCE), database({ snapshotIdentifier: "one" }), database(now))
        .changes.map(({ replaces }) => replaces);
    expect(changed({ snapshotIdentifier: "two" })).to.deep.equal([true]);
    expect(changed({})).to.deep.equal([false]);
  });

  it("takes users without a password into a group of engine redis only, and such a group into every cache", () => {
    const world = (): Emulation =>
      cloudOf(
        {
          type: "aws:elasticache/user:User",
          id: "anyone",
          inputs: { userId: "anyone", authenticationMode: { type: "no-password-required" } },
        },
        { type: USERS, id: "old", inputs: { userGroupId: "old", engine: "redis" } },
        { type: USERS, id: "new", inputs: { userGroupId: "new", engine: "valkey" } },
      );
    const group = (engine: string) => refusals(world(), USERS, { userGroupId: "g", engine, userIds: ["anyone"] });
    expect(group("redis")).to.deep.equal([]);
    expect(group("valkey")).to.deep.equal([
      'userIds[0]: "anyone" needs no password: a group of engine valkey has only users with a password or IAM',
    ]);
    const cache = (engine: string, users: string) =>
      refusals(world(), GROUP, { description: "c", engine, nodeType: "cache.t4g.micro", userGroupIds: [users] });
    expect([cache("redis", "old"), cache("valkey", "old"), cache("valkey", "new")]).to.deep.equal([[], [], []]);
    expect(cache("redis", "new")).to.deep.equal([
      'userGroupIds[0]: "new" is of engine valkey: a cache of engine redis takes groups of engine redis only',
    ]);
  });
});
