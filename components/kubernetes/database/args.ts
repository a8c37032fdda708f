// What a database on Kubernetes takes and what it offers.
import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type * as random from "@pulumi/random";
import type { Duration, Size, Transform } from "../../kit";
import type { Grant, Monitoring, Placement, Signal } from "../kit";

/** Arguments of {@link Database}. */
export interface DatabaseArgs {
  readonly placement: Placement;
  /** Database inside the server: letters, digits and underscores, a letter first, at most 63 (`orderservice`). */
  readonly databaseName: string;
  /** Role that owns the database and its schema, for migrations. @default `databaseName` */
  readonly ownerName?: string;
  /** Version of PostgreSQL, 14 to 18: a major (`16`) or a minor one (`16.10`). @default "16" */
  readonly version?: string;
  /** Image for CloudNativePG whose tag begins with the version. @default "ghcr.io/cloudnative-pg/postgresql:<version>-standard-trixie" */
  readonly image?: string;
  /** The primary and its replicas, 1–9; with two or more, a replica takes over when the primary fails. @default 3 */
  readonly instances?: number;
  /** CPU units of an instance (1024 = 1 vCPU). @default 512 */
  readonly cpu?: number;
  /** Memory of an instance, at least 256 MiB; a quarter of it holds pages. @default "1 GiB" */
  readonly memory?: Size;
  /** Volume of an instance, at least 1 GiB; it may grow and never shrink. @default "20 GiB" */
  readonly storage?: Size;
  /** @default the cluster's default StorageClass */
  readonly storageClass?: string;
  /** Object store for backups and write-ahead logs, by the Barman Cloud plugin. @default no backups outside of the volumes */
  readonly backup?: BackupSettings;
  /** Namespace of CloudNativePG. @default "cnpg-system" */
  readonly operatorNamespace?: string;
  /**
   * IPv4 range of the API server, from which each instance reads its role. A NetworkPolicy can select the API server by range only.
   * @default "0.0.0.0/0", at the ports 443 and 6443 only
   */
  readonly apiServerCidr?: string;
  /** Prometheus, which then gets a PodMonitor and may read metrics. @default no metrics are read */
  readonly monitoring?: Monitoring;
  /** Whether a run waits until the database is ready. @default true */
  readonly waitUntilReady?: boolean;
  /** Whether the engine refuses to delete or replace the database. @default true */
  readonly protectData?: boolean;
  /** @default every child as described */
  readonly transform?: DatabaseTransforms;
}

/** Where backups go. */
export interface BackupSettings {
  /** `s3://bucket/path` */
  readonly destinationPath: string;
  /** Address of an S3 server other than AWS's. @default AWS */
  readonly endpointUrl?: string;
  /** Secret in the namespace with the keys `ACCESS_KEY_ID` and `SECRET_ACCESS_KEY`. */
  readonly secretName: string;
  /** How far back the database can be restored, 1–35 days. @default "7d" */
  readonly retention?: Duration;
}

/** One slot for each kind of child. A function receives the child's logical name. */
export interface DatabaseTransforms {
  readonly cluster?: Transform<kubernetes.apiextensions.CustomResourceArgs>;
  readonly objectStore?: Transform<kubernetes.apiextensions.CustomResourceArgs>;
  readonly scheduledBackup?: Transform<kubernetes.apiextensions.CustomResourceArgs>;
  readonly podMonitor?: Transform<kubernetes.apiextensions.CustomResourceArgs>;
  readonly password?: Transform<random.RandomPasswordArgs>;
  readonly secret?: Transform<kubernetes.core.v1.SecretArgs>;
  readonly networkPolicy?: Transform<kubernetes.networking.v1.NetworkPolicyArgs>;
}

/** What {@link Database} offers. */
export interface DatabaseOutputs {
  /** Host name that takes writes. */
  readonly endpoint: pulumi.Output<string>;
  /** Host name that spreads reads over the replicas; of a single instance, that one. */
  readonly readerEndpoint: pulumi.Output<string>;
  /** TCP port; TLS only. */
  readonly port: pulumi.Output<number>;
  readonly databaseName: pulumi.Output<string>;
  /** Prometheus metrics of it; none without `monitoring`. */
  readonly signals: readonly Signal[];
  /** What a service needs to connect as the database user `app`. */
  grantConnect(): Grant;
  /** What a migration needs: the owner's password. For a job, never for a service. */
  grantMigrate(): Grant;
}
