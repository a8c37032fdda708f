// Logs and measurements of databases, caches, brokers and buckets.
import { companionRule } from "../companion-rule";
import {
  any,
  atLeast,
  begins,
  given,
  holding,
  lacks,
  on,
  otherThan,
  parameter,
  says,
  saysNot,
  type Condition,
} from "../conditions";
import { BUCKETS, logTargets } from "../encryption/buckets";
import { inTypes, propertyRule } from "../property-rule";
import type { Rule } from "../rule";
import { at, isList, isMissing, textOf, UNKNOWN, type Value } from "../value";

const DOMAINS = ["aws:opensearch/domain:Domain", "aws:elasticsearch/domain:Domain"];

const isFalse = (value: Value): boolean => value === false || value === "false";

/** A list of logs with one of a type that is not turned off. */
function publishing(type: string): Condition {
  return {
    words: `an entry whose logType is "${type}", turned on`,
    accepts: (logs) =>
      isList(logs) &&
      logs.some((log) => {
        const found = at(log, "logType");
        return found === UNKNOWN || (found === type && !isFalse(at(log, "enabled")));
      }),
  };
}

export const storeLogRules: readonly Rule[] = [
  propertyRule({
    id: "require-database-log-export",
    title: "Databases send their logs to CloudWatch",
    description: "A database exports its logs: the instance's own files are gone with it.",
    severity: "medium",
    controls: ["FSBP RDS.9", "FSBP RDS.34", "PCI-DSS-4.0 10.2.1", "NIST-800-53 AU-12"],
    remediation: "name the logs of the engine in enabledCloudwatchLogsExports",
    property: {
      ...inTypes(
        "enabledCloudwatchLogsExports",
        "aws:rds/instance:Instance",
        "aws:rds/cluster:Cluster",
        "aws:docdb/cluster:Cluster",
      ),
      "aws:neptune/cluster:Cluster": "enableCloudwatchLogsExports",
    },
    where: lacks("replicateSourceDb"),
    must: given,
  }),
  propertyRule({
    id: "require-database-audit-log",
    title: "Databases export their audit log",
    description: "DocumentDB, Neptune and Aurora MySQL export the audit log, which says who did what.",
    severity: "medium",
    controls: ["FSBP DocumentDB.4", "FSBP Neptune.2", "FSBP RDS.34", "NIST-800-53 AU-12"],
    remediation: 'add "audit" to the exported logs, and turn the audit on in the parameter group',
    property: {
      "aws:docdb/cluster:Cluster": "enabledCloudwatchLogsExports",
      "aws:neptune/cluster:Cluster": "enableCloudwatchLogsExports",
      "aws:rds/cluster:Cluster": "enabledCloudwatchLogsExports",
    },
    where: any(says("engine", "aurora-mysql", "aurora", "docdb", "neptune"), (props) => isMissing(at(props, "engine"))),
    must: holding("audit"),
  }),
  propertyRule({
    id: "require-document-database-profiler",
    title: "DocumentDB exports slow operations",
    description: "DocumentDB exports the profiler log, which holds operations that take long.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 AU-12"],
    remediation: 'add "profiler" to the exported logs, and turn the profiler on in the parameter group',
    property: { "aws:docdb/cluster:Cluster": "enabledCloudwatchLogsExports" },
    must: holding("profiler"),
  }),
  propertyRule({
    id: "require-document-database-audit",
    title: "DocumentDB audits what is done",
    description: "A parameter group of DocumentDB turns the audit on.",
    severity: "medium",
    controls: ["FSBP DocumentDB.4", "NIST-800-53 AU-12"],
    remediation: "add a parameter audit_logs with the value enabled or all",
    property: { "aws:docdb/clusterParameterGroup:ClusterParameterGroup": "parameters" },
    must: parameter("audit_logs", /^(enabled|all|ddl|dml_read|dml_write|[a-z_, ]*ddl[a-z_, ]*)$/),
  }),
  propertyRule({
    id: "require-graph-database-audit",
    title: "Neptune audits what is done",
    description: "A cluster parameter group of Neptune turns the audit log on.",
    severity: "medium",
    controls: ["FSBP Neptune.2", "NIST-800-53 AU-12"],
    remediation: "add a parameter neptune_enable_audit_log with the value 1",
    property: { "aws:neptune/clusterParameterGroup:ClusterParameterGroup": "parameters" },
    must: parameter("neptune_enable_audit_log", /^1$/),
  }),
  propertyRule({
    id: "require-database-statement-log",
    title: "PostgreSQL logs changes of its structure",
    description: "A parameter group of PostgreSQL sets log_statement, so that changes of structure are in the log.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 AU-12", "PCI-DSS-4.0 10.2.1"],
    remediation: "add a parameter log_statement with ddl, mod or all",
    property: inTypes(
      "parameters",
      "aws:rds/parameterGroup:ParameterGroup",
      "aws:rds/clusterParameterGroup:ClusterParameterGroup",
    ),
    where: begins("family", "postgres", "aurora-postgresql"),
    must: parameter("log_statement", /^(ddl|mod|all)$/),
  }),
  propertyRule({
    id: "require-database-slow-query-log",
    title: "PostgreSQL logs slow queries",
    description: "A parameter group of PostgreSQL sets the time from which a query is logged.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 AU-12"],
    remediation: "add a parameter log_min_duration_statement with milliseconds",
    property: inTypes(
      "parameters",
      "aws:rds/parameterGroup:ParameterGroup",
      "aws:rds/clusterParameterGroup:ClusterParameterGroup",
    ),
    where: begins("family", "postgres", "aurora-postgresql"),
    must: parameter("log_min_duration_statement", /^\d+$/),
  }),
  propertyRule({
    id: "require-database-monitoring",
    title: "Databases are measured by the second",
    description:
      "A database instance has enhanced monitoring: what CloudWatch measures from outside does not show its processes.",
    severity: "low",
    controls: ["FSBP RDS.6", "NIST-800-53 SI-4"],
    remediation: "set monitoringInterval to 60 or less, and monitoringRoleArn",
    property: inTypes("monitoringInterval", "aws:rds/instance:Instance", "aws:rds/clusterInstance:ClusterInstance"),
    must: atLeast(1),
  }),
  propertyRule({
    id: "require-performance-insights",
    title: "Databases keep what their load is made of",
    description: "A database instance has Performance Insights.",
    severity: "low",
    controls: ["NIST-800-53 SI-4"],
    remediation: "set performanceInsightsEnabled to true",
    property: inTypes(
      "performanceInsightsEnabled",
      "aws:rds/instance:Instance",
      "aws:rds/clusterInstance:ClusterInstance",
    ),
    // MySQL and MariaDB have none on their smallest instances.
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.Engines.html
    where: (props) =>
      !(says("engine", "mysql", "mariadb")(props) && /\.(micro|small)$/.test(textOf(at(props, "instanceClass")))) &&
      lacks("replicateSourceDb")(props),
    must: on,
  }),
  propertyRule({
    id: "require-cache-log",
    title: "Caches send their logs away",
    description: "A Redis or Valkey cache delivers its slow log and its engine log.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 AU-12"],
    remediation: "set logDeliveryConfigurations for slow-log and engine-log",
    property: inTypes("logDeliveryConfigurations", "aws:elasticache/replicationGroup:ReplicationGroup"),
    must: given,
  }),
  propertyRule({
    id: "require-search-domain-log",
    title: "Search domains log errors",
    description: "A search domain publishes a log to CloudWatch.",
    severity: "medium",
    controls: ["FSBP Opensearch.4", "FSBP ES.4", "NIST-800-53 AU-12"],
    remediation: "add ES_APPLICATION_LOGS to logPublishingOptions",
    property: inTypes("logPublishingOptions", ...DOMAINS),
    must: {
      words: "a log that is turned on",
      accepts: (logs) => isList(logs) && logs.some((log) => !isFalse(at(log, "enabled"))),
    },
  }),
  ...(["INDEX", "SEARCH"] as const).map((of) =>
    propertyRule({
      id: `require-search-domain-slow-${of.toLowerCase()}-log`,
      title: of === "INDEX" ? "Search domains log slow writes" : "Search domains log slow searches",
      description: `A search domain publishes ${of}_SLOW_LOGS, by which a query that takes long is found.`,
      severity: "low",
      level: "advisory",
      controls: ["FSBP Opensearch.4", "NIST-800-53 AU-12"],
      remediation: `add ${of}_SLOW_LOGS to logPublishingOptions`,
      property: inTypes("logPublishingOptions", ...DOMAINS),
      must: publishing(`${of}_SLOW_LOGS`),
    }),
  ),
  propertyRule({
    id: "require-search-domain-audit-log",
    title: "Search domains log who does what",
    description: "A search domain publishes its audit log.",
    severity: "medium",
    controls: ["FSBP Opensearch.5", "FSBP ES.5", "NIST-800-53 AU-12"],
    remediation: "add AUDIT_LOGS to logPublishingOptions; fine-grained access control has to be on",
    property: inTypes("logPublishingOptions", ...DOMAINS),
    must: publishing("AUDIT_LOGS"),
  }),
  companionRule({
    id: "require-warehouse-log",
    title: "Redshift clusters log",
    description: "A Redshift cluster has audit logging.",
    severity: "medium",
    controls: ["FSBP Redshift.4", "NIST-800-53 AU-12"],
    remediation: "add a redshift Logging resource for the cluster",
    holders: ["aws:redshift/cluster:Cluster"],
    companions: { "aws:redshift/logging:Logging": "clusterIdentifier" },
    inline: ({ given: props }) => at(props, "logging.enable") === true,
    unless: (stack, { given: props }) =>
      stack
        .ofType("aws:redshift/logging:Logging")
        .some((logging) => at(logging.props, "clusterIdentifier") === at(props, "clusterIdentifier")),
    path: "logging",
    required: "a Logging resource of the cluster",
  }),
  propertyRule({
    id: "require-warehouse-activity-log",
    title: "Redshift logs queries",
    description: "A parameter group of Redshift turns the log of user activity on.",
    severity: "low",
    controls: ["FSBP Redshift.4", "NIST-800-53 AU-12"],
    remediation: "add a parameter enable_user_activity_logging with the value true",
    property: { "aws:redshift/parameterGroup:ParameterGroup": "parameters" },
    must: parameter("enable_user_activity_logging", /^true$/),
  }),
  propertyRule({
    id: "require-serverless-warehouse-log",
    title: "Redshift Serverless exports its logs",
    description: "A namespace of Redshift Serverless exports the connection log and the user log.",
    severity: "medium",
    controls: ["FSBP RedshiftServerless.6", "NIST-800-53 AU-12"],
    remediation: "set logExports to connectionlog, userlog and useractivitylog",
    property: { "aws:redshiftserverless/namespace:Namespace": "logExports" },
    must: holding("connectionlog", "userlog"),
  }),
  companionRule({
    id: "require-bucket-access-log",
    title: "Buckets log their requests",
    description:
      "A bucket writes server access logs to another one. Buckets that take logs are left out: they would log themselves.",
    severity: "low",
    level: "advisory",
    controls: ["FSBP S3.9", "CIS-AWS-3.0 3.4", "PCI-DSS-4.0 10.2.1", "NIST-800-53 AU-12"],
    remediation: "add a BucketLogging with the bucket and the bucket for logs",
    holders: BUCKETS,
    companions: {
      "aws:s3/bucketLogging:BucketLogging": "bucket",
      "aws:s3/bucketLoggingV2:BucketLoggingV2": "bucket",
    },
    inline: ({ given: props }) => !isMissing(at(props, "logging.targetBucket")),
    unless: logTargets,
    path: "logging",
    required: "a BucketLogging of the bucket",
  }),
  companionRule({
    id: "require-bucket-notifications",
    title: "Buckets announce changes",
    description: "A bucket sends notifications of what happens to its objects.",
    severity: "low",
    level: "disabled",
    controls: ["FSBP S3.11"],
    remediation: "add a BucketNotification for the bucket",
    holders: BUCKETS,
    companions: { "aws:s3/bucketNotification:BucketNotification": "bucket" },
    path: "notification",
    required: "a BucketNotification of the bucket",
  }),
  propertyRule({
    id: "require-lustre-log",
    title: "Lustre file systems log",
    description: "A file system of FSx for Lustre logs warnings and errors.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 AU-12"],
    remediation: "set logConfiguration with the level WARN_ERROR",
    property: { "aws:fsx/lustreFileSystem:LustreFileSystem": "logConfiguration.level" },
    where: saysNot("deploymentType", "SCRATCH_1"),
    must: otherThan("DISABLED"),
  }),
];
