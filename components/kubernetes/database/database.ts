// PostgreSQL for one owner, by CloudNativePG: the operator makes instances, replication, failover and certificates.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { protectedWhen, throwIfAny, type Transform, transformed } from "../../kit";
import {
  createCredential,
  type Credential,
  DNS_EGRESS,
  type Grant,
  inCluster,
  type Labels,
  metadataOf,
  type Monitoring,
  type Signal,
} from "../kit";
import type { DatabaseArgs, DatabaseOutputs } from "./args";
import { type GrantedDatabase, instanceLabels, roleGrant } from "./grants";
import {
  clusterSpec,
  DATABASE_DEFAULTS,
  METRICS_PORT,
  objectStoreSpec,
  ownerOf,
  PORT,
  scheduledBackupSpec,
  STATUS_PORT,
} from "./resolve";
import { SERVICE_USER } from "./roles";
import { databaseSignals } from "./signals";
import { validateDatabase } from "./validate";

const TYPE = "archipelago:kubernetes:Database";
/** Three instances are made one after the other. */
const READY_SECONDS = 1200;

type CustomResource = kubernetes.apiextensions.CustomResource;

/**
 * A CloudNativePG cluster with one database: TLS only, a role for the service and an owner for its migrations, each with a password of its
 * own. It costs what its pods and volumes take of the cluster. Another name, `databaseName` or `ownerName` makes a new, empty database;
 * everything else changes in place, the replicas first.
 *
 * @example
 * new Database("order-db", { placement: { namespace: "shop-dev" }, databaseName: "orderservice" }, { provider });
 */
export class Database extends pulumi.ComponentResource implements DatabaseOutputs {
  readonly endpoint: pulumi.Output<string>;
  readonly readerEndpoint: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly databaseName: pulumi.Output<string>;
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: {
    readonly cluster: CustomResource;
    readonly owner: Credential;
    readonly service: Credential;
    readonly networkPolicy: kubernetes.networking.v1.NetworkPolicy;
    /** Only with `backup`. */
    readonly backups?: { readonly objectStore: CustomResource; readonly schedule: CustomResource };
    /** Only with `monitoring`. */
    readonly podMonitor?: CustomResource;
  };

