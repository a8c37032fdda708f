import type { TypeRule } from "../core/rules";
import { dnsSuffix, physicalName, uuid } from "./shapes";

export const messaging: Readonly<Record<string, TypeRule>> = {
  "aws:sqs/queue:Queue": {
    id: (birth) =>
      `https://sqs.${birth.region}.${dnsSuffix(birth.partition)}/${birth.accountId}/${physicalName(birth)}`,
    autoname: { property: "name", limit: 80 },
    computed: { url: (birth) => birth.id, arn: (birth) => birth.arn("sqs", birth.id.split("/").at(-1) ?? "") },
    defaults: {
      contentBasedDeduplication: false,
      delaySeconds: 0,
      fifoQueue: false,
      maxMessageSize: 262_144,
      messageRetentionSeconds: 345_600,
      receiveWaitTimeSeconds: 0,
      visibilityTimeoutSeconds: 30,
    },
  },
  "aws:sqs/queuePolicy:QueuePolicy": { id: (birth) => birth.text("queueUrl") },
  "aws:sqs/redrivePolicy:RedrivePolicy": { id: (birth) => birth.text("queueUrl") },
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": { id: (birth) => birth.text("queueUrl") },
  "aws:sns/topic:Topic": {
    id: (birth) => birth.arn("sns", physicalName(birth)),
    autoname: { property: "name", limit: 256 },
    computed: {
      arn: (birth) => birth.id,
      owner: (birth) => birth.accountId,
      beginningArchiveTime: "",
      policy: (birth) =>
        JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "owner",
              Effect: "Allow",
              Principal: { AWS: "*" },
              Action: ["SNS:Publish"],
              Resource: birth.id,
              Condition: { StringEquals: { "AWS:SourceOwner": birth.accountId } },
            },
          ],
        }),
    },
    defaults: { fifoTopic: false, contentBasedDeduplication: false },
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    id: (birth) => birth.text("arn"),
    computed: { owner: (birth) => birth.accountId },
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    id: (birth) => `${birth.text("topic")}:${uuid(birth)}`,
    computed: {
      arn: (birth) => birth.id,
      ownerId: (birth) => birth.accountId,
      confirmationWasAuthenticated: true,
      pendingConfirmation: (birth) => birth.text("protocol").startsWith("email"),
      filterPolicyScope: (birth) => (birth.inputs.filterPolicy === undefined ? undefined : "MessageAttributes"),
    },
    defaults: { rawMessageDelivery: false, confirmationTimeoutInMinutes: 1, endpointAutoConfirms: false },
  },
  "aws:schemas/registry:Registry": {
    autoname: { property: "name", limit: 64 },
    replaces: ["name"],
    computed: { arn: (birth) => birth.arn("schemas", `registry/${physicalName(birth)}`) },
  },
  "aws:schemas/schema:Schema": {
    id: (birth) => `${physicalName(birth)}/${birth.text("registryName")}`,
    autoname: { property: "name", limit: 385 },
    replaces: ["name", "registryName"],
    uniqueWithin: ["registryName"],
    computed: {
      arn: (birth) => birth.arn("schemas", `schema/${birth.text("registryName")}/${physicalName(birth)}`),
      lastModified: (birth) => birth.now,
      versionCreatedDate: (birth) => birth.now,
      version: "1",
    },
    advances: ["lastModified", "version", "versionCreatedDate"],
  },
  "aws:sfn/stateMachine:StateMachine": {
    id: (birth) => birth.arn("states", `stateMachine:${physicalName(birth)}`),
    autoname: { property: "name", limit: 80 },
    computed: { arn: (birth) => birth.id, status: "ACTIVE", creationDate: (birth) => birth.now },
  },
};
