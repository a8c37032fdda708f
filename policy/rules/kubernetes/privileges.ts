// Rules on a container's privileges: users, capabilities, seccomp and AppArmor profiles.
import { atLeast, noneOf, off, on, oneOf, turnedOff } from "../conditions";
import type { Rule } from "../rule";
import { at, each, isList, isMissing, numberOf, type Properties, textOf, UNKNOWN, type Value } from "../value";
import { containerRule, containersOf, isWindows, type Pod, podRule } from "./pods";

const SECURITY = "securityContext";

/** Capabilities that the baseline profile lets a container add. https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline */
const BASELINE_CAPABILITIES = new Set(["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"]); // prettier-ignore

/** The user settings of a container: its own and those of its pod. */
function userOf(pod: Pod, props: Properties): Readonly<Record<"own" | "nonRoot" | "user", Value>> {
  const own = at(props, `${SECURITY}.runAsNonRoot`);
  const ownUser = at(props, `${SECURITY}.runAsUser`);
  return {
    own,
    nonRoot: isMissing(own) ? at(pod.spec, `${SECURITY}.runAsNonRoot`) : own,
    user: isMissing(ownUser) ? at(pod.spec, `${SECURITY}.runAsUser`) : ownUser,
  };
}

export const privilegeRules: readonly Rule[] = [
  containerRule({
    id: "disallow-pod-privileged",
    title: "No container is privileged",
    description: "A privileged container has the rights of root on its node.",
    severity: "critical",
    controls: ["PSS baseline", "CIS-K8S 5.2.2", "NIST-800-53 AC-6"],
    remediation: "leave securityContext.privileged out",
    property: `${SECURITY}.privileged`,
    must: off,
  }),
  containerRule({
    id: "disallow-pod-privilege-escalation",
    title: "No process gets more rights than its parent",
    description: "A container does not allow privilege escalation, which is allowed unless it is turned off.",
    severity: "high",
    controls: ["PSS restricted", "CIS-K8S 5.2.6", "NIST-800-53 AC-6"],
    remediation: "set securityContext.allowPrivilegeEscalation to false",
    property: `${SECURITY}.allowPrivilegeEscalation`,
    linuxOnly: true,
    must: turnedOff,
  }),
  containerRule({
    id: "require-pod-read-only-root",
    title: "Containers do not write to their root file system",
    description: "The root file system of a container is read-only, so that nobody replaces the program or adds one.",
    severity: "medium",
    controls: ["NIST-800-53 CM-7"],
    remediation: "set securityContext.readOnlyRootFilesystem to true and mount an emptyDir where the program writes",
    property: `${SECURITY}.readOnlyRootFilesystem`,
    linuxOnly: true,
    must: on,
  }),
  podRule(
    {
      id: "require-pod-non-root",
      title: "No container runs as root",
      description: "A container says that it does not run as root, by itself or by its pod.",
      severity: "high",
      controls: ["PSS restricted", "CIS-K8S 5.2.7", "NIST-800-53 AC-6"],
      remediation: "set securityContext.runAsNonRoot to true, and runAsUser to a number above 0",
    },
    (pod, report) => {
      if (isWindows(pod)) return;
      for (const { path, props } of containersOf(pod)) {
        const { own, nonRoot, user } = userOf(pod, props);
        if (nonRoot === UNKNOWN || nonRoot === true || user === UNKNOWN) continue;
        if (nonRoot === false || !(numberOf(user) > 0))
          report({ path: `${path}.${SECURITY}.runAsNonRoot`, value: own }, "true");
      }
    },
  ),
  podRule(
    {
      id: "require-pod-non-root-check",
      title: "The kubelet checks that no container runs as root",
      description:
        "A container that has a user above 0 sets runAsNonRoot too: without it the restricted profile refuses the pod.",
      severity: "low",
      level: "advisory",
      controls: ["PSS restricted", "NIST-800-53 AC-6"],
      remediation: "set securityContext.runAsNonRoot to true",
    },
    (pod, report) => {
      if (isWindows(pod)) return;
      for (const { path, props } of containersOf(pod)) {
        const { own, nonRoot, user } = userOf(pod, props);
        if (isMissing(nonRoot) && numberOf(user) > 0)
          report({ path: `${path}.${SECURITY}.runAsNonRoot`, value: own }, "true");
      }
    },
  ),
  podRule(
    {
      id: "disallow-pod-root-user",
      title: "No container names root as its user",
      description: "Neither a pod nor a container sets its user to 0.",
      severity: "high",
      controls: ["PSS restricted", "CIS-K8S 5.2.7", "NIST-800-53 AC-6"],
      remediation: "set runAsUser to a number above 0",
    },
    (pod, report) => {
      const places = [{ path: pod.path, props: pod.spec }, ...containersOf(pod)];
      for (const { path, props } of places) {
        const value = at(props, `${SECURITY}.runAsUser`);
        if (value === 0 || value === "0") report({ path: `${path}.${SECURITY}.runAsUser`, value }, "a number above 0");
      }
    },
  ),
  podRule(
    {
      id: "disallow-pod-root-group",
      title: "No container is in root's group",
      description: "Neither a pod nor a container sets a group to 0.",
      severity: "low",
      controls: ["NIST-800-53 AC-6"],
      remediation: "set runAsGroup and fsGroup to numbers above 0",
    },
    (pod, report) => {
      const places = [{ path: pod.path, props: pod.spec }, ...containersOf(pod)];
      for (const { path, props } of places) {
        for (const property of ["runAsGroup", "fsGroup", "supplementalGroups[*]"]) {
          for (const { path: place, value } of each(props, `${SECURITY}.${property}`)) {
            if (value === 0 || value === "0") report({ path: `${path}.${place}`, value }, "a number above 0");
          }
        }
      }
    },
  ),
  containerRule({
    id: "require-pod-high-user",
    title: "Containers have users of their own",
    description: "A container has a user above 10000, which no user of the node has.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 AC-6"],
    remediation: "set securityContext.runAsUser to 10001 or more",
    property: `${SECURITY}.runAsUser`,
    fromPod: `${SECURITY}.runAsUser`,
    linuxOnly: true,
    must: atLeast(10_000),
  }),
  containerRule({
    id: "require-pod-high-group",
    title: "Containers have groups of their own",
    description: "A container has a group above 10000, which no group of the node has.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 AC-6"],
    remediation: "set securityContext.runAsGroup to 10001 or more",
    property: `${SECURITY}.runAsGroup`,
    fromPod: `${SECURITY}.runAsGroup`,
    linuxOnly: true,
    must: atLeast(10_000),
  }),
  containerRule({
    id: "require-pod-dropped-capabilities",
    title: "Containers drop all capabilities",
    description: "A container drops all capabilities of Linux, and adds what it needs.",
    severity: "medium",
    controls: ["PSS restricted", "CIS-K8S 5.2.10", "NIST-800-53 AC-6"],
    remediation: "set securityContext.capabilities.drop to ALL",
    property: `${SECURITY}.capabilities.drop`,
    linuxOnly: true,
    must: {
      words: "ALL",
      accepts: (value) => isList(value) && value.some((one) => one === UNKNOWN || /^all$/i.test(textOf(one))),
    },
  }),
  podRule(
    {
      id: "disallow-pod-dangerous-capabilities",
      title: "Containers add no capability that leads to the node",
      description:
        "A container adds no capability of Linux beyond those that a container runtime gives by default, such as SYS_ADMIN or NET_ADMIN.",
      severity: "critical",
      controls: ["PSS baseline", "CIS-K8S 5.2.9", "NIST-800-53 AC-6"],
      remediation: "remove the capability from securityContext.capabilities.add",
    },
    (pod, report) => {
      for (const { path, props } of containersOf(pod)) {
        for (const { path: place, value } of each(props, `${SECURITY}.capabilities.add[*]`)) {
          if (value !== UNKNOWN && !BASELINE_CAPABILITIES.has(textOf(value)))
            report({ path: `${path}.${place}`, value }, "a capability of the baseline profile at most");
        }
      }
    },
  ),
  podRule(
    {
      id: "disallow-pod-added-capabilities",
      title: "Containers add no capabilities",
      description: "A container adds no capability of Linux but NET_BIND_SERVICE.",
      severity: "high",
      controls: ["PSS restricted", "CIS-K8S 5.2.9", "NIST-800-53 AC-6"],
      remediation: "leave securityContext.capabilities.add out",
    },
    (pod, report) => {
      for (const { path, props } of containersOf(pod)) {
        for (const { path: place, value } of each(props, `${SECURITY}.capabilities.add[*]`)) {
          if (value !== UNKNOWN && !/^(CAP_)?NET_BIND_SERVICE$/i.test(textOf(value)))
            report({ path: `${path}.${place}`, value }, "NET_BIND_SERVICE at most");
        }
      }
    },
  ),
  containerRule({
    id: "require-pod-seccomp",
    title: "Containers call the kernel by a profile",
    description: "A container has the runtime's seccomp profile or one of its own, by itself or by its pod.",
    severity: "medium",
    controls: ["PSS restricted", "CIS-K8S 5.7.2", "NIST-800-53 CM-7"],
    remediation: "set securityContext.seccompProfile.type of the pod to RuntimeDefault",
    property: `${SECURITY}.seccompProfile.type`,
    fromPod: `${SECURITY}.seccompProfile.type`,
    linuxOnly: true,
    must: oneOf("RuntimeDefault", "Localhost"),
  }),
  containerRule({
    id: "disallow-pod-unmasked-proc",
    title: "Containers see a masked /proc",
    description: "A container has the default mount of /proc.",
    severity: "high",
    controls: ["PSS baseline", "NIST-800-53 AC-6"],
    remediation: "leave securityContext.procMount out",
    property: `${SECURITY}.procMount`,
    must: noneOf("Unmasked"),
  }),
];
