import { requireOn } from "../encryption/keys";
import type { ResourceRule } from "../rule";
import { containersOf, isWindows, TASKS } from "./containers";

export const requireReadOnlyRootFilesystem: ResourceRule = {
  id: "require-read-only-root-filesystem",
  title: "Containers do not write to their root file system",
  description: "The root file system of a container is read-only, so that nobody replaces the program or adds one.",
  severity: "medium",
  controls: ["FSBP ECS.5", "NIST-800-53 CM-7"],
  remediation: "set readonlyRootFilesystem to true and mount a volume on the paths that the program writes to",
  appliesTo: TASKS,
  check(task, report) {
    if (isWindows(task)) return;
    for (const { path, props } of containersOf(task)) {
      requireOn({ ...task, props }, "readonlyRootFilesystem", (finding) => {
        report({ ...finding, path: `${path}.${finding.path}` });
      });
    }
  },
};
