// Services, ingresses, network policies, configuration and namespaces.
import { companionRule } from "../companion-rule";
import { absent, atLeast, given, has, noneOf, on, otherThan, says, turnedOff } from "../conditions";
import { isAnywhere } from "../network/cidr";
import { inTypes, propertyRule } from "../property-rule";
import type { ResourceRule, Rule } from "../rule";
import { secretLike } from "../secrets/secret-like";
import { at, each, isMissing, isObject, numberOf, textOf, UNKNOWN } from "../value";
import { POD_KINDS } from "./pods";

const SERVICE = "kubernetes:core/v1:Service";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const NAMED = [
  ...POD_KINDS,
  SERVICE,
  CONFIG_MAP,
  INGRESS,
  "kubernetes:core/v1:Secret",
  "kubernetes:core/v1:ServiceAccount",
  "kubernetes:rbac.authorization.k8s.io/v1:Role",
];
/** Annotations that keep a load balancer off the internet. */
const INTERNAL: readonly (readonly [name: string, value: RegExp])[] = [
  ["service.beta.kubernetes.io/aws-load-balancer-internal", /^(true|0\.0\.0\.0\/0)$/],
  ["service.beta.kubernetes.io/aws-load-balancer-scheme", /^internal$/],
  ["networking.gke.io/load-balancer-type", /^internal$/i],
  ["cloud.google.com/load-balancer-type", /^internal$/i],
  ["service.beta.kubernetes.io/azure-load-balancer-internal", /^true$/],
];
const disallowPublicService: ResourceRule = {
  id: "disallow-public-service",
  title: "Services are not on the internet",
  description: "A Service of the type LoadBalancer is internal, or lets named ranges in.",
  severity: "high",
  controls: ["NIST-800-53 SC-7", "PCI-DSS-4.0 1.3.1"],
  remediation: "add the annotation for an internal load balancer, or set loadBalancerSourceRanges",
  appliesTo: [SERVICE],
  check({ props }, report) {
    if (at(props, "spec.type") !== "LoadBalancer") return;
    const annotations = at(props, "metadata.annotations");
    const ranges = at(props, "spec.loadBalancerSourceRanges");
    if (annotations === UNKNOWN || ranges === UNKNOWN) return;
    const internal =
      isObject(annotations) &&
      INTERNAL.some(([name, value]) => annotations[name] === UNKNOWN || value.test(textOf(annotations[name])));
    if (internal) return;
    if (isMissing(ranges))
      report({
        path: "spec.loadBalancerSourceRanges",
        found: ranges,
        required: "ranges, or an internal load balancer",
      });
    for (const { path, value } of each(props, "spec.loadBalancerSourceRanges[*]")) {
      if (isAnywhere(value)) report({ path, found: value, required: "a range that is not the internet" });
    }
  },
};
const disallowIngressSnippets: ResourceRule = {
  id: "disallow-ingress-snippet",
  title: "Ingresses hold no configuration of nginx",
  description: "An Ingress has no snippet, by which its author reads the secrets of the controller (CVE-2021-25742).",
  severity: "high",
  controls: ["NIST-800-53 CM-7"],
  remediation: "leave the annotations that end in snippet out",
  appliesTo: [INGRESS],
  check({ props }, report) {
    const annotations = at(props, "metadata.annotations");
    if (!isObject(annotations)) return;
    for (const [name, value] of Object.entries(annotations)) {
      const lua = typeof value === "string" && /\b(_by_lua|lua_|load_module|serviceaccount)/.test(value);
      if (/^nginx\.ingress\.kubernetes\.io\/.*snippet$/.test(name) || lua)
        report({ path: `metadata.annotations.${name}`, found: "a snippet", required: "nothing" });
    }
  },
};
const disallowConfigMapSecrets: ResourceRule = {
  id: "disallow-config-map-secret",
  title: "No secret stands in a ConfigMap",
  description: "A ConfigMap holds no password, token or key: whoever may read the namespace reads it.",
  severity: "high",
  controls: ["CIS-K8S 5.4.1", "NIST-800-53 IA-5(7)"],
  remediation: "put the value into a Secret",
  appliesTo: [CONFIG_MAP],
  check({ props }, report) {
    for (const list of ["data", "binaryData"]) {
      const data = at(props, list);
      if (!isObject(data)) continue;
      for (const [name, value] of Object.entries(data)) {
        if (secretLike(name, textOf(value)) !== undefined)
          report({ path: `${list}.${name}`, found: "a plain text", required: "a Secret" });
      }
    }
  },
};

