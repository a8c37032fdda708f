// The table of kinds on AWS: a new kind on AWS is an entry here. `make check` reads the table, so this file loads no SDK; `bind` loads
// the file that does.
import { createRequire } from "node:module";
import type { Thing } from "../../model/edges";
import type { Environment } from "../../model/environment";
import type { CacheNode } from "../../model/kinds/cache";
import type { DatabaseNode } from "../../model/kinds/database";
import type { DocumentsNode } from "../../model/kinds/documents";
import { tablesOf } from "../../model/kinds/event-store/parts";
import { workloadsOf } from "../../model/kinds/function/uses";
import { queuesOf } from "../../model/kinds/queue/selection";
import type { SearchNode } from "../../model/kinds/search";
import { commandQueue } from "../../model/kinds/saga/derive";
import type { Service, System } from "../../model/system";
import type { Kinds } from "../target";
import { documentsName, searchName, storeName } from "./names";
import { searchNodes } from "./search-nodes";

const load = createRequire(__filename);

/** Implementation of a kind on AWS. */
export interface AwsKind {
  /** Name of what is built. */
  readonly becomes: string;
  /** Loads the function that creates it. @default each target has a function of its own */
  readonly bind?: () => unknown;
  /** Whether it stands in the VPC with a security group: workloads outside the VPC can't reach it. @default false */
  readonly isInVpc?: boolean;
  /**
   * The interface endpoint of the VPC through which workloads reach it.
   * @default none: it stands in the VPC, or behind a gateway endpoint (bucket, table)
   */
  readonly endpoint?: string;
  /** What one node takes of the account's quotas. @default nothing that is counted */
  readonly takes?: Takes;
  /** Whether a function makes its users: the function reads the secret of the administrator. @default false */
  readonly hasAdministrator?: boolean;
  /** Addresses that one node takes of the isolated subnets. @default none */
  addresses?(node: Thing, where: Where): number;
  /** Names of the resources that hold data, for a service under one of its names. @default none */
  readonly data?: (service: NamedService) => readonly string[];
  /** The same for what belongs to no service. @default none */
  readonly sharedData?: (system: DataSystem) => readonly string[];
}

/** Resources that AWS limits for an account or a region. */
export interface Takes {
  readonly roles?: number;
  readonly securityGroups?: number;
  readonly networkInterfaces?: number;
  /** Network interfaces in each zone. */
  readonly interfacesPerZone?: number;
}

/** Environment and zones of a stack. */
export interface Where {
  readonly environment: Environment;
  readonly zones: readonly string[];
}

/** A service, with the name that it has or had. */
export interface NamedService {
  readonly name: string;
  readonly service: Service;
  /** Whether sagas send it commands. */
  readonly isCommanded: boolean;
}

/** The part of a description that names of data depend on. */
export type DataSystem = Pick<System, "services" | "streams" | "sagas">;

