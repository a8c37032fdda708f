import { isOn } from "../encryption/keys";
import type { ResourceRule } from "../rule";
import { containersOf, member, TASKS } from "./containers";

export const disallowPrivilegedContainer: ResourceRule = {
  id: "disallow-privileged-container",
  title: "No container is privileged",
  description: "A privileged container has the rights of root on the host, and so on every container beside it.",
  severity: "critical",
  controls: ["FSBP ECS.4", "NIST-800-53 AC-6", "PCI-DSS-4.0 7.2.5"],
  remediation: "leave privileged out, or set it to false",
  appliesTo: TASKS,
  check(task, report) {
    for (const container of containersOf(task)) {
      const { path, value } = member(container, "privileged");
      if (isOn(value)) report({ path, found: value, required: "false" });
    }
  },
};
