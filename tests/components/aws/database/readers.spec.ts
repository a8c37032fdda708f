import { expect } from "chai";
import { PostgresDatabase, ServerlessDatabase } from "../../../../components/aws/database";
import type { Grant } from "../../../../components/kit";
import { deploy, outputOf } from "../../../../offline/providers/mocks";
import { isolatedNetwork, placement } from "./support";

const postgres = (readReplica?: boolean) =>
  deploy(
    () =>
      new PostgresDatabase("order-db", {
        ...{ placement, network: isolatedNetwork(), databaseName: "orders" },
        ...(readReplica !== undefined && { readReplica }),
      }),
  );
const aurora = (readers: number) =>
  deploy(
    () =>
      new ServerlessDatabase("order-db", { placement, network: isolatedNetwork(), databaseName: "orders", readers }),
  );

/** `<identifier>/<user>` of each right to sign in. */
async function users({ statements = [] }: Grant): Promise<string[]> {
  expect(statements.map(({ Action }) => Action)).to.deep.equal(["rds-db:connect"]);
  const arns = await Promise.all([statements[0]?.Resource ?? []].flat().map((arn) => outputOf(arn)));
  return arns.map((arn) => arn.replace(/^.*:dbuser:/, ""));
}
const host = async ({ environment = {} }: Grant, variable = "DB_HOST"): Promise<unknown> =>
  outputOf(environment[variable] ?? "none");

describe("readers of a database", () => {
  it("are a replica of an instance, which takes its data, users and key from it and is no store of its own", async () => {
    const deployment = await postgres(true);
    const source = deployment.one("aws:rds/instance:Instance", "order-db-instance");
    const { inputs, options } = deployment.one("aws:rds/instance:Instance", "order-db-reader");
    expect(inputs).to.deep.include({
      replicateSourceDb: source.outputs.identifier,
      storageEncrypted: true,
      iamDatabaseAuthenticationEnabled: true,
      publiclyAccessible: false,
      skipFinalSnapshot: true,
      vpcSecurityGroupIds: source.inputs.vpcSecurityGroupIds,
      parameterGroupName: source.inputs.parameterGroupName,
    });
    expect(inputs).to.not.have.any.keys(
      "manageMasterUserPassword",
      "username",
      "dbName",
      "kmsKeyId",
      "deletionProtection",
    );
    expect(options.protect).to.equal(undefined);
    expect(
      deployment.one("aws:cloudwatch/metricAlarm:MetricAlarm", "order-db-replica-lag-alarm").inputs.metricName,
    ).to.equal("ReplicaLag");
  });

  it("log to an encrypted group that is there before RDS would make one", async () => {
    const deployment = await postgres(true);
    const reader = deployment.one("aws:rds/instance:Instance", "order-db-reader");
    const group = deployment.one("aws:cloudwatch/logGroup:LogGroup", "order-db-reader-postgresql-log");
    expect(group.inputs.name).to.equal(`/aws/rds/instance/${String(reader.inputs.identifier)}/postgresql`);
    expect(group.inputs.kmsKeyId).to.equal(await outputOf(deployment.result.keyArn));
    expect(reader.dependencies).to.include(group.urn);
  });

  it("let the service sign in to the replica as itself, when it is given the address", async () => {
    const { result, one } = await postgres(true);
    const [own, replica] = ["order-db-instance", "order-db-reader"].map(
      (name) => one("aws:rds/instance:Instance", name).outputs,
    );
    expect(await users(result.grantConnect())).to.deep.equal([`${String(own?.resourceId)}/app`]);
    const grant = result.grantConnect(true);
    expect(await users(grant)).to.deep.equal([`${String(own?.resourceId)}/app`, `${String(replica?.resourceId)}/app`]);
    expect(await host(grant, "DB_READER_HOST")).to.equal(replica?.address);
    expect(await host(grant)).to.equal(own?.address);
  });

  it("let others sign in as the user that only reads, at the reader alone", async () => {
    const { result, one } = await postgres(true);
    const replica = one("aws:rds/instance:Instance", "order-db-reader").outputs;
    const grant = result.grantRead("ORDER_DB_");
    expect(await users(grant)).to.deep.equal([`${String(replica.resourceId)}/app_reader`]);
    expect(await host(grant, "ORDER_DB_HOST")).to.equal(replica.address);
    expect(grant.environment?.ORDER_DB_USERNAME).to.equal("app_reader");
  });

  it("are replaced by the instance itself where there is no replica", async () => {
    const { result, one } = await postgres();
    const own = one("aws:rds/instance:Instance").outputs;
    expect(await users(result.grantRead())).to.deep.equal([`${String(own.resourceId)}/app_reader`]);
    expect(await host(result.grantRead())).to.equal(own.address);
  });

  it("are the instances of a cluster beside its writer, behind one host", async () => {
    const { result, one } = await aurora(2);
    const cluster = one("aws:rds/cluster:Cluster").outputs;
    const id = String(cluster.clusterResourceId);
    expect(await users(result.grantConnect(true))).to.deep.equal([`${id}/app`]);
    expect(await host(result.grantConnect(true), "DB_READER_HOST")).to.equal(cluster.readerEndpoint);
    expect(await users(result.grantRead())).to.deep.equal([`${id}/app_reader`]);
    expect(await host(result.grantRead())).to.equal(cluster.readerEndpoint);
    expect(result.grantRead().startsAfter).to.have.length(3);
  });
});
