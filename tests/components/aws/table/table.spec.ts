import { expect } from "chai";
import { InvalidInput } from "../../../../components/kit";
import { Table, type TableArgs } from "../../../../components/aws/table";
import { deploy, outputOf } from "../../../../offline/providers/mocks";
import { allows, childrenOf, placement } from "../database/support";

const TYPE = "archipelago:table:Table";
const TABLE = "aws:dynamodb/table:Table";
const minimal: TableArgs = { placement, partitionKey: "programId" };
const full: TableArgs = {
  ...minimal,
  sortKey: "messageId",
  indexes: {
    "by-name": { partitionKey: "name", shows: ["checksum"] },
    "by-customer": { partitionKey: { name: "customerId", type: "number" }, sortKey: "messageId", shows: "keys" },
  },
  expiresBy: "expiresAt",
  changes: "new-and-old",
  recoveryPeriod: "7d",
};
const deployed = (args: TableArgs = minimal) => deploy(() => new Table("events", args));

describe("Table", () => {
  it("is a key, the table and its alarms", async () => {
    const deployment = await deployed();
    expect(childrenOf(deployment, deployment.one(TYPE))).to.deep.equal([
      "Alias events-alias",
      "EncryptionKey events",
      "Key events-key",
      "MetricAlarm events-errors-alarm",
      "MetricAlarm events-throttles-alarm",
      "Table events-table",
    ]);
  });

  it("is paid by request, encrypted, recoverable and protected unless an argument says otherwise", async () => {
    const deployment = await deployed();
    expect(deployment.one(TABLE).inputs).to.deep.equal({
      billingMode: "PAY_PER_REQUEST",
      hashKey: "programId",
      attributes: [{ name: "programId", type: "S" }],
      serverSideEncryption: { enabled: true, kmsKeyArn: await outputOf(deployment.result.keyArn) },
      pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 35 },
      deletionProtectionEnabled: true,
    });
    const open = await deployed({ ...minimal, protectData: false });
    expect(open.one(TABLE).inputs.deletionProtectionEnabled).to.equal(false);
  });

  it("declares each key once, and what indexes, expiry and stream need", async () => {
    const { inputs } = (await deployed(full)).one(TABLE);
    expect(inputs).to.deep.include({
      rangeKey: "messageId",
      attributes: [
        { name: "customerId", type: "N" },
        { name: "messageId", type: "S" },
        { name: "name", type: "S" },
        { name: "programId", type: "S" },
      ],
      ttl: { attributeName: "expiresAt", enabled: true },
      streamEnabled: true,
      streamViewType: "NEW_AND_OLD_IMAGES",
      pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 7 },
      globalSecondaryIndexes: [
        { name: "by-customer", hashKey: "customerId", rangeKey: "messageId", projectionType: "KEYS_ONLY" },
        { name: "by-name", hashKey: "name", projectionType: "INCLUDE", nonKeyAttributes: ["checksum"] },
      ],
    });
  });

  it("grants by use, exactly", async () => {
    const { result } = await deployed(full);
    const arn = await outputOf(result.tableArn);
    const rights = {
      read: result.grantRead("EVENTS_TABLE").statements,
      write: result.grantWrite("EVENTS_TABLE").statements,
      append: result.grantAppend("EVENTS_TABLE").statements,
      both: result.grantReadWrite("EVENTS_TABLE").statements,
    };
    const actions = [
      "GetItem",
      "BatchGetItem",
      "Query",
      "Scan",
      "PutItem",
      "UpdateItem",
      "DeleteItem",
      "BatchWriteItem",
    ];
    const may: Record<string, string[]> = {};
    for (const [use, statements] of Object.entries(rights)) {
      may[use] = [];
      for (const action of actions) if (await allows(statements, `dynamodb:${action}`, arn)) may[use].push(action);
      expect(await allows(statements, "dynamodb:DeleteTable", arn), use).to.equal(false);
      expect(await allows(statements, "dynamodb:PutItem", `${arn}-other`), use).to.equal(false);
    }
    expect(may).to.deep.equal({
      read: ["GetItem", "BatchGetItem", "Query", "Scan"],
      write: ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"],
      append: ["PutItem"],
      both: actions,
    });
    expect(await allows(rights.read, "dynamodb:Query", `${arn}/index/by-customer`)).to.equal(true);
    expect(await allows(rights.read, "dynamodb:Query", `${arn}/index/other`)).to.equal(false);
    expect(await allows(rights.write, "dynamodb:Query", `${arn}/index/by-customer`)).to.equal(false);
  });

  it("opens its key through DynamoDB only", async () => {
    const deployment = await deployed();
    const { result } = deployment;
    const { statements, environment } = result.grantAppend("EVENTS_TABLE");
    const key = await outputOf(result.keyArn);
    const policy: unknown = JSON.parse(String(deployment.one("aws:kms/key:Key").inputs.policy));
    const through = (service: string) => ({ "kms:ViaService": `${service}.us-east-1.amazonaws.com` });
    expect(await allows(statements, "kms:Decrypt", key, through("dynamodb"), policy)).to.equal(true);
    expect(await allows(statements, "kms:Decrypt", key, through("s3"), policy)).to.equal(false);
    expect(await outputOf(environment?.EVENTS_TABLE ?? "")).to.equal(await outputOf(result.tableName));
  });

  it("lets its changes be read where there are any", async () => {
    const { result } = await deployed(full);
    const stream = await outputOf(result.streamArn);
    expect(await allows(result.grantReadChanges().statements, "dynamodb:GetRecords", stream ?? "")).to.equal(true);
    const without = (await deployed()).result;
    expect(() => without.grantReadChanges()).to.throw(InvalidInput, "changes");
  });

  it("refuses bad arguments, all at once", async () => {
    const bad: TableArgs = {
      ...minimal,
      sortKey: "programId",
      indexes: {
        ab: { partitionKey: { name: "programId", type: "number" }, sortKey: "programId" },
        many: { partitionKey: "kind", shows: Array.from({ length: 101 }, (_, index) => `a${index}`) },
      },
      expiresBy: "kind",
      recoveryPeriod: "36d",
    };
    const error: unknown = await deployed(bad).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(InvalidInput);
    expect((error as InvalidInput).problems.map(({ path }) => path)).to.deep.equal([
      "indexes.ab.partitionKey",
      "sortKey",
      "indexes.ab",
      "indexes.ab.sortKey",
      "indexes",
      "expiresBy",
      "recoveryPeriod",
    ]);
  });
});
