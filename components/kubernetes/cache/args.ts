// What a cache on Kubernetes takes and what it offers.
import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type * as random from "@pulumi/random";
import type { Size, Transform } from "../../kit";
import type { Grant, Placement, Signal } from "../kit";

/** Arguments of {@link Cache}. */
export interface CacheArgs {
  readonly placement: Placement;
  /**
   * Services that may connect, each as a user of its own that reaches the keys `<service>:*` only.
   * Lower-case letters, digits and single dashes, a letter first.
   */
  readonly users: readonly string[];
  /**
   * Users with the keys and channels of another name instead of their own: a job that fills the cache of its service.
   * @default none: each reaches its own keys only
   */
  readonly sharing?: Readonly<Record<string, string>>;
  /** 1, or 3 or 5 of which one is the primary: a majority of them chooses a new one when it fails. @default 3 */
  readonly nodes?: number;
  /** Version of Valkey as `major.minor`: 7.2, 8.0, 8.1 or 9.0. Each takes the commands of Redis 7.2. @default "8.0" */
  readonly version?: string;
  /** Image of Valkey, with a tag or a digest. @default "docker.io/valkey/valkey:<version>-alpine" */
  readonly image?: string;
  /** Image of HAProxy, which leads clients to the primary. @default "docker.io/library/haproxy:3.2-alpine" */
  readonly routeImage?: string;
  /** CPU units of a node (1024 = 1 vCPU). @default 256 */
  readonly cpu?: number;
  /** Memory of a node, at least 128 MiB; three fifths of it hold entries. @default "512 MiB" */
  readonly memory?: Size;
  /** Volume of a node, at least twice its memory. Kubernetes takes it at the creation only. @default twice `memory` */
  readonly storage?: Size;
  /** @default the cluster's default StorageClass */
  readonly storageClass?: string;
  /** Whether data outlives a mistake: the engine refuses to delete or replace the nodes, and volumes stay when they go. @default true */
  readonly protectData?: boolean;
  /** @default every child as described */
  readonly transform?: CacheTransforms;
}

/** One slot for each kind of child. A function receives the child's logical name. */
export interface CacheTransforms {
  readonly certificate?: Transform<kubernetes.apiextensions.CustomResourceArgs>;
  readonly password?: Transform<random.RandomPasswordArgs>;
  readonly secret?: Transform<kubernetes.core.v1.SecretArgs>;
  readonly configMap?: Transform<kubernetes.core.v1.ConfigMapArgs>;
  readonly serviceAccount?: Transform<kubernetes.core.v1.ServiceAccountArgs>;
  readonly service?: Transform<kubernetes.core.v1.ServiceArgs>;
  readonly statefulSet?: Transform<kubernetes.apps.v1.StatefulSetArgs>;
  /** HAProxy; only with three nodes or more. */
  readonly deployment?: Transform<kubernetes.apps.v1.DeploymentArgs>;
  readonly disruptionBudget?: Transform<kubernetes.policy.v1.PodDisruptionBudgetArgs>;
  readonly networkPolicy?: Transform<kubernetes.networking.v1.NetworkPolicyArgs>;
}

/** What {@link Cache} offers. */
export interface CacheOutputs {
  /** Host name that takes writes: always of the primary. */
  readonly primaryEndpoint: pulumi.Output<string>;
  /** TCP port; TLS only. */
  readonly port: pulumi.Output<number>;
  /** Prometheus metrics of it. */
  readonly signals: readonly Signal[];
  /** What a service needs to connect as its user. Throws when `users` does not name it. */
  grantConnect(user: string): Grant;
}
