import type { ResourceRule } from "../rule";
import { textOf } from "../value";
import { containersOf, member, TASKS } from "./containers";

export const requirePinnedImage: ResourceRule = {
  id: "require-pinned-image",
  title: "Images are named by a version",
  description:
    "A container names its image by a digest or by a tag other than latest, so that a task that starts again runs the same program.",
  severity: "medium",
  controls: ["NIST-800-53 CM-2", "NIST-800-53 SI-7"],
  remediation: "add the digest (@sha256:…) or the tag of a release to the image",
  appliesTo: TASKS,
  check(task, report) {
    for (const container of containersOf(task)) {
      const { path, value } = member(container, "image");
      const image = textOf(value);
      if (image !== "" && !isPinned(image))
        report({ path, found: value, required: "a digest, or a tag other than latest" });
    }
  },
};

/** Whether an image has a digest or a tag of its own; a colon before the last slash belongs to the registry's port. */
export function isPinned(image: string): boolean {
  if (image.includes("@sha256:")) return true;
  const tag = /:([^:/]*)$/.exec(image)?.[1] ?? "";
  return tag !== "" && tag.toLowerCase() !== "latest";
}
