import { expect } from "chai";
import type { Values } from "../../../offline/providers/core/values";
import { cards, ruleOfType } from "../../../offline/aws/cards";
import { byDeclaredType, withProviderLimits } from "../../../offline/providers/schema/provider-limits";
import { provider, subject } from "./support";

const aws = provider();
const refusals = (type: string, inputs: Values): string[] =>
  aws.check(subject(type), inputs).failures.map(({ property, reason }) => `${property}: ${reason}`);
const replaced = (type: string, olds: Values, news: Values): string[] =>
  aws.diff(subject(type), olds, news).changes.flatMap(({ path, replaces }) => (replaces ? [path] : []));

const replacesOf = (type: string): readonly string[] => {
  const replaces = ruleOfType(type)?.replaces ?? [];
  return replaces === "all" ? [] : replaces;
};

const ROLE = "arn:aws:iam::111122223333:role/worker";
const FUNCTION = { s3Bucket: "b", s3Key: "k", role: ROLE, handler: "index.handler", runtime: "nodejs22.x" };

describe("facts from the source of the real provider: values", () => {
  it("bound numbers that nothing else bounds", () => {
    expect(refusals("aws:lambda/function:Function", { ...FUNCTION, timeout: 901 })).to.deep.equal([
      "timeout: 901 is not between 1 and 900",
    ]);
    expect(refusals("aws:lambda/function:Function", { ...FUNCTION, timeout: 900 })).to.deep.equal([]);
    const stream = "aws:kinesis/stream:Stream";
    expect(refusals(stream, { shardCount: 1, retentionPeriod: 8761 })).to.deep.equal([
      "retentionPeriod: 8761 is not between 24 and 8760",
    ]);
    expect(refusals(stream, { shardCount: 1, retentionPeriod: 24 })).to.deep.equal([]);
  });

  it("count items, and name forms", () => {
    const layers = Array.from({ length: 6 }, (_, at) => `arn:aws:lambda:eu-west-1:111122223333:layer:l:${at}`);
    expect(refusals("aws:lambda/function:Function", { ...FUNCTION, layers })).to.deep.equal([
      "layers: 6 items, not between 0 and 5",
    ]);
    expect(
      refusals("aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", { queueUrl: "q", redriveAllowPolicy: "{" }),
    ).to.deep.equal(['redriveAllowPolicy: "{" is not JSON']);
    expect(refusals("aws:sns/topic:Topic", { sqsFailureFeedbackRoleArn: "worker" })).to.deep.equal([
      'sqsFailureFeedbackRoleArn: "worker" is not an ARN (arn:partition:service:region:account:resource)',
    ]);
    const cluster = { engine: "aurora-mysql", masterUsername: "a", manageMasterUserPassword: true };
    const windows = { preferredBackupWindow: "3:00-3:30", preferredMaintenanceWindow: "sunday:04:00-sun:04:30" };
    expect(refusals("aws:rds/cluster:Cluster", { ...cluster, ...windows })).to.deep.equal([
      'preferredBackupWindow: "3:00-3:30" is not a daily window (hh:mm-hh:mm)',
      'preferredMaintenanceWindow: "sunday:04:00-sun:04:30" is not a weekly window (ddd:hh:mm-ddd:hh:mm)',
    ]);
    const right = { preferredBackupWindow: "03:00-03:30", preferredMaintenanceWindow: "Sun:04:00-Sun:04:30" };
    expect(refusals("aws:rds/cluster:Cluster", { ...cluster, ...right })).to.deep.equal([]);
  });

  it("hold at any depth, in types of every service", () => {
    const pool = "aws:cognito/userPool:UserPool";
    expect(refusals(pool, { passwordPolicy: { minimumLength: 8 } })).to.deep.equal([]);
    expect(refusals(pool, { passwordPolicy: { minimumLength: 5 } })).to.deep.equal([
      "passwordPolicy.minimumLength: 5 is not between 6 and 99",
    ]);
    const alarm = { alarmName: "a", alarmRule: "ALARM(b)" };
    const topics = Array.from({ length: 6 }, (_, at) => `arn:aws:sns:eu-central-1:111122223333:t${at}`);
    const composite = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
    expect(refusals(composite, { ...alarm, alarmActions: topics.slice(1) })).to.deep.equal([]);
    expect(refusals(composite, { ...alarm, alarmActions: topics })).to.deep.equal([
      "alarmActions: 6 items, not between 0 and 5",
    ]);
    const addon = { addonName: "vpc-cni", clusterName: "c" };
    expect(refusals("aws:eks/addon:Addon", { ...addon, resolveConflictsOnCreate: "OVERWRITE" })).to.deep.equal([]);
    expect(refusals("aws:eks/addon:Addon", { ...addon, resolveConflictsOnCreate: "PRESERVE" })).to.deep.equal([
      'resolveConflictsOnCreate: "PRESERVE" is not one of "NONE", "OVERWRITE"',
    ]);
  });

  it("widen what the documentation says, and narrow it only where it names the same bounds", () => {
    const known = { range: { min: 1, max: 10, zero: true as const }, values: ["a"], length: { max: 3 } };
    expect(
      withProviderLimits(known, { range: { min: 2, max: 20 }, values: ["b"], length: { min: 1, max: 2 } }),
    ).to.deep.equal({
      range: { min: 1, max: 20 },
      values: ["a", "b"],
      length: { min: 1, max: 3 },
    });
    const range = { min: 1, max: 900 };
    expect(withProviderLimits({ range: { min: 1, max: 5400 } }, { range }, "Valid between 1 and 900.")).to.deep.equal({
      range,
    });
    expect(withProviderLimits({ pattern: "^arn:" }, { form: "arn" })).to.deep.equal({ pattern: "^arn:" });
    expect(withProviderLimits(undefined, { form: "arn" })).to.deep.equal({ form: "arn" });
  });

  it("may speak of declared inputs only", () => {
    const limits = { "a:b:C": { fifo: { form: "json" as const } } };
    expect(() => byDeclaredType(limits, new Map([["a:b:C", new Map()]]), new Map())).to.throw(
      'a:b:C has no input "fifo"',
    );
  });
});

