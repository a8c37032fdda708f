// What a container may do on its node: users, rights, files, images, resources, probes.
import { atLeast, given, noneOf, notMatching, off, on, oneOf, turnedOff } from "../conditions";
import type { Rule } from "../rule";
import { secretLike } from "../secrets/secret-like";
import { at, each, isList, isMissing, textOf, UNKNOWN, numberOf } from "../value";
import { containerRule, containersOf, podRule, isWindows } from "./pods";

const SECURITY = "securityContext";

export const containerRules: readonly Rule[] = [
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
        const own = at(props, `${SECURITY}.runAsNonRoot`);
        const nonRoot = isMissing(own) ? at(pod.spec, `${SECURITY}.runAsNonRoot`) : own;
        const ownUser = at(props, `${SECURITY}.runAsUser`);
        const user = isMissing(ownUser) ? at(pod.spec, `${SECURITY}.runAsUser`) : ownUser;
        if (nonRoot === UNKNOWN || nonRoot === true || user === UNKNOWN || numberOf(user) > 0) continue;
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
  containerRule({
    id: "disallow-pod-host-port",
    title: "Containers take no port of their node",
    description: "A container has no hostPort, past which no network policy stands.",
    severity: "medium",
    controls: ["PSS baseline", "CIS-K8S 5.2.13", "NIST-800-53 SC-7"],
    remediation: "leave hostPort out and use a Service",
    property: "ports",
    must: {
      words: "no hostPort",
      accepts: (ports) =>
        !isList(ports) || ports.every((port) => [undefined, null, 0, UNKNOWN].includes(at(port, "hostPort") as number)),
    },
  }),
  ...(["cpu", "memory"] as const).map((resource) =>
    containerRule({
      id: `require-pod-${resource}-request`,
      title: `Containers say how much ${resource} they need`,
      description: `A container requests ${resource}, by which a node is chosen for it.`,
      severity: "medium",
      controls: ["NIST-800-53 SC-5", "NIST-800-53 SC-6"],
      remediation: `set resources.requests.${resource}`,
      // A limit without a request is a request too.
      property: `resources.requests.${resource}`,
      must: given,
    }),
  ),
  podRule(
    {
      id: "disallow-pod-plain-secrets",
      title: "No secret stands in a plain variable",
      description: "Whoever may read a pod reads its variables; a secret comes from a Secret.",
      severity: "critical",
      controls: ["CIS-K8S 5.4.1", "NIST-800-53 IA-5(7)", "PCI-DSS-4.0 8.6.2"],
      remediation: "put the value into a Secret, and mount it or name it in valueFrom.secretKeyRef",
    },
    (pod, report) => {
      for (const { path, props } of containersOf(pod)) {
        for (const { path: place, value } of each(props, "env[*]")) {
          const name = textOf(at(value, "name"));
          if (secretLike(name, textOf(at(value, "value"))) === undefined) continue;
          report({ path: `${path}.${place} (${name})`, value: "a plain text" }, "a reference to a Secret");
        }
      }
    },
  ),
  podRule(
    {
      id: "require-pod-secret-files",
      title: "Secrets are files",
      description: "A container reads secrets from files: variables get into logs and into child processes.",
      severity: "low",
      level: "advisory",
      controls: ["CIS-K8S 5.4.1"],
      remediation: "mount the Secret as a volume",
    },
    (pod, report) => {
      for (const { path, props } of containersOf(pod)) {
        for (const list of ["env[*].valueFrom.secretKeyRef", "envFrom[*].secretRef"]) {
          for (const { path: place, value } of each(props, list)) {
            if (value !== UNKNOWN && !isMissing(value))
              report({ path: `${path}.${place}`, value: "a secret" }, "a mounted file");
          }
        }
      }
    },
  ),
  containerRule({
    id: "disallow-pod-low-port",
    title: "Containers listen above 1023",
    description: "A container listens on ports above 1023, for which it needs no rights.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 AC-6"],
    remediation: "set containerPort to 1024 or more; a Service may have another port",
    property: "ports",
    must: {
      words: "1024 or more",
      accepts: (ports) =>
        !isList(ports) || ports.every((port) => !(Number(textOf(at(port, "containerPort")) || 1024) < 1024)),
    },
  }),
  containerRule({
    id: "disallow-tiller",
    title: "Nobody runs Tiller",
    description: "The server of Helm 2 has the rights of an administrator and asks nobody for a password.",
    severity: "critical",
    controls: ["NIST-800-53 CM-7"],
    remediation: "use Helm 3, which has no server",
    property: "image",
    must: notMatching("another image", /(^|\/)tiller([:@]|$)/),
  }),
];
