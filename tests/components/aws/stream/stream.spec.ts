import { expect } from "chai";
import { InvalidInput } from "../../../../components/kit";
import { Stream, type StreamArgs } from "../../../../components/aws/stream";
import { deploy, outputOf } from "../../../../offline/providers/mocks";
import { allows, childrenOf, placement } from "../database/support";

const STREAM = "aws:kinesis/stream:Stream";
const deployed = (args: Partial<StreamArgs> = {}) => deploy(() => new Stream("events", { placement, ...args }));

describe("Stream", () => {
  it("is a key, the stream and its alarms", async () => {
    const deployment = await deployed();
    expect(childrenOf(deployment, deployment.one("archipelago:stream:Stream"))).to.deep.equal([
      "Alias events-alias",
      "EncryptionKey events",
      "Key events-key",
      "MetricAlarm events-iterator-age-alarm",
      "MetricAlarm events-throttled-writes-alarm",
      "Stream events-stream",
    ]);
  });

  it("is paid by use and encrypted with its own key", async () => {
    const deployment = await deployed();
    expect(deployment.one(STREAM).inputs).to.deep.equal({
      streamModeDetails: { streamMode: "ON_DEMAND" },
      retentionPeriod: 168,
      encryptionType: "KMS",
      kmsKeyId: await outputOf(deployment.result.keyArn),
    });
  });

  it("raises an alarm before records are lost", async () => {
    const threshold = async (args: Partial<StreamArgs>) => {
      const { resources } = await deployed(args);
      return resources.find(({ name }) => name === "events-iterator-age-alarm")?.inputs.threshold;
    };
    expect(await threshold({})).to.equal(3_600_000);
    expect(await threshold({ maxAge: "10m" })).to.equal(600_000);
  });

  it("grants writing and consuming, exactly", async () => {
    const deployment = await deployed();
    const { result } = deployment;
    const arn = await outputOf(result.streamArn);
    const key = await outputOf(result.keyArn);
    const policy: unknown = JSON.parse(String(deployment.one("aws:kms/key:Key").inputs.policy));
    const via = { "kms:ViaService": "kinesis.us-east-1.amazonaws.com" };
    const actions = ["PutRecord", "PutRecords", "GetRecords", "ListShards", "DeleteStream", "SplitShard"];
    for (const [statements, expected] of [
      [result.grantWrite("EVENTS_STREAM").statements, ["PutRecord", "PutRecords", "kms:GenerateDataKey"]],
      [result.grantConsume().statements, ["GetRecords", "ListShards", "kms:Decrypt"]],
    ] as const) {
      const may: string[] = [];
      for (const action of actions) if (await allows(statements, `kinesis:${action}`, arn)) may.push(action);
      for (const action of ["kms:Decrypt", "kms:GenerateDataKey"]) {
        if (await allows(statements, action, key, via, policy)) may.push(action);
        expect(await allows(statements, action, key, {}, policy)).to.equal(false);
      }
      expect(may).to.deep.equal(expected);
    }
  });

  it("refuses bad arguments, all at once", async () => {
    const bad = [
      [{ retention: "23h" }, ["retention"]],
      [{ retention: "5000m", maxAge: "0s" }, ["retention", "maxAge"]],
      [{ retention: "1d", maxAge: "1d" }, ["maxAge"]],
    ] as const;
    for (const [args, expected] of bad) {
      const error: unknown = await deployed(args).catch((thrown: unknown) => thrown);
      expect((error as InvalidInput).problems.map(({ path }) => path)).to.deep.equal(expected);
    }
  });
});
