import type { ResourceRule } from "../rule";
import { at } from "../value";
import { TASKS } from "./containers";

export const disallowHostNamespaces: ResourceRule = {
  id: "disallow-host-namespaces",
  title: "Tasks have namespaces of their own",
  description: "A task does not share the network, the processes or the shared memory of its host.",
  severity: "high",
  controls: ["FSBP ECS.3", "FSBP ECS.17", "NIST-800-53 SC-39"],
  remediation: "set networkMode to awsvpc, and leave pidMode and ipcMode out or set them to task",
  appliesTo: TASKS,
  check(task, report) {
    for (const path of ["networkMode", "pidMode", "ipcMode"]) {
      const found = at(task.props, path);
      if (found === "host")
        report({ path, found, required: path === "networkMode" ? '"awsvpc"' : '"task", or nothing' });
    }
  },
};
