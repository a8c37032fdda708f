import type { ResourceRule } from "../rule";
import { textOf } from "../value";
import { containersOf, isWindows, member, TASKS } from "./containers";

export const disallowRootContainerUser: ResourceRule = {
  id: "disallow-root-container-user",
  title: "No container runs as root",
  description:
    "A container names the user that it runs as, and it is not root, which is the user of an image that names none.",
  severity: "high",
  controls: ["FSBP ECS.20", "NIST-800-53 AC-6"],
  remediation: "set user of the container to a number other than 0, and give the image's files to that user",
  appliesTo: TASKS,
  check(task, report) {
    if (isWindows(task)) return;
    for (const container of containersOf(task)) {
      const { path, value } = member(container, "user");
      const [user = ""] = textOf(value).trim().split(":");
      if (user === "" || user === "root" || /^0+$/.test(user)) {
        report({ path, found: value, required: "a user other than root (10001)" });
      }
    }
  },
};
