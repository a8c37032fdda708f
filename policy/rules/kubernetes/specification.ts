// Rules on what a pod shares with its node: namespaces, volumes, tokens, kernel settings.
import { absent, noneOf, off, otherThan, turnedOff } from "../conditions";
import { refers } from "../relations";
import type { Rule, StackRule } from "../rule";
import { at, isMissing, isObject, textOf, UNKNOWN, type Value } from "../value";
import { containersOf, POD_KINDS, podPropertyRule, podRule } from "./pods";

/** Sysctls that touch a pod only. https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline */
const SAFE_SYSCTLS =
  /^(kernel\.shm_rmid_forced|net\.ipv4\.(ip_local_port_range|ip_unprivileged_port_start|tcp_syncookies|ping_group_range|ip_local_reserved_ports|tcp_keepalive_(time|intvl|probes)|tcp_fin_timeout|tcp_rmem|tcp_wmem))$/;

/** Volumes that the restricted profile allows. */
const VOLUMES = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

const SOCKET = /\/(docker|containerd|crio|cri-dockerd)[^/]*\.sock$/;

const requireNetworkPolicy: StackRule = {
  id: "require-network-policy",
  title: "Pods have a network policy",
  description:
    "The namespace of a workload has a network policy in the same stack: without one every pod reaches every other.",
  severity: "medium",
  controls: ["CIS-K8S 5.3.2", "NIST-800-53 SC-7", "PCI-DSS-4.0 1.2.1"],
  remediation: "add a NetworkPolicy with an empty podSelector that denies by default",
  appliesTo: POD_KINDS,
  checkStack(stack, report) {
    const policies = stack.ofType("kubernetes:networking.k8s.io/v1:NetworkPolicy");
    for (const workload of stack.ofType(...POD_KINDS)) {
      const namespace = at(workload.props, "metadata.namespace");
      // A component may hold a policy of another kind, such as Cilium's.
      const other = stack.resources.some(({ type }) =>
        /:(CiliumNetworkPolicy|AdminNetworkPolicy|GlobalNetworkPolicy)$/.test(type),
      );
      const held = policies.some((policy) => {
        const own = at(policy.props, "metadata.namespace");
        return (
          own === UNKNOWN ||
          namespace === UNKNOWN ||
          (textOf(own) || "default") === (textOf(namespace) || "default") ||
          refers(stack, policy, "metadata", workload) === "yes"
        );
      });
      if (!held && !other)
        report(workload, {
          path: "metadata.namespace",
          found: namespace,
          required: "a NetworkPolicy of the namespace",
        });
    }
  },
};

