// Connections to stores are encrypted.
import { on, oneOf, otherThan, parameter, saysNot } from "../conditions";
import { propertyRule } from "../property-rule";
import type { Rule } from "../rule";

const IN_TRANSIT = ["PCI-DSS-4.0 4.2.1", "NIST-800-53 SC-8", "HIPAA 164.312(e)(1)"];

export const storeTransitRules: readonly Rule[] = [
  propertyRule({
    id: "require-accelerator-tls",
    title: "DAX clusters speak TLS",
    description: "The endpoint of a DAX cluster takes TLS.",
    severity: "high",
    controls: ["FSBP DynamoDB.7", ...IN_TRANSIT],
    remediation: "set clusterEndpointEncryptionType to TLS; on a cluster that exists this replaces it",
    property: { "aws:dax/cluster:Cluster": "clusterEndpointEncryptionType" },
    must: oneOf("TLS"),
  }),
  propertyRule({
    id: "require-proxy-tls",
    title: "Database proxies take TLS only",
    description: "An RDS proxy refuses connections without TLS.",
    severity: "high",
    controls: IN_TRANSIT,
    remediation: "set requireTls to true",
    property: { "aws:rds/proxy:Proxy": "requireTls" },
    must: on,
  }),
  propertyRule({
    id: "require-document-database-tls",
    title: "DocumentDB takes TLS only",
    description: "A parameter group of DocumentDB does not turn TLS off, nor allow old versions of it.",
    severity: "high",
    controls: ["FSBP DocumentDB.6", ...IN_TRANSIT],
    remediation: "leave the parameter tls out, or set it to enabled, tls1.2+ or tls1.3+",
    property: { "aws:docdb/clusterParameterGroup:ClusterParameterGroup": "parameters" },
    must: { words: "TLS that is not off", accepts: (value) => !parameter("tls", /^disabled$/).accepts(value) },
  }),
  propertyRule({
    id: "require-warehouse-tls",
    title: "Redshift takes TLS only",
    description: "A parameter group of Redshift refuses connections without TLS.",
    severity: "high",
    controls: ["FSBP Redshift.2", ...IN_TRANSIT],
    remediation: "add a parameter require_ssl with the value true",
    property: { "aws:redshift/parameterGroup:ParameterGroup": "parameters" },
    must: parameter("require_ssl", /^(true|1)$/),
  }),
  propertyRule({
    id: "require-migration-tls",
    title: "Replication speaks TLS",
    description: "An endpoint of the Database Migration Service connects with TLS. S3, Kinesis and DynamoDB always do.",
    severity: "high",
    controls: ["FSBP DMS.9", ...IN_TRANSIT],
    remediation: "set sslMode to require, verify-ca or verify-full",
    property: { "aws:dms/endpoint:Endpoint": "sslMode" },
    where: saysNot(
      "engineName",
      "s3",
      "dynamodb",
      "kinesis",
      "kafka",
      "opensearch",
      "elasticsearch",
      "redis",
      "redshift",
      "redshift-serverless",
      "neptune",
      "timestream",
    ),
    must: otherThan("none"),
  }),
];
