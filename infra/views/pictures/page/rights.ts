// What a service gets for each of its edges, in plain words. It says once more what the components grant, so that a page
// needs no engine; a spec compares the two.
import { callPrefix, constantCase } from "../../../../components/kit/names";
import { databaseOf, edgesFrom, nodesOf } from "../../../model/lookup";
import type { Plan, SagaPlan, ServicePlan } from "../../../model/plan";
import { isOnAws } from "../../../targets/aws/plan";

/** What one edge gives a service. */
export interface Right {
  /** The grant's name in the program (`call-product`). */
  readonly grant: string;
  /** What it is for. */
  readonly about: string;
  /** What the service's security group opens to. */
  readonly opens: readonly { readonly to: string; readonly port: number }[];
  /** What its role may do. */
  readonly actions: readonly string[];
  /** The environment variables that tell it where the thing is. */
  readonly variables: readonly string[];
}

const POSTGRES = 5432;
const REDIS = 6379;
const HTTPS = 443;
const WRITE_KEY = ["kms:Decrypt", "kms:GenerateDataKey"];
const CONSUME = ["ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl", "ReceiveMessage"];
const READ_OBJECTS = ["ListBucket", "GetObject"] as const;
const OBJECTS = ["ListBucket", "GetObject", "PutObject", "DeleteObject", "AbortMultipartUpload"];

const READ_ITEMS = ["BatchGetItem", "ConditionCheckItem", "GetItem"];
const WRITE_ITEMS = ["BatchWriteItem", "ConditionCheckItem", "DeleteItem", "PutItem", "UpdateItem"];
const QUERY_ITEMS = ["Query", "Scan"];

/** The rights of a service, edge by edge. */
export function rightsOf(service: ServicePlan, plan: Plan): Right[] {
  return [
    endpointsRight(plan),
    ...(service.internetEgress ? [internetRight()] : []),
    ...[databaseOf(plan, service.name) ?? []].flat().map(({ settings }) => databaseRight(settings.databaseName)),
    ...edgesFrom(plan, service.name, "uses").map(() => cacheRight(service.name)),
    ...bucketRights(service.name, plan),
    ...tableRights(service.name, plan),
    ...edgesFrom(plan, service.name, "publishes").map(({ to }) => publishRight(to.name)),
    ...edgesFrom(plan, service.name, "consumes").map(({ to }) => consumeRight(to.name)),
    ...edgesFrom(plan, service.name, "sends").map(({ to, policy }) => sendRight(to.name, policy.alsoConsumes)),
    ...nodesOf(plan, "saga").flatMap((saga) => sagaRights(saga, service.name)),
    ...edgesFrom(plan, service.name, "calls").map(({ to, policy }) => callRight(to.name, policy.port)),
  ];
}

/** The rights of the task that prepares the service's database; none without one. */
export function migrationRightsOf({ name }: ServicePlan, plan: Plan): Right[] {
  const database = databaseOf(plan, name);
  if (!database?.migration) return [];
  const about = `read the secret of the master user of ${database.settings.databaseName}`;
  return [
    endpointsRight(plan),
    right("database", about, {
      opens: [{ to: "the database's group", port: POSTGRES }],
      actions: ["secretsmanager:GetSecretValue", "kms:Decrypt"],
      variables: prefixed("DB_", ["HOST", "PORT", "NAME", "SECRET_ARN"]),
    }),
  ];
}

/** What every service has without an edge. */
export const STANDARD_VARIABLES = ["AWS_REGION", "SERVICE_NAME", "SERVICE_PORT"] as const;

function endpointsRight(plan: Plan): Right {
  const interfaces = isOnAws(plan) && plan.endpoints.length > 0 ? [{ to: "the VPC endpoints", port: HTTPS }] : [];
  return right("endpoints", "reach AWS without leaving the VPC", {
    opens: [...interfaces, { to: "S3's gateway endpoint", port: HTTPS }],
  });
}

function internetRight(): Right {
  return right("internet", "reach the internet", { opens: [{ to: "0.0.0.0/0", port: HTTPS }] });
}

function databaseRight(name: string): Right {
  return right("database", `connect to the database ${name}`, {
    opens: [{ to: "the database's group", port: POSTGRES }],
    actions: ["rds-db:connect"],
    variables: prefixed("DB_", ["HOST", "PORT", "NAME", "USERNAME"]),
  });
}

