import { isOn } from "../encryption/keys";
import type { ResourceRule } from "../rule";
import { at, UNKNOWN } from "../value";

export const disallowTaskPublicIp: ResourceRule = {
  id: "disallow-task-public-ip",
  title: "Tasks have no public addresses",
  description: "A task gets no public address, whether a service, a task set or a schedule starts it.",
  severity: "critical",
  controls: ["PCI-DSS-4.0 1.3.1", "NIST-800-53 SC-7"],
  remediation: "set assignPublicIp to false and give the subnets a NAT gateway or VPC endpoints",
  appliesTo: [
    "aws:ecs/service:Service",
    "aws:ecs/taskSet:TaskSet",
    "aws:cloudwatch/eventTarget:EventTarget",
    "aws:scheduler/schedule:Schedule",
  ],
  check(starter, report) {
    for (const prefix of ["", "ecsTarget.", "target.ecsParameters."]) {
      const path = `${prefix}networkConfiguration.assignPublicIp`;
      const found = at(starter.props, path);
      if (found !== UNKNOWN && (isOn(found) || found === "ENABLED")) report({ path, found, required: "false" });
    }
  },
};
