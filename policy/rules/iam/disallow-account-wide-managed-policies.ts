import type { ResourceRule } from "../rule";
import { ATTACHMENT_TYPES, awsManagedPolicies } from "./managed-policies";

const ACCOUNT_WIDE = new RegExp(
  [
    "ReadOnly(Access)?$",
    "^service-role/AmazonECSTaskExecutionRolePolicy$",
    "^service-role/AWSLambda(SQSQueue|Kinesis|DynamoDB|MSK)ExecutionRole$",
    "^service-role/AmazonEC2ContainerServiceforEC2Role$",
    "^service-role/AmazonEC2RoleforSSM$",
    "^service-role/AmazonSNSRole$",
    "^service-role/AWSQuicksight",
  ].join("|"),
);

export const disallowAccountWideManagedPolicies: ResourceRule = {
  id: "disallow-account-wide-managed-policies",
  title: "No service holds a policy of AWS that reads the whole account",
  description:
    "AWS's ready-made policies for services can't know the account's names, so they open every image, log group, queue or table of it.",
  severity: "high",
  controls: ["NIST-800-53 AC-6", "PCI-DSS-4.0 7.2.5"],
  remediation: "write the same actions down with the ARNs of the service's own repository, log group, queue or table",
  appliesTo: ATTACHMENT_TYPES,
  check(resource, report) {
    for (const { path, arn, name } of awsManagedPolicies(resource)) {
      if (ACCOUNT_WIDE.test(name)) report({ path, found: arn, required: "a policy with the service's own resources" });
    }
  },
};