export const clusterRules: readonly Rule[] = [
  disallowPublicService,
  disallowIngressSnippets,
  disallowConfigMapSecrets,
  propertyRule({
    id: "require-service-account-without-token",
    title: "Service accounts give no tokens by themselves",
    description: "A service account does not mount its token into every pod.",
    severity: "low",
    level: "advisory",
    controls: ["CIS-K8S 5.1.6", "NIST-800-53 AC-6"],
    remediation: "set automountServiceAccountToken to false",
    property: { "kubernetes:core/v1:ServiceAccount": "automountServiceAccountToken" },
    must: turnedOff,
  }),
  propertyRule({
    id: "disallow-external-ips",
    title: "Services take no addresses by themselves",
    description: "A Service has no external IPs, by which it could take traffic that is not its own (CVE-2020-8554).",
    severity: "high",
    controls: ["NIST-800-53 SC-7"],
    remediation: "leave spec.externalIPs out",
    property: { [SERVICE]: "spec.externalIPs" },
    must: absent,
  }),
  propertyRule({
    id: "disallow-node-port",
    title: "Services open no port of the nodes",
    description: "A Service is not of the type NodePort, past which no load balancer stands.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 SC-7"],
    remediation: "set spec.type to ClusterIP",
    property: { [SERVICE]: "spec.type" },
    must: noneOf("NodePort"),
  }),
  propertyRule({
    id: "disallow-tiller-service",
    title: "No Service leads to Tiller",
    description: "No Service selects the server of Helm 2.",
    severity: "high",
    controls: ["NIST-800-53 CM-7"],
    remediation: "use Helm 3",
    property: { [SERVICE]: ["spec.selector.name", "spec.selector.app"] },
    must: noneOf("tiller"),
  }),
  propertyRule({
    id: "require-ingress-tls",
    title: "Ingresses take HTTPS",
    description: "An Ingress has a certificate, in it or at the load balancer that an annotation makes.",
    severity: "high",
    controls: ["NIST-800-53 SC-8", "PCI-DSS-4.0 4.2.1"],
    remediation: "set spec.tls with a Secret",
    property: { [INGRESS]: "spec.tls" },
    where: ({ metadata }) => {
      const annotations = at(metadata, "annotations");
      if (annotations === UNKNOWN) return false;
      const names = isObject(annotations) ? Object.keys(annotations) : [];
      return !names.some((name) => /certificate-arn$|pre-shared-cert$|managed-certificates$/.test(name));
    },
    must: given,
  }),
  propertyRule({
    id: "require-ingress-host",
    title: "Ingresses name their hosts",
    description: "Each rule of an Ingress names a host, so that it takes no requests of others.",
    severity: "medium",
    controls: ["NIST-800-53 SC-7"],
    remediation: "set host of each rule",
    property: { [INGRESS]: "spec.rules[*].host" },
    must: { words: "a host without *", accepts: (value) => !isMissing(value) && !/^\*$/.test(textOf(value)) },
  }),
  propertyRule({
    id: "disallow-default-namespace",
    title: "Nothing is in the namespace default",
    description: "What a program makes has a namespace of its own.",
    severity: "low",
    controls: ["CIS-K8S 5.7.4", "NIST-800-53 SC-39"],
    remediation: "set metadata.namespace",
    property: inTypes("metadata.namespace", ...NAMED),
    must: otherThan("default"),
  }),
  propertyRule({
    id: "disallow-system-namespace",
    title: "Workloads keep out of the system's namespaces",
    description: "No workload is in kube-system, kube-public or kube-node-lease, where rights are wider.",
    severity: "medium",
    controls: ["CIS-K8S 5.7.1", "NIST-800-53 SC-39"],
    remediation: "set metadata.namespace to one of its own",
    property: inTypes("metadata.namespace", ...POD_KINDS, SERVICE),
    must: noneOf("kube-system", "kube-public", "kube-node-lease"),
  }),
  propertyRule({
    id: "require-namespace-pod-security",
    title: "Namespaces refuse pods with too many rights",
    description: "A namespace enforces the baseline or the restricted profile of pod security.",
    severity: "medium",
    level: "advisory",
    controls: ["CIS-K8S 5.2.1", "NIST-800-53 CM-6"],
    remediation: "add the label pod-security.kubernetes.io/enforce with the value restricted",
    property: { "kubernetes:core/v1:Namespace": "metadata.labels" },
    must: {
      words: "pod-security.kubernetes.io/enforce: restricted or baseline",
      accepts: (labels) => {
        const level = isObject(labels) ? labels["pod-security.kubernetes.io/enforce"] : undefined;
        return level === UNKNOWN || /^(restricted|baseline)$/.test(textOf(level));
      },
    },
  }),
  propertyRule({
    id: "require-storage-class-encryption",
    title: "New volumes of a cluster are encrypted",
    description: "A storage class of EBS or EFS makes encrypted volumes.",
    severity: "high",
    controls: ["NIST-800-53 SC-28", "PCI-DSS-4.0 3.5.1"],
    remediation: 'set parameters.encrypted to "true"',
    property: { "kubernetes:storage.k8s.io/v1:StorageClass": "parameters.encrypted" },
    where: says("provisioner", "ebs.csi.aws.com", "ebs.csi.eks.amazonaws.com", "kubernetes.io/aws-ebs"),
    must: on,
  }),
  propertyRule({
    id: "disallow-host-path-volume-claim",
    title: "Persistent volumes are not paths of a node",
    description: "A persistent volume is not a path of a node.",
    severity: "high",
    controls: ["PSS baseline", "NIST-800-53 AC-6"],
    remediation: "use a driver of a storage class",
    property: { "kubernetes:core/v1:PersistentVolume": "spec.hostPath" },
    must: absent,
  }),
  propertyRule({
    id: "require-deployment-replicas",
    title: "Deployments have two pods",
    description:
      "A Deployment has two pods at least, so that it outlives a node. One with an autoscaler leaves replicas out.",
    severity: "medium",
    level: "advisory",
    controls: ["NIST-800-53 CP-10"],
    remediation: "set spec.replicas to 2 or more",
    property: { "kubernetes:apps/v1:Deployment": "spec.replicas" },
    where: has("spec.replicas"),
    must: atLeast(2),
  }),
  propertyRule({
    id: "require-pod-spread",
    title: "Pods of a workload are on several nodes",
    description: "A workload with two pods or more says that they are spread over nodes or zones.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 CP-10"],
    remediation: "set topologySpreadConstraints of the pod, or a podAntiAffinity",
    property: inTypes(
      "spec.template.spec.topologySpreadConstraints | spec.template.spec.affinity.podAntiAffinity",
      "kubernetes:apps/v1:Deployment",
      "kubernetes:apps/v1:StatefulSet",
    ),
    where: (props) => numberOf(at(props, "spec.replicas")) >= 2,
    must: given,
  }),
  propertyRule({
    id: "require-cron-deadline",
    title: "Cron jobs say how late they may start",
    description:
      "A CronJob has a deadline for its start: without one the controller gives up for good after 100 starts that it missed.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 CP-10"],
    remediation: "set spec.startingDeadlineSeconds",
    property: { "kubernetes:batch/v1:CronJob": "spec.startingDeadlineSeconds" },
    must: given,
  }),
  companionRule({
    id: "require-disruption-budget",
    title: "Deployments are not drained at once",
    description: "A Deployment with several pods has a disruption budget in its namespace.",
    severity: "low",
    level: "disabled",
    controls: ["NIST-800-53 CP-10"],
    remediation: "add a PodDisruptionBudget",
    holders: ["kubernetes:apps/v1:Deployment"],
    companions: {},
    unless: (stack) => stack.ofType("kubernetes:policy/v1:PodDisruptionBudget").length > 0,
    path: "podDisruptionBudget",
    required: "a PodDisruptionBudget",
  }),
];