export const specificationRules: readonly Rule[] = [
  requireNetworkPolicy,
  ...(
    [
      ["hostNetwork", "network", "5.2.5"],
      ["hostPID", "processes", "5.2.3"],
      ["hostIPC", "shared memory", "5.2.4"],
    ] as const
  ).map(([property, what, control]) =>
    podPropertyRule(
      {
        id: `disallow-pod-host-${property.slice(4).toLowerCase()}`,
        title: `Pods have ${what} of their own`,
        description: `A pod does not share the ${what} of its node.`,
        severity: "high",
        controls: ["PSS baseline", `CIS-K8S ${control}`, "NIST-800-53 SC-39"],
        remediation: `leave ${property} out`,
      },
      property,
      off,
    ),
  ),
  podPropertyRule(
    {
      id: "disallow-pod-shared-processes",
      title: "Containers of a pod do not see each other's processes",
      description: "A pod does not share one process namespace among its containers.",
      severity: "low",
      controls: ["NIST-800-53 SC-39"],
      remediation: "leave shareProcessNamespace out",
    },
    "shareProcessNamespace",
    off,
  ),
  podPropertyRule(
    {
      id: "disallow-pod-host-path",
      title: "Pods mount nothing of their node",
      description: "A pod mounts no path of its node.",
      severity: "high",
      controls: ["PSS baseline", "CIS-K8S 5.2.12", "NIST-800-53 AC-6"],
      remediation: "use a persistent volume claim or an emptyDir",
    },
    "volumes[*].hostPath",
    absent,
  ),
  podPropertyRule(
    {
      id: "disallow-pod-container-socket",
      title: "Pods do not talk to the container engine",
      description: "A pod does not mount the socket of the container engine, by which it would be root on its node.",
      severity: "critical",
      controls: ["NIST-800-53 AC-6"],
      remediation: "remove the volume",
    },
    "volumes[*].hostPath.path",
    { words: "no socket of the container engine", accepts: (value) => !SOCKET.test(textOf(value)) },
  ),
  podPropertyRule(
    {
      id: "disallow-pod-volume-type",
      title: "Pods have volumes of known kinds",
      description: "A pod has volumes that the cluster provides, not ones that name a server or a disk.",
      severity: "medium",
      controls: ["PSS restricted", "NIST-800-53 AC-6"],
      remediation: "use a persistent volume claim",
    },
    "volumes[*]",
    {
      words: VOLUMES.join(", "),
      accepts: (volume) =>
        !isObject(volume) ||
        Object.entries(volume).every(
          ([kind, value]) => kind === "name" || kind === "hostPath" || isMissing(value) || VOLUMES.includes(kind),
        ),
    },
  ),
  podPropertyRule(
    {
      id: "require-pod-without-token",
      title: "Pods get no token of the API",
      description:
        "A pod that does not call the Kubernetes API gets no token for it. It gets one unless that is turned off.",
      severity: "medium",
      controls: ["CIS-K8S 5.1.6", "NIST-800-53 AC-6"],
      remediation: "set automountServiceAccountToken to false",
    },
    "automountServiceAccountToken",
    turnedOff,
  ),
  podPropertyRule(
    {
      id: "require-pod-service-account",
      title: "Pods have a service account of their own",
      description: "A pod names a service account other than default, so that its rights are its own.",
      severity: "low",
      controls: ["CIS-K8S 5.1.5", "NIST-800-53 AC-6"],
      level: "advisory",
      remediation: "set serviceAccountName",
    },
    "serviceAccountName",
    otherThan("default"),
  ),
  podPropertyRule(
    {
      id: "disallow-pod-unsafe-sysctl",
      title: "Pods do not change their node's kernel",
      description: "A pod sets only kernel parameters that are its own.",
      severity: "high",
      controls: ["PSS baseline", "NIST-800-53 CM-7"],
      remediation: "leave securityContext.sysctls out",
    },
    "securityContext.sysctls[*].name",
    { words: "a safe sysctl", accepts: (value) => SAFE_SYSCTLS.test(textOf(value)) },
  ),
  podPropertyRule(
    {
      id: "disallow-pod-host-aliases",
      title: "Pods do not change names",
      description: "A pod adds no entries to /etc/hosts, which no other place shows.",
      severity: "low",
      level: "advisory",
      controls: ["NIST-800-53 SC-20"],
      remediation: "leave hostAliases out",
    },
    "hostAliases",
    absent,
  ),
  podRule(
    {
      id: "disallow-pod-unconfined",
      title: "No container runs without AppArmor and seccomp",
      description: "Neither a pod nor a container turns AppArmor or seccomp off.",
      severity: "high",
      controls: ["PSS baseline", "CIS-K8S 5.7.2", "NIST-800-53 CM-7"],
      remediation: "leave appArmorProfile out, and set seccompProfile.type to RuntimeDefault",
    },
    (pod, report) => {
      for (const { path, props } of [{ path: pod.path, props: pod.spec }, ...containersOf(pod)]) {
        for (const property of ["securityContext.appArmorProfile.type", "securityContext.seccompProfile.type"]) {
          const value = at(props, property);
          if (!noneOf("Unconfined").accepts(value)) report({ path: `${path}.${property}`, value }, "RuntimeDefault");
        }
      }
      const annotations = at(pod.metadata, "annotations");
      if (!isObject(annotations)) return;
      for (const [name, value] of Object.entries(annotations)) {
        if (name.startsWith("container.apparmor.security.beta.kubernetes.io/") && value === "unconfined")
          report({ path: `annotations.${name}`, value }, "runtime/default");
      }
    },
  ),
  podRule(
    {
      id: "disallow-pod-host-process",
      title: "No container of Windows runs on the host",
      description: "Neither a pod nor a container is a HostProcess container.",
      severity: "critical",
      controls: ["PSS baseline", "NIST-800-53 AC-6"],
      remediation: "leave windowsOptions.hostProcess out",
    },
    (pod, report) => {
      for (const { path, props } of [{ path: pod.path, props: pod.spec }, ...containersOf(pod)]) {
        const value = at(props, "securityContext.windowsOptions.hostProcess");
        if (value === true) report({ path: `${path}.securityContext.windowsOptions.hostProcess`, value }, "false");
      }
    },
  ),
  podRule(
    {
      id: "disallow-pod-selinux-options",
      title: "Pods have the default SELinux type",
      description: "Neither a pod nor a container sets an SELinux user or role, or a type that is not for containers.",
      severity: "medium",
      controls: ["PSS baseline", "NIST-800-53 AC-6"],
      remediation: "leave seLinuxOptions out",
    },
    (pod, report) => {
      for (const { path, props } of [{ path: pod.path, props: pod.spec }, ...containersOf(pod)]) {
        const options = "securityContext.seLinuxOptions";
        for (const property of ["user", "role"]) {
          const value = at(props, `${options}.${property}`);
          if (!isMissing(value) && value !== UNKNOWN)
            report({ path: `${path}.${options}.${property}`, value }, "nothing");
        }
        const type: Value = at(props, `${options}.type`);
        if (!isMissing(type) && type !== UNKNOWN && !/^container(_init|_kvm|_engine)?_t$/.test(textOf(type)))
          report({ path: `${path}.${options}.type`, value: type }, "container_t");
      }
    },
  ),
  podRule(
    {
      id: "require-pod-small-scratch",
      title: "Containers have a limit of disk",
      description: "A container requests and limits ephemeral storage.",
      severity: "low",
      level: "disabled",
      controls: ["NIST-800-53 SC-6"],
      remediation: "set ephemeral-storage in resources.requests and resources.limits",
    },
    (pod, report) => {
      for (const { path, props, ephemeral } of containersOf(pod)) {
        const limits = at(props, "resources.limits");
        if (!ephemeral && limits !== UNKNOWN && (!isObject(limits) || isMissing(limits["ephemeral-storage"])))
          report({ path: `${path}.resources.limits.ephemeral-storage`, value: undefined }, "a size");
      }
    },
  ),
];
