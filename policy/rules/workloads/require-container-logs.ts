import type { ResourceRule } from "../rule";
import { at, isMissing } from "../value";
import { containersOf, TASKS } from "./containers";

export const requireContainerLogs: ResourceRule = {
  id: "require-container-logs",
  title: "Containers send their logs away",
  description: "A container has a log configuration; without one its output goes when the task goes.",
  severity: "high",
  controls: ["FSBP ECS.9", "NIST-800-53 AU-12", "PCI-DSS-4.0 10.2.1"],
  remediation: "set logConfiguration, with the driver awslogs or awsfirelens",
  appliesTo: TASKS,
  check(task, report) {
    for (const { path, props } of containersOf(task)) {
      const driver = at(props, "logConfiguration.logDriver");
      if (isMissing(driver) || driver === "none") {
        report({ path: `${path}.logConfiguration.logDriver`, found: driver, required: "a log driver" });
      }
    }
  },
};
