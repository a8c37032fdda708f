import type { ResourceRule } from "../rule";
import { each, isMissing, UNKNOWN } from "../value";
import { TASKS } from "./containers";

export const disallowHostPathVolume: ResourceRule = {
  id: "disallow-host-path-volume",
  title: "Tasks mount nothing of their host",
  description:
    "A task mounts no path of its host: the socket of the container engine or a system folder gives the whole host away.",
  severity: "high",
  controls: ["NIST-800-53 AC-6", "NIST-800-53 SC-39"],
  remediation: "use a volume without hostPath, an EFS volume, or a mount point in memory",
  appliesTo: TASKS,
  check(task, report) {
    for (const { path, value } of each(task.props, "volumes[*].hostPath")) {
      if (value !== UNKNOWN && !isMissing(value)) report({ path, found: value, required: "no path of the host" });
    }
  },
};
