import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { GeneratedSecrets } from "../../../../components/aws/secret";
import { deploy, outputOf } from "../../../../offline/providers/mocks";

const placement = { partition: "aws", region: "eu-central-1", accountId: "123456789012" };

describe("GeneratedSecrets", () => {
  it("makes one key, and a password, a secret and a version for each name", async () => {
    const { resources } = await deploy(
      () => new GeneratedSecrets("user", { placement, secrets: { JWT_SIGNING_KEY: { length: 64 } } }),
    );
    expect(resources.map(({ type, name }) => `${type} ${name}`).sort()).to.deep.equal([
      "archipelago:base:EncryptionKey user-secrets",
      "archipelago:secret:GeneratedSecrets user",
      "aws:kms/alias:Alias user-secrets-alias",
      "aws:kms/key:Key user-secrets-key",
      "aws:secretsmanager/secret:Secret user-jwt-signing-key",
      "aws:secretsmanager/secretVersion:SecretVersion user-jwt-signing-key",
      "random:index/randomPassword:RandomPassword user-jwt-signing-key",
    ]);
  });

  it("keeps the secret under its own key, for thirty days after a deletion", async () => {
    const deployment = await deploy(
      () => new GeneratedSecrets("user", { placement, secrets: { JWT_SIGNING_KEY: { length: 64 } } }),
    );
    const { inputs } = deployment.one("aws:secretsmanager/secret:Secret");
    expect(inputs.kmsKeyId).to.equal(await outputOf(deployment.result.nodes.key.arn));
    expect(inputs.recoveryWindowInDays).to.equal(30);
  });

  it("hands out the secret's ARN, its key and its version", async () => {
    const deployment = await deploy(
      () => new GeneratedSecrets("user", { placement, secrets: { JWT_SIGNING_KEY: { length: 64 } } }),
    );
    const reference = deployment.result.references.JWT_SIGNING_KEY;
    expect(deployment.result.grantRead()).to.deep.equal({ secrets: { JWT_SIGNING_KEY: reference } });
    expect(reference && (await outputOf(reference.arn))).to.equal(
      deployment.one("aws:secretsmanager/secretVersion:SecretVersion").outputs.secretArn,
    );
    expect(reference && (await outputOf(reference.versionId))).to.equal(
      deployment.one("aws:secretsmanager/secretVersion:SecretVersion").outputs.versionId,
    );
    expect(reference && (await outputOf(reference.kmsKeyArn))).to.equal(deployment.one("aws:kms/key:Key").outputs.arn);
  });

  it("marks the value secret", async () => {
    const { result } = await deploy(
      () => new GeneratedSecrets("user", { placement, secrets: { JWT_SIGNING_KEY: { length: 64 } } }),
    );
    const version = result.nodes.versions.JWT_SIGNING_KEY;
    expect(version?.secretString && (await pulumi.isSecret(version.secretString))).to.equal(true);
  });

  it("reports every problem at once", async () => {
    const attempt = deploy(
      () =>
        new GeneratedSecrets("user", {
          placement,
          secrets: { jwt: { length: 64 }, KEY: { length: 8 } },
          recoveryWindowInDays: 3,
        }),
    );
    const message = await attempt.then(
      () => "no error",
      (error: unknown) => String(error),
    );
    expect(message.match(/^ {2}\d\. [^:]+/gm)).to.deep.equal([
      "  1. secrets.jwt",
      "  2. secrets.KEY.length",
      "  3. recoveryWindowInDays",
    ]);
  });
});
