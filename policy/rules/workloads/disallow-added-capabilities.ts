import type { ResourceRule } from "../rule";
import { each, textOf } from "../value";
import { containersOf, TASKS } from "./containers";

/** What Docker gives every container anyway. https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities */
const USUAL = new Set(["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"]); // prettier-ignore

export const disallowAddedCapabilities: ResourceRule = {
  id: "disallow-added-capabilities",
  title: "Containers add no Linux capabilities",
  description: "A container adds no capability and no device of the host beyond those that every container has.",
  severity: "high",
  controls: ["NIST-800-53 AC-6", "NIST-800-53 CM-7"],
  remediation: "leave linuxParameters.capabilities.add and devices out; drop ALL",
  appliesTo: TASKS,
  check(task, report) {
    for (const { path, props } of containersOf(task)) {
      for (const added of each(props, "linuxParameters.capabilities.add[*]")) {
        const name = textOf(added.value).toUpperCase().replace(/^CAP_/, "");
        if (!USUAL.has(name))
          report({ path: `${path}.${added.path}`, found: added.value, required: "no such capability" });
      }
      for (const device of each(props, "linuxParameters.devices[*].hostPath")) {
        report({ path: `${path}.${device.path}`, found: device.value, required: "no device of the host" });
      }
    }
  },
};
