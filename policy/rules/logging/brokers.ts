// Brokers and delivery streams write down what happens.
import { all, has, on, oneOf, says } from "../conditions";
import { propertyRule } from "../property-rule";
import type { Rule } from "../rule";

export const brokerLogRules: readonly Rule[] = [
  propertyRule({
    id: "require-broker-log",
    title: "Brokers send their logs to CloudWatch",
    description: "An Amazon MQ broker exports its general log.",
    severity: "medium",
    controls: ["FSBP MQ.2", "NIST-800-53 AU-12"],
    remediation: "set logs.general to true",
    property: { "aws:mq/broker:Broker": "logs.general" },
    must: on,
  }),
  propertyRule({
    id: "require-broker-audit-log",
    title: "ActiveMQ brokers export their audit log",
    description: "An ActiveMQ broker exports its audit log. RabbitMQ has none.",
    severity: "medium",
    controls: ["FSBP MQ.2", "NIST-800-53 AU-12"],
    remediation: "set logs.audit to true",
    property: { "aws:mq/broker:Broker": "logs.audit" },
    where: says("engineType", "ActiveMQ"),
    must: on,
  }),
  propertyRule({
    id: "require-kafka-log",
    title: "Kafka brokers send their logs away",
    description: "The brokers of an MSK cluster write their logs to CloudWatch, Firehose or a bucket.",
    severity: "medium",
    controls: ["NIST-800-53 AU-12", "PCI-DSS-4.0 10.2.1"],
    remediation: "set enabled to true in one of loggingInfo.brokerLogs",
    property: {
      "aws:msk/cluster:Cluster":
        "loggingInfo.brokerLogs.cloudwatchLogs.enabled | loggingInfo.brokerLogs.firehose.enabled | loggingInfo.brokerLogs.s3.enabled",
    },
    must: on,
  }),
  propertyRule({
    id: "require-kafka-monitoring",
    title: "Kafka is measured by topic",
    description: "An MSK cluster has enhanced monitoring by topic and broker at least.",
    severity: "low",
    level: "advisory",
    controls: ["FSBP MSK.2", "NIST-800-53 SI-4"],
    remediation: "set enhancedMonitoring to PER_TOPIC_PER_BROKER",
    property: { "aws:msk/cluster:Cluster": "enhancedMonitoring" },
    must: oneOf("PER_TOPIC_PER_BROKER", "PER_TOPIC_PER_PARTITION"),
  }),
  propertyRule({
    id: "require-firehose-log",
    title: "Delivery streams log errors",
    description: "A Firehose delivery stream to S3 logs what it could not deliver.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 AU-12"],
    remediation: "set extendedS3Configuration.cloudwatchLoggingOptions.enabled to true",
    property: {
      "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream":
        "extendedS3Configuration.cloudwatchLoggingOptions.enabled",
    },
    where: all(says("destination", "extended_s3"), has("extendedS3Configuration")),
    must: on,
  }),
];
