// The rules of the pack, in the order of their names.
import type { Rule } from "../rule";
import { disallowAddedCapabilities } from "./disallow-added-capabilities";
import { disallowHostNamespaces } from "./disallow-host-namespaces";
import { disallowHostPathVolume } from "./disallow-host-path-volume";
import { disallowPrivilegedContainer } from "./disallow-privileged-container";
import { disallowRootContainerUser } from "./disallow-root-container-user";
import { requireContainerLogs } from "./require-container-logs";
import { requirePinnedImage } from "./require-pinned-image";
import { requireReadOnlyRootFilesystem } from "./require-read-only-root-filesystem";
import { serviceWorkloadRules } from "./services";

/** Every rule of the pack "workloads". */
export const workloadRules: readonly Rule[] = [
  disallowAddedCapabilities,
  disallowHostNamespaces,
  disallowHostPathVolume,
  disallowPrivilegedContainer,
  disallowRootContainerUser,
  requireContainerLogs,
  requirePinnedImage,
  requireReadOnlyRootFilesystem,
  ...serviceWorkloadRules,
];