describe("facts from the source of the real provider: replacement", () => {
  it("is of every input that they name", () => {
    const missed = Object.keys(cards).flatMap((type) =>
      replacesOf(type)
        .filter((path) => {
          const name = path.replace(/#$/, "");
          return replaced(type, name === path ? nested(name, "1") : {}, nested(name, "2")).length === 0;
        })
        .map((path) => `${type} ${path}`),
    );
    expect(missed).to.deep.equal([]);
  });

  it("reaches into blocks, through lists, and to blocks that come and go", () => {
    const type = "aws:dynamodb/table:Table";
    const table = (inputFormat: string, bucket: string): Values => ({
      importTable: { inputFormat, s3BucketSource: { bucket } },
    });
    expect(replaced(type, table("CSV", "a"), table("ION", "b"))).to.deep.equal(["importTable.s3BucketSource.bucket"]);
    expect(replaced(type, {}, table("CSV", "a"))).to.deep.equal(["importTable"]);
    expect(replaced(type, table("CSV", "a"), { importTable: { inputFormat: "CSV" } })).to.deep.equal([
      "importTable.s3BucketSource",
    ]);
    expect(replaced(type, {}, { importTable: { inputFormat: "CSV" } })).to.deep.equal([]);
    const index = (name: string): Values => ({
      localSecondaryIndexes: [{ name, projectionType: "ALL", rangeKey: "r" }],
    });
    expect(replaced(type, index("a"), index("b"))).to.deep.equal(["localSecondaryIndexes[0].name"]);
  });

  it("is of a block as a whole where what it holds may change in place", () => {
    const type = "aws:opensearch/domain:Domain";
    const domain = (subnetIds: string[]): Values => ({ vpcOptions: { subnetIds } });
    expect(replaced(type, domain(["a"]), domain(["b"]))).to.deep.equal([]);
    expect(replaced(type, {}, domain(["a"]))).to.deep.equal(["vpcOptions"]);
    expect(replaced(type, domain(["a"]), {})).to.deep.equal(["vpcOptions"]);
  });

  it("hangs on the values where the provider decides it by them", () => {
    const cluster = (engine: string, more: Values): Values => ({ engine, ...more });
    const type = "aws:rds/cluster:Cluster";
    const storage = (engine: string): string[] =>
      replaced(type, cluster(engine, { storageType: "io1" }), cluster(engine, { storageType: "io2" }));
    expect([storage("mysql"), storage("aurora-mysql")]).to.deep.equal([["storageType"], []]);
    expect(replaced(type, { snapshotIdentifier: "a" }, {})).to.deep.equal([]);
    expect(replaced(type, { snapshotIdentifier: "a" }, { snapshotIdentifier: "b" })).to.deep.equal([
      "snapshotIdentifier",
    ]);
    const cache = "aws:elasticache/replicationGroup:ReplicationGroup";
    const version = (old: string, now: string): string[] =>
      replaced(cache, { engineVersion: old }, { engineVersion: now });
    expect([version("7.1", "7.0"), version("7.0", "7.1"), version("7.1", "6.x")]).to.deep.equal([
      ["engineVersion"],
      [],
      ["engineVersion"],
    ]);
    expect(replaced(cache, { engine: "valkey" }, { engine: "redis" })).to.deep.equal(["engine"]);
    expect(replaced(cache, { engine: "redis" }, { engine: "valkey" })).to.deep.equal([]);
  });

  it("is of nothing that is changed in place", () => {
    expect(replaced("aws:cognito/userPool:UserPool", { name: "a" }, { name: "b" })).to.deep.equal([]);
  });
});

function nested(path: string, value: string): Values {
  const [first = "", ...rest] = path.split(".");
  return { [first]: rest.length === 0 ? value : nested(rest.join("."), value) };
}