  constructor(
    private readonly name: string,
    private readonly args: DatabaseArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, inCluster(`${TYPE} "${name}"`, opts));
    throwIfAny(`${TYPE} "${name}"`, validateDatabase(name, args));
    const owner = this.createRole("owner", ownerOf(args));
    const service = this.createRole("app", SERVICE_USER);
    const networkPolicy = this.createNetworkPolicy();
    const objectStore = args.backup && this.createObjectStore(args.backup);
    const cluster = this.createCluster({ owner, service }, [networkPolicy, ...(objectStore ? [objectStore] : [])]);
    const backups = objectStore && { objectStore, schedule: this.createSchedule(cluster) };
    const podMonitor = args.monitoring && this.createPodMonitor(args.monitoring);
    this.nodes = {
      cluster,
      owner,
      service,
      networkPolicy,
      ...(backups && { backups }),
      ...(podMonitor && { podMonitor }),
    };
    const { namespace } = args.placement;
    this.endpoint = pulumi.interpolate`${name}-rw.${namespace}.svc`;
    this.readerEndpoint = pulumi.interpolate`${name}-r.${namespace}.svc`;
    this.port = pulumi.output(PORT);
    this.databaseName = pulumi.output(args.databaseName);
    this.signals = args.monitoring ? databaseSignals(name, args.instances ?? DATABASE_DEFAULTS.instances) : [];
    const { endpoint, readerEndpoint, port, databaseName } = this;
    this.registerOutputs({ endpoint, readerEndpoint, port, databaseName });
  }

  grantConnect(): Grant {
    return roleGrant(this.granted, SERVICE_USER, this.nodes.service);
  }

  grantMigrate(): Grant {
    return roleGrant(this.granted, ownerOf(this.args), this.nodes.owner);
  }

  private get granted(): GrantedDatabase {
    const { name, endpoint } = this;
    return { name, endpoint, databaseName: this.args.databaseName, startsAfter: [this.nodes.cluster] };
  }

  private get labels() {
    return { "app.kubernetes.io/name": this.name, "app.kubernetes.io/component": "database" };
  }

  private createRole(role: string, username: string): Credential {
    const { placement, transform } = this.args;
    // The operator reads a Secret with this label again when it changes.
    const labels = { ...this.labels, "cnpg.io/reload": "true" };
    return createCredential({
      parent: this,
      name: `${this.name}-${role}-user`,
      placement,
      labels,
      username,
      transform,
    });
  }

  private createCluster(
    roles: { readonly owner: Credential; readonly service: Credential },
    dependsOn: pulumi.Resource[],
  ): CustomResource {
    const { args, name } = this;
    const secrets = { owner: roles.owner.secret.metadata.name, service: roles.service.secret.metadata.name };
    const waiting = { "pulumi.com/waitFor": "condition=Ready", "pulumi.com/timeoutSeconds": String(READY_SECONDS) };
    const metadata = metadataOf(args.placement, name, this.labels);
    return new kubernetes.apiextensions.CustomResource(
      ...transformed<kubernetes.apiextensions.CustomResourceArgs>(
        args.transform?.cluster,
        name,
        {
          apiVersion: "postgresql.cnpg.io/v1",
          kind: "Cluster",
          metadata: { ...metadata, ...(args.waitUntilReady !== false && { annotations: waiting }) },
          spec: clusterSpec(name, args, secrets),
        },
        { parent: this, dependsOn, ...protectedWhen(args.protectData ?? true) },
      ),
    );
  }

  private createObjectStore(backup: NonNullable<DatabaseArgs["backup"]>): CustomResource {
    const kind = { apiVersion: "barmancloud.cnpg.io/v1", kind: "ObjectStore" };
    return this.createCustom(
      this.args.transform?.objectStore,
      "backups",
      { ...kind, spec: objectStoreSpec(backup) },
      [],
    );
  }

  private createSchedule(cluster: CustomResource): CustomResource {
    const kind = { apiVersion: "postgresql.cnpg.io/v1", kind: "ScheduledBackup" };
    const { transform } = this.args;
    return this.createCustom(transform?.scheduledBackup, "nightly", { ...kind, spec: scheduledBackupSpec(this.name) }, [
      cluster,
    ]);
  }

  private createPodMonitor({ labels }: Monitoring): CustomResource {
    const selector = { matchLabels: instanceLabels(this.name) };
    const kind = { apiVersion: "monitoring.coreos.com/v1", kind: "PodMonitor" };
    const spec = { selector, podMetricsEndpoints: [{ port: "metrics" }] };
    return this.createCustom(this.args.transform?.podMonitor, "metrics", { ...kind, spec }, [], labels);
  }

  private createCustom(
    transform: Transform<kubernetes.apiextensions.CustomResourceArgs> | undefined,
    role: string,
    object: { readonly apiVersion: string; readonly kind: string; readonly spec: object },
    dependsOn: pulumi.Resource[],
    labels: Labels = {},
  ): CustomResource {
    const called = `${this.name}-${role}`;
    const metadata = metadataOf(this.args.placement, called, { ...this.labels, ...labels });
    return new kubernetes.apiextensions.CustomResource(
      ...transformed<kubernetes.apiextensions.CustomResourceArgs>(
        transform,
        called,
        { ...object, metadata },
        { parent: this, dependsOn },
      ),
    );
  }

  /** The instances among themselves, the operator, the API server, and the store of backups. The service opens its own way. */
  private createNetworkPolicy(): kubernetes.networking.v1.NetworkPolicy {
    const { args, name } = this;
    const { operatorNamespace, apiServerCidr } = { ...DATABASE_DEFAULTS, ...args };
    // The jobs that make an instance have no role yet.
    const own = { podSelector: { matchLabels: { "cnpg.io/cluster": name } } };
    const inNamespace = (namespace: string) => ({
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
    });
    const operator = {
      ...inNamespace(operatorNamespace),
      podSelector: { matchLabels: { "app.kubernetes.io/name": "cloudnative-pg" } },
    };
    const ports = (...numbers: readonly number[]) => numbers.map((port) => ({ port, protocol: "TCP" }));
    const { monitoring } = args;
    const spec = {
      ...own,
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        { from: [own, operator], ports: ports(PORT, STATUS_PORT) },
        ...(monitoring === undefined
          ? []
          : [{ from: [inNamespace(monitoring.namespace)], ports: ports(METRICS_PORT) }]),
      ],
      egress: [
        { to: [own], ports: ports(PORT, STATUS_PORT) },
        { to: [{ ipBlock: { cidr: apiServerCidr } }], ports: ports(443, 6443) },
        ...(args.backup ? [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: ports(443) }] : []),
        DNS_EGRESS,
      ],
    };
    return new kubernetes.networking.v1.NetworkPolicy(
      ...transformed<kubernetes.networking.v1.NetworkPolicyArgs>(
        args.transform?.networkPolicy,
        `${name}-instances`,
        { metadata: metadataOf(args.placement, `${name}-instances`, this.labels), spec },
        { parent: this },
      ),
    );
  }
}
