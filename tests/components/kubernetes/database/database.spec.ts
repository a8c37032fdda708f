import * as kubernetes from "@pulumi/kubernetes";
import { expect } from "chai";
import { Database, type DatabaseArgs } from "../../../../components/kubernetes/database";
import { validateDatabase } from "../../../../components/kubernetes/database/validate";
import { deploy, outputOf } from "../../../../offline/providers/mocks";
import { violationsIn } from "../../../policy/support/judged";
import { childrenOf, paths } from "../../aws/database/support";

const TYPE = "archipelago:kubernetes:Database";
const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const standardArgs: DatabaseArgs = { placement: { namespace: "shop-dev" }, databaseName: "orderservice" };
const backup = { destinationPath: "s3://shop-backups/order", secretName: "backup-keys" };

function deployed(args: Partial<DatabaseArgs> = {}) {
  return deploy(() => {
    const provider = new kubernetes.Provider("cluster", { context: "spec" });
    return new Database("order-db", { ...standardArgs, ...args }, { provider });
  });
}

interface Object {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: Readonly<Record<string, unknown>>;
}

describe("kubernetes database: Database", () => {
  let standard: Awaited<ReturnType<typeof deployed>>;
  before(async () => {
    standard = await deployed();
  });
  const cluster = (deployment = standard) => deployment.one(CLUSTER).inputs as unknown as Object;

  it("creates exactly these children", async () => {
    const always = [
      "Cluster order-db",
      "NetworkPolicy order-db-instances",
      "RandomPassword order-db-app-user",
      "RandomPassword order-db-owner-user",
      "Secret order-db-app-user",
      "Secret order-db-owner-user",
    ];
    expect(childrenOf(standard, standard.one(TYPE))).to.deep.equal(always);
    const full = await deployed({ backup, monitoring: { namespace: "monitoring" } });
    expect(childrenOf(full, full.one(TYPE))).to.deep.equal(
      [
        ...always,
        "ObjectStore order-db-backups",
        "PodMonitor order-db-metrics",
        "ScheduledBackup order-db-nightly",
      ].sort(),
    );
  });

  it("violates no rule of any pack", async () => {
    expect(await violationsIn(standard.resources)).to.deep.equal([]);
  });

  it("orders three instances that commit together, refuse connections without TLS, and have no superuser's password", () => {
    const { metadata, spec } = cluster();
    expect(spec).to.deep.include({
      instances: 3,
      imageName: "ghcr.io/cloudnative-pg/postgresql:16-standard-trixie",
      enableSuperuserAccess: false,
      enablePDB: true,
      storage: { size: "20480Mi", resizeInUseVolumes: true },
    });
    expect(spec).to.have.deep.nested.property("postgresql.pg_hba", ["hostnossl all all all reject"]);
    expect(spec).to.have.deep.nested.property("postgresql.synchronous", {
      method: "any",
      number: 1,
      dataDurability: "required",
    });
    expect(spec).to.have.nested.property("bootstrap.initdb.secret.name", "order-db-owner-user");
    expect(spec).to.have.nested.property("managed.roles[0].passwordSecret.name", "order-db-app-user");
    expect(spec).not.to.have.any.keys("plugins", "backup");
    expect(metadata.annotations).to.deep.include({ "pulumi.com/waitFor": "condition=Ready" });
    expect(standard.one(CLUSTER).options).to.deep.include({ protect: true });
  });

  it("backs up by the plugin, never by what is built into the operator", async () => {
    const { spec } = cluster(await deployed({ backup }));
    expect(spec.plugins).to.deep.equal([
      {
        name: "barman-cloud.cloudnative-pg.io",
        isWALArchiver: true,
        parameters: { barmanObjectName: "order-db-backups" },
      },
    ]);
    expect(spec).not.to.have.property("backup");
  });

  it("is a single instance that stops no drain where the data may be lost", async () => {
    const single = await deployed({ instances: 1, protectData: false, waitUntilReady: false });
    const { metadata, spec } = cluster(single);
    expect(spec).to.deep.include({ instances: 1, enablePDB: false });
    expect(spec).not.to.have.nested.property("postgresql.synchronous");
    expect(metadata.annotations).to.equal(undefined);
    expect(single.one(CLUSTER).options).not.to.have.property("protect");
  });

  it("opens the instances to each other and to the operator, and nothing else", () => {
    const { spec } = standard.one(POLICY).inputs as unknown as Object;
    const own = { podSelector: { matchLabels: { "cnpg.io/cluster": "order-db" } } };
    expect(spec).to.deep.include({ ...own, policyTypes: ["Ingress", "Egress"] });
    expect(spec.ingress).to.deep.equal([
      {
        from: [
          own,
          {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "cnpg-system" } },
            podSelector: { matchLabels: { "app.kubernetes.io/name": "cloudnative-pg" } },
          },
        ],
        ports: [
          { port: 5432, protocol: "TCP" },
          { port: 8000, protocol: "TCP" },
        ],
      },
    ]);
  });

  it("grants the service its role and a migration the owner's, by the variables of AWS", async () => {
    const connection = {
      DB_HOST: "order-db-rw.shop-dev.svc",
      DB_PORT: "5432",
      DB_NAME: "orderservice",
      DB_CA_FILE: "/etc/archipelago/database/ca.crt",
    };
    const { result } = standard;
    for (const [grant, role, secret] of [
      [result.grantConnect(), "app", "order-db-app-user"],
      [result.grantMigrate(), "orderservice", "order-db-owner-user"],
    ] as const) {
      expect(await outputOf(grant.environment ?? {})).to.deep.equal({ ...connection, DB_USERNAME: role });
      expect(await outputOf(grant.secrets ?? {})).to.have.nested.property("DB_PASSWORD.secretName", secret);
      expect(grant.files).to.deep.equal({ [connection.DB_CA_FILE]: { secretName: "order-db-ca", key: "ca.crt" } });
      expect(grant.reaches).to.deep.equal([
        {
          to: "order-db",
          port: 5432,
          pods: { labels: { "cnpg.io/cluster": "order-db", "cnpg.io/podRole": "instance" } },
        },
      ]);
    }
  });
});

describe("kubernetes database: bad arguments", () => {
  it("are found all at once", () => {
    expect(validateDatabase("order-db", { ...standardArgs, backup })).to.deep.equal([]);
    const args: DatabaseArgs = {
      ...standardArgs,
      databaseName: "postgres",
      ownerName: "app",
      version: "13",
      image: "ghcr.io/cloudnative-pg/postgresql:latest",
      instances: 0,
      cpu: 1,
      memory: "64 MiB",
      storage: "1 MiB",
      backup: { destinationPath: "bucket", endpointUrl: "http://store", secretName: "keys", retention: "36d" },
      apiServerCidr: "everywhere",
    };
    expect(paths(validateDatabase("Order", args))).to.deep.equal([
      "name",
      "databaseName",
      "ownerName",
      "version",
      "image",
      "instances",
      "cpu",
      "memory",
      "storage",
      "backup.destinationPath",
      "backup.endpointUrl",
      "backup.retention",
      "apiServerCidr",
    ]);
  });
});
