import { expect } from "chai";
import { DocumentDatabase, type DocumentDatabaseArgs } from "../../../../components/aws/documents";
import { InvalidInput } from "../../../../components/kit";
import { deploy, outputOf } from "../../../../offline/providers/mocks";
import { childrenOf, isolatedNetwork, placement } from "../database/support";

const CLUSTER = "aws:docdb/cluster:Cluster";
const deployed = (more: Partial<DocumentDatabaseArgs> = {}) =>
  deploy(() => new DocumentDatabase("articles", { placement, network: isolatedNetwork(), ...more }));

describe("DocumentDatabase", () => {
  it("is a cluster with its instances, key, role, groups, log and alarms", async () => {
    const deployment = await deployed();
    const children = childrenOf(deployment, deployment.one("archipelago:documents:DocumentDatabase"));
    expect(children).to.deep.equal([
      "Alias articles-alias",
      "Cluster articles-cluster",
      "ClusterInstance articles-instance-1",
      "ClusterInstance articles-instance-2",
      "ClusterParameterGroup articles-parameter-group",
      "EncryptionKey articles",
      "Key articles-key",
      "LogGroup articles-audit",
      "MetricAlarm articles-cache-hits-alarm",
      "MetricAlarm articles-cpu-alarm",
      "MetricAlarm articles-memory-alarm",
      "MetricAlarm articles-replica-lag-alarm",
      "RandomId articles-final-snapshot",
      "Role articles-access",
      "SecurityGroup articles-documents",
      "SubnetGroup articles-subnet-group",
    ]);
  });

  it("is encrypted, takes TLS only and logs who signs in, whatever the arguments say", async () => {
    const deployment = await deployed({ protectData: false, instances: 1 });
    expect(deployment.one(CLUSTER).inputs).to.deep.include({
      storageEncrypted: true,
      manageMasterUserPassword: true,
      enabledCloudwatchLogsExports: ["audit"],
      backupRetentionPeriod: 7,
    });
    expect(deployment.one("aws:docdb/clusterParameterGroup:ClusterParameterGroup").inputs.parameters).to.deep.equal([
      { name: "tls", value: "tls1.2+" },
      { name: "audit_logs", value: "enabled" },
    ]);
  });

  it("protects its data, and keeps its final snapshot's name apart from earlier ones", async () => {
    const [kept, gone] = [await deployed(), await deployed({ protectData: false })].map(
      (each) => each.one(CLUSTER).inputs,
    );
    expect(kept).to.deep.include({ deletionProtection: true, skipFinalSnapshot: false, applyImmediately: false });
    expect(String(kept?.finalSnapshotIdentifier)).to.match(/^articles-final-/);
    expect(gone).to.deep.include({ deletionProtection: false, skipFinalSnapshot: true, applyImmediately: true });
  });

  it("gives a service the right to assume its role and nothing else, and the secret to who prepares it", async () => {
    const { result } = await deployed();
    const [connects, prepares] = [result.grantConnect(), result.grantPrepare()];
    expect(connects.statements?.map(({ Action }) => Action)).to.deep.equal(["sts:AssumeRole"]);
    expect(Object.keys(connects.environment ?? {})).to.deep.equal([
      "DOCUMENTS_HOST",
      "DOCUMENTS_PORT",
      "DOCUMENTS_NAME",
      "DOCUMENTS_ROLE_ARN",
    ]);
    expect(prepares.statements?.map(({ Action }) => Action)).to.deep.equal(["secretsmanager:GetSecretValue"]);
    expect(await outputOf(result.secretArn)).to.match(/^arn:aws:secretsmanager:/);
    expect(connects.startsAfter).to.have.length(2);
  });

  it("gives its role no policy: its name is all that the server looks at", async () => {
    const deployment = await deployed();
    const roles = ["aws:iam/rolePolicy:RolePolicy", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"];
    expect(deployment.resources.filter(({ type }) => roles.includes(type))).to.deep.equal([]);
  });

  it("refuses bad arguments, all at once", async () => {
    const bad = { instances: 0, instanceClass: "db.t3.micro", databaseName: "admin", backupRetention: "40d" } as const;
    const error: unknown = await deployed(bad).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(InvalidInput);
    for (const path of ["instances", "instanceClass", "databaseName", "backupRetention"])
      expect(String(error)).to.contain(path);
  });
});
