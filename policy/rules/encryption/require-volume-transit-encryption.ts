import type { ResourceRule } from "../rule";
import { at, each, isObject, UNKNOWN } from "../value";

export const requireVolumeTransitEncryption: ResourceRule = {
  id: "require-volume-transit-encryption",
  title: "Tasks mount file systems over TLS",
  description: "A task mounts an EFS volume over TLS.",
  severity: "high",
  controls: ["PCI-DSS-4.0 4.2.1", "NIST-800-53 SC-8", "HIPAA 164.312(e)(1)"],
  remediation: "set efsVolumeConfiguration.transitEncryption to ENABLED",
  appliesTo: ["aws:ecs/taskDefinition:TaskDefinition"],
  check(task, report) {
    for (const { path, value } of each(task.props, "volumes[*]")) {
      const efs = at(value, "efsVolumeConfiguration");
      if (value === UNKNOWN || !isObject(efs)) continue;
      const found = at(efs, "transitEncryption");
      if (found !== UNKNOWN && found !== "ENABLED") {
        report({ path: `${path}.efsVolumeConfiguration.transitEncryption`, found, required: '"ENABLED"' });
      }
    }
  },
};
