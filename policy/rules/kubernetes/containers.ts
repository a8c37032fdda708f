// Rules on containers: ports, probes, resources, secrets, images.
import { given, notMatching } from "../conditions";
import type { Rule } from "../rule";
import { secretLike } from "../secrets/secret-like";
import { at, each, isList, isMissing, textOf, UNKNOWN } from "../value";
import { containerRule, containersOf, podRule } from "./pods";

/** Places of a container that name a host to ask instead of the pod. */
const PROBED_HOSTS = [
  ...["livenessProbe", "readinessProbe", "startupProbe", "lifecycle.postStart", "lifecycle.preStop"].flatMap(
    (probe) => [`${probe}.httpGet.host`, `${probe}.tcpSocket.host`],
  ),
];

export const containerRules: readonly Rule[] = [
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
      id: "disallow-pod-probe-host",
      title: "Probes ask their own pod",
      description:
        "A probe or a lifecycle hook names no host: the kubelet calls it from the node's network, past network policies.",
      severity: "medium",
      controls: ["PSS baseline", "NIST-800-53 SC-7"],
      remediation: "leave host out of httpGet and tcpSocket; a Host header goes into httpHeaders",
    },
    (pod, report) => {
      for (const { path, props } of containersOf(pod)) {
        for (const place of PROBED_HOSTS) {
          const value = at(props, place);
          if (!isMissing(value) && value !== UNKNOWN) report({ path: `${path}.${place}`, value }, "nothing");
        }
      }
    },
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