function cacheRight(service: string): Right {
  return right("cache", `use the shared cache, keys ${service}:*`, {
    opens: [{ to: "the cache's group", port: REDIS }],
    actions: ["elasticache:Connect"],
    variables: prefixed("REDIS_", ["HOST", "PORT", "USERNAME", "TLS", "KEY_PREFIX", "REPLICATION_GROUP"]),
  });
}

function bucketRights(service: string, { edges }: Plan): Right[] {
  return edges
    .filter(({ from, to }) => from === service && to.kind === "bucket")
    .map(({ name, verb, to }) => {
      const [verbs, objects, key] =
        verb === "reads" ? ["read", READ_OBJECTS, ["kms:Decrypt"]] : ["read and write", OBJECTS, WRITE_KEY];
      return right(name, `${verbs} the bucket ${to.name}`, {
        actions: [...prefixed("s3:", objects), ...key],
        variables: [`${constantCase(to.name)}_BUCKET`],
      });
    });
}

/** What may be done with items, by what an edge is called. */
const ITEMS: Readonly<Record<string, { readonly verbs: string; readonly actions: readonly string[] }>> = {
  owns: { verbs: "read and write", actions: [...READ_ITEMS, ...WRITE_ITEMS, ...QUERY_ITEMS] },
  reads: { verbs: "read", actions: [...READ_ITEMS, ...QUERY_ITEMS] },
  writes: { verbs: "write", actions: WRITE_ITEMS },
  appends: { verbs: "add items to", actions: ["ConditionCheckItem", "PutItem"] },
};

function tableRights(service: string, { edges }: Plan): Right[] {
  return edges
    .filter(({ from, to }) => from === service && to.kind === "table")
    .map(({ name, verb, to }) => {
      const { verbs = "", actions = [] } = ITEMS[verb] ?? {};
      return right(name, `${verbs} the table ${to.name}`, {
        opens: [{ to: "DynamoDB's gateway endpoint", port: HTTPS }],
        actions: [...prefixed("dynamodb:", ["DescribeTable", ...new Set(actions)]), "kms:Decrypt", "kms:DescribeKey"],
        variables: [`${constantCase(to.name)}_TABLE`],
      });
    });
}

function publishRight(topic: string): Right {
  return right(topic, `publish on ${topic}`, {
    actions: ["sns:Publish", ...WRITE_KEY],
    variables: prefixed(`${constantCase(topic)}_TOPIC_`, ["ARN", "EVENT_TYPES"]),
  });
}

function consumeRight(queue: string): Right {
  return right(`consume-${queue}`, `consume ${queue}`, {
    actions: [...prefixed("sqs:", CONSUME), "kms:Decrypt"],
    variables: [`${constantCase(queue)}_URL`],
  });
}

function sendRight(queue: string, alsoConsumes: boolean): Right {
  return right(`send-${queue}`, `send work to ${queue}`, {
    actions: ["sqs:GetQueueUrl", "sqs:SendMessage", ...WRITE_KEY],
    variables: alsoConsumes ? [] : [`${constantCase(queue)}_URL`],
  });
}

function sagaRights({ name, startedBy, steps }: SagaPlan, service: string): Right[] {
  const answers = steps.some((step) => step.service === service);
  return [
    ...(startedBy === service
      ? [
          right(`start-${name}`, `start the saga ${name}`, {
            actions: ["states:StartExecution"],
            variables: [`${constantCase(name)}_WORKFLOW_ARN`],
          }),
        ]
      : []),
    ...(answers
      ? [
          right(`answer-${name}`, `answer the commands of the saga ${name}`, {
            actions: prefixed("states:", ["SendTaskFailure", "SendTaskHeartbeat", "SendTaskSuccess"]),
          }),
        ]
      : []),
  ];
}

function callRight(callee: string, port: number): Right {
  const policy = ["TIMEOUT_MS", "RETRIES", "BACKOFF_MS", "BREAKER_FAILURES", "BREAKER_RESET_MS", "MAX_CONCURRENT"];
  return right(`call-${callee}`, `call ${callee}`, {
    opens: [{ to: `the tasks of ${callee}`, port }],
    variables: prefixed(callPrefix(callee), ["URL", ...policy]),
  });
}

function right(grant: string, about: string, gives: Partial<Right>): Right {
  return { grant, about, opens: [], actions: [], variables: [], ...gives };
}

function prefixed(prefix: string, names: readonly string[]): string[] {
  return names.map((name) => prefix + name);
}
