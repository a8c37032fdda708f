// KWOK plays the kubelets: which nodes there are, and how it moves pods, volumes and load balancers from state to state.
import { dump, loadAll } from "js-yaml";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { KubernetesObject } from "./api";

/**
 * Annotation on a pod template that makes its pods fail: `image` keeps them waiting for an image that can't be pulled, `exit` ends them
 * with exit code 1.
 */
export const FAIL_ANNOTATION = "archipelago.offline/fail";

/** Folders of KWOK's module with the stages that are used, and its metrics, which read usage from annotations of a pod. */
const USED = ["stage/node/fast", "stage/pod/fast", "stage/volume/fast", "metrics/resource", "metrics/usage"];
const NOT_FAILING = { key: `.metadata.annotations["${FAIL_ANNOTATION}"]`, operator: "DoesNotExist" };
const ZONES = 3;

interface Stage extends KubernetesObject {
  readonly spec: {
    readonly selector: { readonly matchExpressions?: readonly unknown[] };
    readonly [more: string]: unknown;
  };
}

/** The configuration file of KWOK, from what its module ships and what is added here. */
export function kwokConfiguration(kustomize: string): string {
  const shipped = shippedObjects(kustomize).filter(({ apiVersion }) => apiVersion.startsWith("kwok.x-k8s.io/"));
  const objects = shipped.map((object) => (/^pod-(?:ready|complete)$/.test(object.metadata.name) ? unlessFailing(object as Stage) : object));
  return [...objects, ...OWN_STAGES].map((object) => `---\n${dump(object)}`).join("");
} // prettier-ignore

/** Objects that the cluster needs so that nodes, volumes and metrics work. */
export function baseObjects(kustomize: string, nodes: number, metricsPort: number): readonly KubernetesObject[] {
  const classes = shippedObjects(kustomize).filter(({ kind }) => kind === "StorageClass");
  return [...classes, ...Array.from({ length: nodes }, (_, index) => node(index)), ...metricsObjects(metricsPort)];
}

function shippedObjects(kustomize: string): readonly KubernetesObject[] {
  return USED.flatMap((folder) =>
    readdirSync(join(kustomize, folder))
      .filter((name) => name.endsWith(".yaml") && name !== "kustomization.yaml")
      .flatMap((name) => loadAll(readFileSync(join(kustomize, folder, name), "utf8")) as KubernetesObject[]),
  );
}

function unlessFailing(stage: Stage): Stage {
  const { selector } = stage.spec;
  const matchExpressions = [...(selector.matchExpressions ?? []), NOT_FAILING];
  return { ...stage, spec: { ...stage.spec, selector: { ...selector, matchExpressions } } };
}

/** A node of 8 processors and 32 GiB in one of three zones. */
function node(index: number): KubernetesObject {
  const name = `node-${index + 1}`;
  const size = { cpu: "8", memory: "32Gi", "ephemeral-storage": "200Gi", pods: "110" };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      annotations: {
        "kwok.x-k8s.io/node": "fake",
        "metrics.k8s.io/resource-metrics-path": `/metrics/nodes/${name}/metrics/resource`,
      },
      labels: {
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "kubernetes.io/arch": "amd64",
        "topology.kubernetes.io/region": "local",
        "topology.kubernetes.io/zone": `zone-${(index % ZONES) + 1}`,
      },
    },
    status: { allocatable: size, capacity: size },
  };
}

/** The API of metrics-server, which runs beside the cluster and not in it. Anybody may read it: requests reach it without a certificate. */
function metricsObjects(port: number): readonly KubernetesObject[] {
  const rbac = "rbac.authorization.k8s.io";
  const name = "archipelago:metrics-reader";
  return [
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "metrics-server", namespace: "kube-system" },
      spec: { type: "ExternalName", externalName: "localhost", ports: [{ port }] },
    },
    {
      apiVersion: "apiregistration.k8s.io/v1",
      kind: "APIService",
      metadata: { name: "v1beta1.metrics.k8s.io" },
      spec: {
        group: "metrics.k8s.io",
        version: "v1beta1",
        groupPriorityMinimum: 100,
        versionPriority: 100,
        insecureSkipTLSVerify: true,
        service: { name: "metrics-server", namespace: "kube-system", port },
      },
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: "ClusterRole",
      metadata: { name },
      rules: [
        { apiGroups: ["metrics.k8s.io"], resources: ["pods", "nodes"], verbs: ["get", "list", "watch"] },
        { nonResourceURLs: ["/apis/metrics.k8s.io", "/apis/metrics.k8s.io/*"], verbs: ["get"] },
      ],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name },
      roleRef: { apiGroup: rbac, kind: "ClusterRole", name },
      subjects: [{ apiGroup: rbac, kind: "User", name: "system:anonymous" }],
    },
  ];
}

/** A stage that KWOK's module does not have. */
function stage(name: string, apiGroup: string, kind: string, matchExpressions: readonly object[], status: string): Stage {
  const selector = { matchExpressions };
  const spec = { resourceRef: { apiGroup, kind }, selector, next: { statusTemplate: status } };
  return { apiVersion: "kwok.x-k8s.io/v1alpha1", kind: "Stage", metadata: { name }, spec };
} // prettier-ignore

const failing = (how: string): readonly object[] => [
  { key: `.metadata.annotations["${FAIL_ANNOTATION}"]`, operator: "In", values: [how] },
  { key: ".metadata.deletionTimestamp", operator: "DoesNotExist" },
  { key: ".status.phase", operator: "In", values: ["Pending"] },
];
const unless = (key: string): object => ({ key, operator: "DoesNotExist" });
const containers = (state: string): string => `containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: false
  restartCount: 0
  state: ${state}
{{ end }}`;
const condition = (type: string, status: string, reason: string): string =>
  `- { type: ${type}, status: "${status}", reason: ${reason}, message: "${reason}", lastTransitionTime: {{ Now | Quote }} }`;
/** What a kubelet says of a pod whose containers do not start; Pulumi's provider takes its messages from there. */
const NOT_READY = [
  "phase: Pending",
  "startTime: {{ Now | Quote }}",
  "conditions:",
  condition("Initialized", "True", "Initialized"),
  condition("Ready", "False", "ContainersNotReady"),
  condition("ContainersReady", "False", "ContainersNotReady"),
].join("\n");
const PULLING =
  '{ waiting: { reason: ImagePullBackOff, message: {{ printf "Back-off pulling image %s" .image | Quote }} } }';
const EXITED =
  "{ terminated: { exitCode: 1, reason: Error, startedAt: {{ Now | Quote }}, finishedAt: {{ Now | Quote }} } }";

/** Addresses are of the block for documentation, RFC 5737. */
const OWN_STAGES: readonly Stage[] = [
  stage(
    "service-address", "v1", "Service",
    [{ key: ".spec.type", operator: "In", values: ["LoadBalancer"] }, unless(".status.loadBalancer.ingress")],
    "loadBalancer: { ingress: [{ ip: 198.51.100.10 }] }",
  ),
  stage(
    "ingress-address", "networking.k8s.io/v1", "Ingress", [unless(".status.loadBalancer.ingress")],
    "loadBalancer: { ingress: [{ ip: 198.51.100.11 }] }",
  ),
  stage(
    "pod-image-missing", "v1", "Pod", [...failing("image"), unless(".status.containerStatuses")],
    `${NOT_READY}\n${containers(PULLING)}`,
  ),
  stage("pod-exits", "v1", "Pod", failing("exit"), `phase: Failed\n${containers(EXITED)}`),
]; // prettier-ignore
