// Logs of analytics, file transfer and administration, one property a rule.
import { all, given, not, on, says } from "../conditions";
import { propertyRule } from "../property-rule";
import type { Rule } from "../rule";
import { at, isMissing, parsed, UNKNOWN, type Value } from "../value";

const AIRFLOW = "aws:mwaa/environment:Environment";
const NIST = ["NIST-800-53 AU-2", "NIST-800-53 AU-12", "PCI-DSS-4.0 10.2.1"];

export const platformLogRules: readonly Rule[] = [
  propertyRule({
    id: "require-airflow-scheduler-log",
    title: "The scheduler of Airflow is logged",
    description: "An Amazon MWAA environment writes the scheduler's log.",
    severity: "medium",
    controls: NIST,
    remediation: "set loggingConfiguration.schedulerLogs.enabled to true",
    property: { [AIRFLOW]: "loggingConfiguration.schedulerLogs.enabled" },
    must: on,
  }),
  propertyRule({
    id: "require-airflow-worker-log",
    title: "The workers of Airflow are logged",
    description: "An Amazon MWAA environment writes the workers' log.",
    severity: "medium",
    controls: NIST,
    remediation: "set loggingConfiguration.workerLogs.enabled to true",
    property: { [AIRFLOW]: "loggingConfiguration.workerLogs.enabled" },
    must: on,
  }),
  propertyRule({
    id: "require-airflow-web-server-log",
    title: "The web server of Airflow is logged",
    description: "An Amazon MWAA environment writes the web server's log.",
    severity: "medium",
    controls: NIST,
    remediation: "set loggingConfiguration.webserverLogs.enabled to true",
    property: { [AIRFLOW]: "loggingConfiguration.webserverLogs.enabled" },
    must: on,
  }),
  propertyRule({
    id: "require-file-transfer-log",
    title: "File transfer is logged",
    description: "A Transfer Family server writes a log of connections and files.",
    severity: "medium",
    controls: ["FSBP Transfer.3", ...NIST],
    remediation: "set structuredLogDestinations, or loggingRole",
    property: { "aws:transfer/server:Server": "structuredLogDestinations | loggingRole" },
    must: given,
  }),
  propertyRule({
    id: "require-session-log",
    title: "Sessions are logged and the log is encrypted",
    description:
      "The session preferences of Session Manager name a bucket or a log group, and encrypt what is written.",
    severity: "medium",
    controls: NIST,
    remediation:
      "set inputs.cloudWatchLogGroupName and cloudWatchEncryptionEnabled, or s3BucketName and s3EncryptionEnabled, in the content",
    property: { "aws:ssm/document:Document": "content" },
    where: all(says("documentType", "Session"), not(says("documentFormat", "YAML"))),
    must: {
      words: "JSON with an encrypted log group or bucket in its inputs",
      accepts: (content) =>
        logsTo(content, "cloudWatchLogGroupName", "cloudWatchEncryptionEnabled") ||
        logsTo(content, "s3BucketName", "s3EncryptionEnabled"),
    },
  }),
];

function logsTo(content: Value, name: string, encrypted: string): boolean {
  const inputs = at(parsed(content), "inputs");
  const isEncrypted = at(inputs, encrypted);
  return inputs === UNKNOWN || (!isMissing(at(inputs, name)) && (isEncrypted === true || isEncrypted === UNKNOWN));
}