const lines = {
  database: {
    becomes: "RDS for PostgreSQL, or Aurora PostgreSQL Serverless v2",
    isInVpc: true,
    hasAdministrator: true,
    addresses: ({ settings }: DatabaseNode, { environment: { database } }) =>
      settings.kind === "aurora-serverless"
        ? 1 + (settings.readers ?? database.readers)
        : (database.multiAz ? 2 : 1) + (settings.readers ?? 0),
    // Of the database, its monitoring, its migration and the function that makes its users.
    takes: { roles: 4, securityGroups: 3, interfacesPerZone: 1 },
    data: ({ name, service: { owns } }) =>
      owns?.database ? [`${name}-db-${owns.database.kind === "postgres" ? "instance" : "cluster"}`] : [],
  },
  cache: {
    becomes: "ElastiCache for Redis or Valkey",
    bind: () => (load("./bindings") as typeof import("./bindings")).bindCache,
    isInVpc: true,
    addresses: ({ nodes }: CacheNode) => nodes,
    takes: { securityGroups: 1 },
    sharedData: ({ services }) =>
      Object.values(services).some(({ usesCache }) => usesCache === true) ||
      workloadsOf({ services }).some(({ uses }) => uses.cache === true)
        ? ["cache-group"]
        : [],
  },
  bucket: {
    becomes: "S3 bucket",
    bind: () => (load("./bindings") as typeof import("./bindings")).bindBucket,
    data: ({ name, service: { owns } }) =>
      Object.keys(owns?.buckets ?? {}).map((bucket) => `${storeName(name, bucket)}-bucket`),
  },
  eventStore: { becomes: "DynamoDB tables, with Lambda functions that publish and project the events" },
  table: {
    becomes: "DynamoDB table",
    bind: () => (load("./table") as typeof import("./table")).bindTable,
    data: ({ name, service }) => Object.keys(tablesOf(service)).map((table) => `${storeName(name, table)}-table`),
  },
  topic: {
    becomes: "SNS topic",
    bind: () => (load("./bindings") as typeof import("./bindings")).bindTopic,
    endpoint: "sns",
  },
  saga: {
    becomes: "Step Functions state machine of type STANDARD",
    bind: () => (load("./saga") as typeof import("./saga")).bindSaga,
    endpoint: "states",
    takes: { roles: 1 },
    data: ({ name, isCommanded }) => (isCommanded ? [`messaging-${commandQueue(name)}`] : []),
  },
  queue: {
    becomes: "SQS queue with a dead-letter queue",
    bind: () => (load("./bindings") as typeof import("./bindings")).bindQueue,
    endpoint: "sqs",
    data: ({ name, service }) => queuesOf(name, service).map((queue) => `messaging-${queue.name}`),
  },
  entrance: {
    becomes: "API Gateway: a REST API with AWS WAF, or an HTTP API with JWT, over a VPC link to the load balancer",
    takes: { securityGroups: 1, interfacesPerZone: 1 },
  },
  stream: {
    becomes: "Kinesis data stream, on demand",
    bind: () => (load("./stream") as typeof import("./stream")).bindStream,
    endpoint: "kinesis-streams",
    sharedData: ({ streams = {} }) => Object.keys(streams).map((name) => `${name}-stream`),
  },
  search: {
    becomes: "OpenSearch Service domain inside the VPC",
    bind: () => (load("./search") as typeof import("./search")).bindSearch,
    isInVpc: true,
    // A service assumes the role of the domain.
    endpoint: "sts",
    addresses: (node: SearchNode, { zones }) => searchNodes(node, zones.length),
    takes: { roles: 1, securityGroups: 1 },
    data: ({ name, service: { owns } }) => (owns?.search ? [`${searchName(name)}-domain`] : []),
  },
  documents: {
    becomes: "DocumentDB cluster (MongoDB 5.0)",
    bind: () => (load("./documents") as typeof import("./documents")).bindDocuments,
    isInVpc: true,
    // A service assumes the role that the server has a user for.
    endpoint: "sts",
    hasAdministrator: true,
    addresses: ({ settings: { instances } }: DocumentsNode) => instances,
    // Of the cluster, and of the function that makes its user.
    takes: { roles: 2, securityGroups: 2, interfacesPerZone: 1 },
    data: ({ name, service: { owns } }) => (owns?.documents ? [`${documentsName(name)}-cluster`] : []),
  },
  analytics: {
    becomes: "Athena workgroup with Iceberg tables in an S3 bucket",
    bind: () => (load("./analytics") as typeof import("./analytics")).bindAnalytics,
    endpoint: "athena",
    data: ({ name, service: { owns } }) => {
      const store = storeName(name, "analytics");
      return owns?.analytics ? [`${store}-bucket`, `${store}-database`] : [];
    },
  },
  function: {
    becomes: "Lambda function, in the VPC only where an edge leads into it",
    bind: () => (load("./function") as typeof import("./function")).bindFunction,
    takes: { roles: 1, securityGroups: 1, interfacesPerZone: 1 },
  },
  job: {
    becomes: "EventBridge Scheduler, which starts a task on Fargate or calls a function",
    takes: { roles: 3, securityGroups: 1, networkInterfaces: 1 },
  },
} as const satisfies Readonly<Partial<Record<keyof Kinds, AwsKind>>>;

type Lines = typeof lines;

/** The entries with their optional fields. */
export const awsLines: Readonly<Partial<Record<string, AwsKind>>> = lines;

/** The kinds that every target on AWS builds, by name of what is built. */
export const awsKinds = ofEach(({ becomes }) => becomes) as { readonly [K in keyof Lines]: string };

/** Whether things of a kind stand in the VPC. */
export const isInVpc = (kind: string): boolean => awsLines[kind]?.isInVpc ?? false;

/** Whether a function makes the users of things of a kind. */
export const hasAdministrator = (kind: string): boolean => awsLines[kind]?.hasAdministrator ?? false;

/** Interface endpoints by kind. */
export const endpoints = ofEach(({ endpoint }) => endpoint);

/** The bindings that every target on AWS has. Loads the SDKs. */
export const sharedBindings = () =>
  ofEach(({ bind }) => bind?.()) as {
    readonly [K in keyof Lines as Lines[K] extends { readonly bind: unknown } ? K : never]: Lines[K] extends {
      readonly bind: () => infer B;
    }
      ? B
      : never;
  };

/** A value of each entry that has one. */
function ofEach<T>(valueOf: (line: AwsKind) => T | undefined): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries<AwsKind>(lines).flatMap(([kind, line]) => {
      const value = valueOf(line);
      return value === undefined ? [] : [[kind, value] as const];
    }),
  );
}
