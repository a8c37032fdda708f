// What each kind becomes on Kubernetes.
import type { Kinds } from "../target";

export const kinds = {
  service: "Deployment with Service, autoscaler, NetworkPolicies and an HTTPRoute",
  database: "PostgreSQL by CloudNativePG",
  cache: "Valkey, with Sentinel where there are three nodes",
  bucket: "bucket that exists, named in archipelago:objectStore",
  table: {
    reason: "no server of DynamoDB's protocol is kept up for production",
    instead: "describe a database of the kind postgres",
  },
  topic: "topic exchange of RabbitMQ",
  eventStore: {
    reason: "it consists of DynamoDB tables and Lambda functions",
    instead: "keep the events in the database of the service",
  },
  saga: {
    reason: "no engine of workflows runs there",
    instead: "let the service that begins the saga keep its state in its database, and send its commands by queues",
  },
  entrance: {
    reason: "its gateway is the way in",
    instead: "expose the services (exposes), and protect the gateway with what its implementation has",
  },
  search: {
    reason: "no operator of OpenSearch is used there",
    instead: "search in the service's database, which has full-text search",
  },
  documents: {
    reason: "no operator of a document database is used there",
    instead: "keep the documents as JSONB in PostgreSQL (owns.database)",
  },
  analytics: {
    reason: "no column store is built there",
    instead: "query a copy in a PostgreSQL of its own (projects, owns.database)",
  },
  stream: {
    reason: "no stream of records is built there",
    instead: "publish events on a topic (publishes), and let queues of services consume them",
  },
  function: {
    reason: "no runtime of functions runs there",
    instead: 'describe a service without a port (port: "none") that consumes a queue',
  },
  job: "CronJob with a ServiceAccount and NetworkPolicies of its own",
  queue: "quorum queue of RabbitMQ with a dead-letter queue",
} as const satisfies Kinds;
