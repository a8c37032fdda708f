import { expect } from "chai";
import { AnalyticsStore, type AnalyticsStoreArgs } from "../../../../components/aws/analytics";
import { InvalidInput } from "../../../../components/kit";
import { deploy, outputOf } from "../../../../offline/providers/mocks";
import { childrenOf, placement } from "../database/support";

const WORKGROUP = "aws:athena/workgroup:Workgroup";
const deployed = (more: Partial<AnalyticsStoreArgs> = {}) =>
  deploy(() => new AnalyticsStore("web-sales", { placement, ...more }));

describe("AnalyticsStore", () => {
  it("is a workgroup, a database and a bucket with its key", async () => {
    const deployment = await deployed();
    const children = childrenOf(deployment, deployment.one("archipelago:analytics:AnalyticsStore"));
    expect(children.filter((child) => !/^Bucket[A-Z]/.test(child))).to.deep.equal([
      "Alias web-sales-alias",
      "Bucket web-sales-bucket",
      "CatalogDatabase web-sales-database",
      "EncryptionKey web-sales",
      "Key web-sales-key",
      "MetricAlarm web-sales-queue-time-alarm",
      "ObjectStore web-sales",
      "Workgroup web-sales-workgroup",
    ]);
  });

  it("stops queries that read too much, and decides for every client where results go and how they are encrypted", async () => {
    const deployment = await deployed({ queryLimit: "1 GiB" });
    const bucket = await outputOf(deployment.result.bucketName);
    expect(deployment.one(WORKGROUP).inputs.configuration).to.deep.equal({
      bytesScannedCutoffPerQuery: 1024 ** 3,
      enforceWorkgroupConfiguration: true,
      publishCloudwatchMetricsEnabled: true,
      resultConfiguration: {
        outputLocation: `s3://${bucket}/results/`,
        expectedBucketOwner: placement.accountId,
        encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: await outputOf(deployment.result.keyArn) },
      },
    });
  });

  it("deletes results, and no tables", async () => {
    const { rules } = (await deployed({ resultRetention: "3d" })).one(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    ).inputs as { rules: { filter: { prefix: string }; expiration?: { days?: number } }[] };
    expect(
      rules.flatMap(({ filter, expiration }) => (expiration?.days ? [[filter.prefix, expiration.days]] : [])),
    ).to.deep.equal([["results/", 3]]);
  });

  it("calls its database what no query has to quote", async () => {
    const { inputs } = (await deployed()).one("aws:glue/catalogDatabase:CatalogDatabase");
    expect(inputs.name).to.match(/^web_sales_[0-9a-f]{8}$/);
  });

  it("is protected with its tables, unless it is told otherwise", async () => {
    const optionsOf = async (more: Partial<AnalyticsStoreArgs>) => {
      const deployment = await deployed(more);
      const types = ["aws:glue/catalogDatabase:CatalogDatabase", "aws:s3/bucket:Bucket"];
      return [
        ...types.map((type) => deployment.one(type).options.protect),
        deployment.one(WORKGROUP).inputs.forceDestroy,
      ];
    };
    expect(await optionsOf({})).to.deep.equal([true, true, false]);
    expect(await optionsOf({ protectData: false })).to.deep.equal([undefined, undefined, true]);
  });

  it("refuses bad arguments", async () => {
    const bad = { queryLimit: "1 MiB", resultRetention: "5m" } as const;
    const error: unknown = await deployed(bad).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(InvalidInput);
    expect(String(error)).to.contain("queryLimit");
  });
});
