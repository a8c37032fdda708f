import { expect } from "chai";
import { PostgresDatabase } from "../../../components/database";
import { deploy, type Deployment, outputOf } from "../../../offline/providers/mocks";
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
    const { environment, connections } = result.grantConnect();
    const secretArn = await outputOf(result.secretArn);
    expect(await outputOf({ ...environment })).to.deep.equal({
      DB_HOST: await outputOf(result.endpoint),
      DB_PORT: "5432",
      DB_NAME: "orderservice",
      DB_USERNAME: "app",
      DB_SECRET_ARN: secretArn,
    });
    expect(await outputOf(connections as object)).to.deep.equal([
      { name: "order", securityGroupId: await outputOf(result.securityGroupId), port: 5432 },
    ]);
  });

  it("allows exactly this user, this secret and this key", async () => {
    const { result } = standard;
    const { statements } = result.grantConnect();
    const keyPolicy: unknown = JSON.parse(String(standard.one("aws:kms/key:Key").inputs.policy));
    const [resourceId, secretArn, keyArn] = await Promise.all(
      [result.resourceId, result.secretArn, result.keyArn].map((output) => outputOf(output)),
    );
    const user = (id: string, name: string) => `arn:aws:rds-db:us-east-1:123456789012:dbuser:${id}/${name}`;
    const viaSecrets = { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" };
    const other = "arn:aws:secretsmanager:us-east-1:123456789012:secret:other-AbCdEf";
    const asked = [
      [true, "rds-db:connect", user(String(resourceId), "app")],
      [false, "rds-db:connect", user(String(resourceId), "orderservice")],
      [false, "rds-db:connect", user("db-OTHER", "app")],
      [true, "secretsmanager:GetSecretValue", secretArn],
      [true, "secretsmanager:DescribeSecret", secretArn],
      [false, "secretsmanager:PutSecretValue", secretArn],
      [false, "secretsmanager:GetSecretValue", other],
      [true, "kms:Decrypt", keyArn, viaSecrets],
      [false, "kms:Decrypt", keyArn, { "kms:ViaService": "s3.us-east-1.amazonaws.com" }],
      [false, "kms:Decrypt", keyArn],
      [false, "kms:GenerateDataKey", keyArn, viaSecrets],
    ] as const;
    for (const [expected, action, resource, context] of asked) {
      const policy = action.startsWith("kms:") ? keyPolicy : undefined;
      const decision = await allows(statements, action, String(resource), context, policy);
      expect(decision, `${action} on ${resource}`).to.equal(expected);
    }
  });
});
