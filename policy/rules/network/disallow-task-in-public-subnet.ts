import type { StackRule } from "../rule";
import { at } from "../value";
import { publicSubnetsOf } from "./public-subnets";

/** Where each type names its subnets. */
const PLACES: Readonly<Record<string, string>> = {
  "aws:ecs/service:Service": "networkConfiguration.subnets",
  "aws:ecs/taskSet:TaskSet": "networkConfiguration.subnets",
  "aws:lambda/function:Function": "vpcConfig.subnetIds",
  "aws:eks/nodeGroup:NodeGroup": "subnetIds",
  "aws:eks/fargateProfile:FargateProfile": "subnetIds",
  "aws:apigatewayv2/vpcLink:VpcLink": "subnetIds",
};

export const disallowTaskInPublicSubnet: StackRule = {
  id: "disallow-task-in-public-subnet",
  title: "Tasks and functions live in subnets that the internet can't reach",
  description: "A task, function or node group lives in subnets without a route to an internet gateway.",
  severity: "high",
  controls: ["PCI-DSS-4.0 1.3.1", "NIST-800-53 SC-7"],
  remediation: "name subnets of the private tier",
  appliesTo: Object.keys(PLACES),
  checkStack(stack, report) {
    for (const [type, path] of Object.entries(PLACES)) {
      for (const task of stack.ofType(type)) {
        const open = publicSubnetsOf(stack, task, path).map(({ name }) => name);
        const required = `subnets without a route to an internet gateway, which ${open.join(", ")} has`;
        if (open.length > 0) report(task, { path, found: at(task.props, path), required });
      }
    }
  },
};
