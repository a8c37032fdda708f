// What a service keeps. Nobody else gets in: other services ask its API or listen to its events.
import type { Duration, Size } from "../../components/base/units";

/** Stores of a service. */
export interface Ownership {
  readonly database?: PostgresInstance | AuroraServerless;
  /** Buckets by name (`images`). */
  readonly buckets?: Readonly<Record<string, Bucket>>;
  /** Key-value tables by name. Described only: see row D4 of the features. */
  readonly tables?: Readonly<Record<string, Table>>;
  /** A search index (OpenSearch). Described only: see row D6. */
  readonly search?: Engine;
  /** A document database (DocumentDB). Described only: see row D6. */
  readonly documents?: Engine;
  /** A column store for analytical queries (ClickHouse). Described only: see row D6. */
  readonly analytics?: Engine;
  /** A stream of records (Kinesis). Described only: see row T1. */
  readonly stream?: Engine;
}

/** A store that can be described before it can be built. */
export interface Engine {
  /** Why this kind of store. */
  readonly reason: string;
}

/** A key-value table. */
export interface Table extends Engine {
  readonly partitionKey: string;
  readonly sortKey?: string;
}

/** One PostgreSQL instance. */
export interface PostgresInstance {
  readonly kind: "postgres";
  /** Database name inside the server (`orderservice`). */
  readonly databaseName: string;
  /** Major version, or major and minor. @default the database component's: "16" */
  readonly engineVersion?: string;
  /** `db.t3.micro` */
  readonly instanceClass: `db.${string}`;
  readonly allocatedStorage: Size;
  readonly maxAllocatedStorage: Size;
  readonly backupRetention: Duration;
  /** @default false */
  readonly performanceInsights?: boolean;
}

/** An Aurora PostgreSQL Serverless v2 cluster. */
export interface AuroraServerless {
  readonly kind: "aurora-serverless";
  readonly databaseName: string;
  readonly engineVersion?: string;
  /** ACU, 0.5–256 in steps of 0.5; an environment may let it pause at 0. */
  readonly minCapacity: number;
  readonly maxCapacity: number;
  readonly backupRetention: Duration;
}

/** A private object store. */
export interface Bucket {
  /** Origins whose pages may read and upload. @default none */
  readonly corsOrigins?: readonly string[];
  /** Age at which versions that were replaced are deleted. @default "30d" */
  readonly noncurrentVersionExpiration?: Duration;
}
