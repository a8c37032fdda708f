// The security context that the Pod Security Standard "restricted" requires, and topology spread constraints: the same for services and stores. Pure.
import type * as kubernetes from "@pulumi/kubernetes";
import type { Labels } from "./placement";

/** Inputs of the API, as the SDK has them. */
export type PodSecurityContext = kubernetes.types.input.core.v1.PodSecurityContext;
export type SecurityContext = kubernetes.types.input.core.v1.SecurityContext;

/** Security of a pod: no root, the runtime's own seccomp profile, volumes that the group may write to. */
export function podSecurity(uid: number, gid: number): PodSecurityContext {
  return {
    runAsNonRoot: true,
    runAsUser: uid,
    runAsGroup: gid,
    fsGroup: gid,
    fsGroupChangePolicy: "OnRootMismatch",
    seccompProfile: { type: "RuntimeDefault" },
  };
}

/** Security of a container: no capabilities, none to gain, and files that can't be changed. */
export function containerSecurity(readOnlyRootFilesystem = true): SecurityContext {
  return {
    allowPrivilegeEscalation: false,
    privileged: false,
    readOnlyRootFilesystem,
    runAsNonRoot: true,
    capabilities: { drop: ["ALL"] },
  };
}

/**
 * Where pods of one kind run: spread over zones and nodes as evenly as there is room. `ScheduleAnyway`, because a cluster of one node or
 * without zone labels would run none of them otherwise.
 *
 * @param byRevision whether the pods of each rollout are spread by themselves, as those of a Deployment should be
 */
export function spreadOver(selector: Labels, byRevision: boolean) {
  const matchLabels = { ...selector };
  return {
    topologySpreadConstraints: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
      maxSkew: 1,
      topologyKey,
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels },
      ...(byRevision && { matchLabelKeys: ["pod-template-hash"] }),
    })),
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels } },
          },
        ],
      },
    },
  };
}
