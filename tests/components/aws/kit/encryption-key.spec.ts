import { expect } from "chai";
import { EncryptionKey, type EncryptionKeyArgs } from "../../../../components/aws/kit";
import { keyStatements } from "../../../../components/aws/kit/encryption-key";
import { deploy, outputOf } from "../../../../offline/providers/mocks";

const placement = { partition: "aws", region: "eu-central-1", accountId: "123456789012" };
const [KEY, ALIAS] = ["aws:kms/key:Key", "aws:kms/alias:Alias"];
const build = (args: Partial<EncryptionKeyArgs> = {}) =>
  deploy(() => new EncryptionKey("orders", { placement, description: "Order data", ...args }));
const account = {
  Sid: "AccountDecidesByIam",
  Principal: { AWS: "arn:aws:iam::123456789012:root" },
  Action: "kms:*",
  Resource: "*",
};

describe("aws kit: a key's policy", () => {
  it("leaves everything to IAM when no service is named", () => {
    expect(keyStatements({ placement })).to.deep.equal([account]);
  });

  it("lets each service use the key for its own resources of this account and region", () => {
    const services = ["sns.amazonaws.com", "cloudwatch.amazonaws.com"];
    const use = { Action: ["kms:Decrypt", "kms:GenerateDataKey*"], Resource: "*" };
    expect(keyStatements({ placement, services })).to.deep.equal([
      account,
      {
        Sid: "Usesnsamazonawscom",
        Principal: { Service: "sns.amazonaws.com" },
        ...use,
        Condition: { ArnLike: { "aws:SourceArn": "arn:aws:sns:eu-central-1:123456789012:*" } },
      },
      {
        Sid: "Usecloudwatchamazonawscom",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        ...use,
        Condition: { ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-central-1:123456789012:*" } },
      },
    ]);
  });

  it("lets CloudWatch Logs encrypt log groups of this account, in whichever partition", () => {
    const china = { partition: "aws-cn", region: "cn-north-1", accountId: "123456789012" };
    expect(keyStatements({ placement: china, logs: true })).to.deep.equal([
      { ...account, Principal: { AWS: "arn:aws-cn:iam::123456789012:root" } },
      {
        Sid: "UseLogs",
        Principal: { Service: "logs.cn-north-1.amazonaws.com.cn" },
        Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: {
          ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws-cn:logs:cn-north-1:123456789012:log-group:*" },
        },
      },
    ]);
  });
});

describe("aws kit: EncryptionKey", () => {
  it("rotates, waits thirty days before it goes, and has an alias", async () => {
    const { one, result } = await build();
    expect(one(KEY).name).to.equal("orders-key");
    expect(one(KEY).inputs).to.deep.include({
      description: "Order data",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
    });
    expect(one(KEY).inputs).to.not.have.property("tags");
    expect(one(ALIAS).name).to.equal("orders-alias");
    expect(one(ALIAS).inputs).to.include({ namePrefix: "alias/orders-", targetKeyId: one(KEY).outputs.keyId });
    expect(await outputOf(result.arn)).to.equal(one(KEY).outputs.arn);
  });

  it("takes tags, another window, and transforms of both children", async () => {
    const { one } = await build({
      tags: { team: "orders" },
      deletionWindowInDays: 7,
      transform: { key: { description: "Mine" }, alias: { namePrefix: "alias/mine-" } },
    });
    expect(one(KEY).inputs).to.deep.include({
      tags: { team: "orders" },
      deletionWindowInDays: 7,
      description: "Mine",
    });
    expect(one(ALIAS).inputs.namePrefix).to.equal("alias/mine-");
  });
});
