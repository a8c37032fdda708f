import { expect } from "chai";
import { PostgresDatabase } from "../../../../components/aws/database";
import { deploy, type Deployment, outputOf } from "../../../../offline/providers/mocks";
import { allows, isolatedNetwork, placement } from "./support";

describe("database: grantConnect", () => {
  let standard: Deployment<PostgresDatabase>;
  before(async () => {
    standard = await deploy(
      () => new PostgresDatabase("order", { placement, network: isolatedNetwork(), databaseName: "orderservice" }),
    );
  });

  it("hands out where the database is and how to get in", async () => {
    const { result } = standard;
    const { environment, reaches } = result.grantConnect();
    expect(await outputOf({ ...environment })).to.deep.equal({
      DB_HOST: await outputOf(result.endpoint),
      DB_PORT: "5432",
      DB_NAME: "orderservice",
      DB_USERNAME: "app",
    });
    expect(await outputOf(reaches as object)).to.deep.equal([
      { to: "order", securityGroupId: await outputOf(result.securityGroupId), port: 5432 },
    ]);
  });

  it("allows a service exactly this user, and no secret", async () => {
    const { result } = standard;
    const { statements } = result.grantConnect();
    const [resourceId, secretArn, keyArn] = await Promise.all(
      [result.resourceId, result.secretArn, result.keyArn].map((output) => outputOf(output)),
    );
    const user = (id: string, name: string) => `arn:aws:rds-db:us-east-1:123456789012:dbuser:${id}/${name}`;
    const asked = [
      [true, "rds-db:connect", user(String(resourceId), "app")],
      [false, "rds-db:connect", user(String(resourceId), "orderservice")],
      [false, "rds-db:connect", user("db-OTHER", "app")],
      [false, "secretsmanager:GetSecretValue", secretArn],
      [false, "kms:Decrypt", keyArn, VIA_SECRETS],
    ] as const;
    for (const [expected, action, resource, context] of asked) {
      const policy = action.startsWith("kms:") ? keyPolicyOf(standard) : undefined;
      const decision = await allows(statements, action, String(resource), context, policy);
      expect(decision, `${action} on ${resource}`).to.equal(expected);
    }
  });
});

describe("database: grantMigrate", () => {
  let standard: Deployment<PostgresDatabase>;
  before(async () => {
    standard = await deploy(
      () => new PostgresDatabase("order", { placement, network: isolatedNetwork(), databaseName: "orderservice" }),
    );
  });

  it("hands out where the database and the master user's secret are", async () => {
    const { result } = standard;
    const { environment, reaches } = result.grantMigrate();
    expect(await outputOf({ ...environment })).to.deep.equal({
      DB_HOST: await outputOf(result.endpoint),
      DB_PORT: "5432",
      DB_NAME: "orderservice",
      DB_SECRET_ARN: await outputOf(result.secretArn),
    });
    expect(await outputOf(reaches as object)).to.deep.equal([
      { to: "order", securityGroupId: await outputOf(result.securityGroupId), port: 5432 },
    ]);
  });

  it("allows exactly this secret and this key", async () => {
    const { result } = standard;
    const { statements } = result.grantMigrate();
    const [secretArn, keyArn] = await Promise.all([result.secretArn, result.keyArn].map((output) => outputOf(output)));
    const other = "arn:aws:secretsmanager:us-east-1:123456789012:secret:other-AbCdEf";
    const asked = [
      [true, "secretsmanager:GetSecretValue", secretArn],
      [false, "secretsmanager:DescribeSecret", secretArn],
      [false, "secretsmanager:PutSecretValue", secretArn],
      [false, "secretsmanager:GetSecretValue", other],
      [true, "kms:Decrypt", keyArn, VIA_SECRETS],
      [false, "kms:Decrypt", keyArn, { "kms:ViaService": "s3.us-east-1.amazonaws.com" }],
      [false, "kms:Decrypt", keyArn],
      [false, "kms:GenerateDataKey", keyArn, VIA_SECRETS],
    ] as const;
    for (const [expected, action, resource, context] of asked) {
      const policy = action.startsWith("kms:") ? keyPolicyOf(standard) : undefined;
      const decision = await allows(statements, action, String(resource), context, policy);
      expect(decision, `${action} on ${resource}`).to.equal(expected);
    }
  });
});

const VIA_SECRETS = { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" };

function keyPolicyOf({ one }: Deployment<PostgresDatabase>): unknown {
  return JSON.parse(String(one("aws:kms/key:Key").inputs.policy));
}
