// Pods in every kind that makes them, roles, services, ingresses and policies.
import type { Case, Change } from "./case";

const SECURITY = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: 10001,
  runAsGroup: 10001,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
};

const probe = { httpGet: { path: "/health", port: 8080 } };

/** A container that every rule accepts; probes only where the pod lasts. */
const container = (lasting: boolean) => ({
  name: "app",
  image: "registry.example.com/app:1.4.2@sha256:0000000000000000000000000000000000000000000000000000000000000000",
  imagePullPolicy: "Always",
  ports: [{ containerPort: 8080 }],
  env: [{ name: "LOG_LEVEL", value: "info" }],
  resources: {
    requests: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "1Gi" },
    limits: { cpu: "1", memory: "128Mi", "ephemeral-storage": "1Gi" },
  },
  securityContext: SECURITY,
  ...(lasting && { livenessProbe: probe, readinessProbe: probe }),
});

const pod = (lasting: boolean) => ({
  automountServiceAccountToken: false,
  serviceAccountName: "orders",
  containers: [container(lasting)],
  volumes: [{ name: "scratch", emptyDir: {} }],
  ...(!lasting && { restartPolicy: "Never" }),
});

/** What makes the pod wrong: a rule, and a change of the pod or of its first container (`c.`). */
const WRONG: readonly (readonly [rule: string, change: Change])[] = [
  [
    "disallow-pod-privileged",
    { "c.securityContext.privileged": true, "c.securityContext.allowPrivilegeEscalation": undefined },
  ],
  ["disallow-pod-privilege-escalation", { "c.securityContext.allowPrivilegeEscalation": undefined }],
  ["disallow-pod-privilege-escalation", { "c.securityContext.allowPrivilegeEscalation": true }],
  ["require-pod-read-only-root", { "c.securityContext.readOnlyRootFilesystem": undefined }],
  ["require-pod-non-root", { "c.securityContext.runAsNonRoot": false, "c.securityContext.runAsUser": undefined }],
  ["require-pod-non-root", { "c.securityContext": undefined }],
  ["require-pod-non-root", { "c.securityContext.runAsNonRoot": false }],
  ["require-pod-non-root-check", { "c.securityContext.runAsNonRoot": undefined }],
  ["disallow-pod-root-user", { "c.securityContext.runAsUser": 0 }],
  ["disallow-pod-root-user", { securityContext: { runAsUser: 0 } }],
  ["disallow-pod-root-group", { securityContext: { fsGroup: 0 } }],
  ["require-pod-high-user", { "c.securityContext.runAsUser": 1000 }],
  ["require-pod-high-group", { "c.securityContext.runAsGroup": undefined }],
  ["require-pod-dropped-capabilities", { "c.securityContext.capabilities": undefined }],
  ["require-pod-dropped-capabilities", { "c.securityContext.capabilities.drop": ["NET_RAW"] }],
  ["disallow-pod-added-capabilities", { "c.securityContext.capabilities.add": ["SYS_ADMIN"] }],
  ["disallow-pod-dangerous-capabilities", { "c.securityContext.capabilities.add": ["CAP_NET_ADMIN"] }],
  ["disallow-pod-probe-host", { "c.lifecycle.preStop.httpGet": { host: "10.0.0.1", path: "/stop", port: 8080 } }],
  ["require-pod-seccomp", { "c.securityContext.seccompProfile": undefined }],
  ["disallow-pod-unconfined", { "c.securityContext.seccompProfile.type": "Unconfined" }],
  ["disallow-pod-unconfined", { securityContext: { appArmorProfile: { type: "Unconfined" } } }],
  ["disallow-pod-unmasked-proc", { "c.securityContext.procMount": "Unmasked" }],
  ["disallow-pod-host-port", { "c.ports[0].hostPort": 8080, "c.ports[0].containerPort": 8080 }],
  ["require-pod-pinned-image", { "c.image": "nginx:latest" }],
  ["require-pod-pinned-image", { "c.image": "nginx" }],
  ["require-pod-image-digest", { "c.image": "nginx:1.27.3" }],
  ["require-pod-image-pull", { "c.imagePullPolicy": "IfNotPresent" }],
  ["require-pod-cpu-request", { "c.resources.requests.cpu": undefined }],
  ["require-pod-memory-request", { "c.resources.requests.memory": undefined }],
  ["require-pod-memory-limit", { "c.resources.limits.memory": undefined }],
  ["require-pod-cpu-limit", { "c.resources.limits.cpu": undefined }],
  ["disallow-pod-plain-secrets", { "c.env[0]": { name: "DB_PASSWORD", value: "correct-horse-battery" } }],
  [
    "require-pod-secret-files",
    { "c.env[0]": { name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } } },
  ],
  ["disallow-pod-low-port", { "c.ports[0].containerPort": 80 }],
  ["disallow-tiller", { "c.image": "ghcr.io/helm/tiller:v2.17.0" }],
  ["disallow-pod-host-network", { hostNetwork: true }],
  ["disallow-pod-host-pid", { hostPID: true }],
  ["disallow-pod-host-ipc", { hostIPC: true }],
  ["disallow-pod-shared-processes", { shareProcessNamespace: true }],
  ["disallow-pod-host-path", { volumes: [{ name: "host", hostPath: { path: "/etc" } }] }],
  ["disallow-pod-container-socket", { volumes: [{ name: "host", hostPath: { path: "/var/run/docker.sock" } }] }],
  ["disallow-pod-volume-type", { volumes: [{ name: "files", nfs: { server: "nfs.example.com", path: "/" } }] }],
  ["require-pod-without-token", { automountServiceAccountToken: undefined }],
  ["require-pod-service-account", { serviceAccountName: undefined }],
  ["disallow-pod-unsafe-sysctl", { securityContext: { sysctls: [{ name: "kernel.msgmax", value: "65536" }] } }],
  ["disallow-pod-host-aliases", { hostAliases: [{ ip: "10.0.0.1", hostnames: ["db"] }] }],
  ["disallow-pod-host-process", { securityContext: { windowsOptions: { hostProcess: true } } }],
  ["disallow-pod-selinux-options", { securityContext: { seLinuxOptions: { type: "spc_t" } } }],
  ["require-pod-small-scratch", { "c.resources.limits.ephemeral-storage": undefined }],
];

const LASTING_WRONG: typeof WRONG = [
  ["require-pod-liveness-probe", { "c.livenessProbe": undefined }],
  ["require-pod-readiness-probe", { "c.readinessProbe": undefined }],
];

const METADATA: typeof WRONG = [
  ["disallow-default-namespace", { "metadata.namespace": undefined }],
  ["disallow-default-namespace", { "metadata.namespace": "default" }],
  ["disallow-system-namespace", { "metadata.namespace": "kube-system" }],
];

const metadata = (name: string) => ({ name, namespace: "orders" });
const selector = { matchLabels: { app: "orders" } };
const template = (lasting: boolean) => ({ metadata: { labels: { app: "orders" } }, spec: pod(lasting) });

/** The cases of a kind that makes pods, whose specification stands at a path. */
function podKind(type: string, at: string, right: Readonly<Record<string, unknown>>): Case {
  const lasting = !type.includes(":batch/");
  const moved = (change: Change): Change =>
    Object.fromEntries(
      Object.entries(change).map(([path, value]) => [
        path.startsWith("c.") ? `${at}.containers[0].${path.slice(2)}` : `${at}.${path}`,
        value,
      ]),
    );
  return {
    type,
    right,
    wrong: [
      ...[...WRONG, ...(lasting ? LASTING_WRONG : [])].map(([rule, change]) => [rule, moved(change)] as const),
      ...METADATA,
    ],
  };
}

const role = (type: string): Case => {
  const rule = (resources: readonly string[], verbs: readonly string[]): Change => ({
    rules: [{ apiGroups: [""], resources, verbs }],
  });
  return {
    type,
    right: {
      metadata: metadata("reader"),
      rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list"] }],
    },
    wrong: [
      ...(type.endsWith(":Role")
        ? ([["disallow-default-namespace", { "metadata.namespace": "default" }]] as const)
        : []),
      ["disallow-secret-right", rule(["secrets"], ["get"])],
      ["disallow-pod-execution-right", rule(["pods/exec"], ["create"])],
      ["disallow-escalation-right", rule(["roles"], ["escalate"])],
      ["disallow-role-change-right", rule(["rolebindings"], ["create"])],
      ["disallow-impersonation-right", rule(["users"], ["impersonate"])],
      ["disallow-token-request-right", rule(["serviceaccounts/token"], ["create"])],
      ["disallow-node-proxy-right", rule(["nodes/proxy"], ["get"])],
      ["disallow-certificate-approval-right", rule(["certificatesigningrequests/approval"], ["update"])],
      ["disallow-admission-change-right", rule(["mutatingwebhookconfigurations"], ["patch"])],
      ["disallow-log-deletion-right", rule(["pods/log"], ["delete"])],
      ["disallow-workload-creation-right", rule(["pods"], ["create"])],
      ["disallow-network-change-right", rule(["networkpolicies"], ["delete"])],
      ["disallow-configuration-change-right", rule(["configmaps"], ["update"])],
      ["disallow-volume-creation-right", rule(["persistentvolumes"], ["create"])],
      ["disallow-wildcard-verb-right", rule(["configmaps"], ["*"])],
      ["disallow-wildcard-resource-right", rule(["*"], ["get"])],
      ["disallow-wildcard-group-right", { rules: [{ apiGroups: ["*"], resources: ["configmaps"], verbs: ["get"] }] }],
    ],
  };
};

const binding = (type: string): Case => ({
  type,
  right: {
    metadata: metadata("readers"),
    roleRef: {
      apiGroup: "rbac.authorization.k8s.io",
      kind: type.endsWith(":RoleBinding") ? "Role" : "ClusterRole",
      name: "reader",
    },
    subjects: [{ kind: "ServiceAccount", name: "orders", namespace: "orders" }],
  },
  wrong: [
    ["disallow-administrator-binding", { "roleRef.kind": "ClusterRole", "roleRef.name": "cluster-admin" }],
    ...(type.endsWith(":ClusterRoleBinding")
      ? ([["disallow-cluster-wide-edit-binding", { "roleRef.kind": "ClusterRole", "roleRef.name": "edit" }]] as const)
      : []),
    [
      "disallow-anonymous-binding",
      { subjects: [{ kind: "Group", name: "system:unauthenticated", apiGroup: "rbac.authorization.k8s.io" }] },
    ],
    ["disallow-default-account-binding", { "subjects[0].name": "default" }],
  ],
});

/** A pod that a wrong Service selects. */
function tilled(one: Case): Case {
  const change = {
    "spec.containers[0].image": "ghcr.io/helm/tiller:v2.17.0",
    "metadata.labels": { app: "tiller" },
    "metadata.namespace": "orders",
  };
  return { ...one, wrong: [...one.wrong, ["disallow-tiller", change]] };
}

export const kubernetesCases: readonly Case[] = [
  tilled(podKind("kubernetes:core/v1:Pod", "spec", { metadata: metadata("pod"), spec: pod(true) })),
  {
    ...podKind("kubernetes:apps/v1:Deployment", "spec.template.spec", {
      metadata: metadata("deployment"),
      spec: { selector, template: template(true) },
    }),
  },
  podKind("kubernetes:apps/v1:ReplicaSet", "spec.template.spec", {
    metadata: metadata("replica-set"),
    spec: { selector, template: template(true) },
  }),
  podKind("kubernetes:apps/v1:StatefulSet", "spec.template.spec", {
    metadata: metadata("stateful-set"),
    spec: { serviceName: "orders", selector, template: template(true) },
  }),
  podKind("kubernetes:apps/v1:DaemonSet", "spec.template.spec", {
    metadata: metadata("daemon-set"),
    spec: { selector, template: template(true) },
  }),
  podKind("kubernetes:batch/v1:Job", "spec.template.spec", {
    metadata: metadata("job"),
    spec: { template: { spec: pod(false) } },
  }),
  podKind("kubernetes:batch/v1:CronJob", "spec.jobTemplate.spec.template.spec", {
    metadata: metadata("cron-job"),
    spec: {
      schedule: "0 3 * * *",
      startingDeadlineSeconds: 300,
      jobTemplate: { spec: { template: { spec: pod(false) } } },
    },
  }),
  podKind("kubernetes:core/v1:PodTemplate", "template.spec", {
    metadata: metadata("pod-template"),
    template: template(true),
  }),
  podKind("kubernetes:core/v1:ReplicationController", "spec.template.spec", {
    metadata: metadata("controller"),
    spec: { selector: { app: "orders" }, template: template(true) },
  }),
  role("kubernetes:rbac.authorization.k8s.io/v1:Role"),
  role("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole"),
  binding("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding"),
  binding("kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding"),
  {
    type: "kubernetes:core/v1:Service",
    right: {
      metadata: metadata("orders"),
      spec: { type: "ClusterIP", selector: { app: "orders" }, ports: [{ port: 80, targetPort: 8080 }] },
    },
    wrong: [
      ["disallow-public-service", { "spec.type": "LoadBalancer" }],
      ["disallow-public-service", { "spec.type": "LoadBalancer", "spec.loadBalancerSourceRanges": ["0.0.0.0/0"] }],
      ["disallow-external-ips", { "spec.externalIPs": ["203.0.113.7"] }],
      ["disallow-node-port", { "spec.type": "NodePort" }],
      ["disallow-tiller-service", { "spec.selector": { app: "tiller" }, "metadata.namespace": "orders" }],
      ...METADATA,
    ],
  },
  {
    type: "kubernetes:networking.k8s.io/v1:Ingress",
    right: {
      metadata: metadata("shop"),
      spec: {
        tls: [{ hosts: ["shop.example.com"], secretName: "shop-tls" }],
        rules: [
          {
            host: "shop.example.com",
            http: {
              paths: [
                { path: "/", pathType: "Prefix", backend: { service: { name: "orders", port: { number: 80 } } } },
              ],
            },
          },
        ],
      },
    },
    wrong: [
      ["require-ingress-tls", { "spec.tls": undefined }],
      ["require-ingress-host", { "spec.rules[0].host": undefined }],
      [
        "disallow-ingress-snippet",
        { "metadata.annotations": { "nginx.ingress.kubernetes.io/server-snippet": "return 200;" } },
      ],
      ["disallow-default-namespace", { "metadata.namespace": "default" }],
    ],
  },
  {
    type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    right: {
      metadata: metadata("default-deny"),
      spec: {
        podSelector: {},
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: [{ podSelector: selector }] }],
        egress: [{ to: [{ podSelector: selector }] }],
      },
    },
    wrong: [
      ["disallow-open-network-policy", { "spec.ingress": [{}] }],
      ["disallow-open-network-policy", { "spec.ingress": [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] }],
      ["disallow-open-network-policy-egress", { "spec.egress": [{}] }],
    ],
  },
  {
    type: "kubernetes:core/v1:ConfigMap",
    right: { metadata: metadata("settings"), data: { LOG_LEVEL: "info" } },
    wrong: [
      ["disallow-config-map-secret", { "data.DB_PASSWORD": "correct-horse-battery" }],
      ["disallow-default-namespace", { "metadata.namespace": undefined }],
    ],
  },
  {
    type: "kubernetes:core/v1:Secret",
    right: { metadata: metadata("db"), stringData: { password: "x" } },
    wrong: [["disallow-default-namespace", { "metadata.namespace": undefined }]],
  },
  {
    type: "kubernetes:core/v1:ServiceAccount",
    right: { metadata: metadata("orders"), automountServiceAccountToken: false },
    wrong: [
      ["require-service-account-without-token", { automountServiceAccountToken: undefined }],
      ["disallow-default-namespace", { "metadata.namespace": undefined }],
    ],
  },
  {
    type: "kubernetes:core/v1:Namespace",
    right: { metadata: { name: "shop", labels: { "pod-security.kubernetes.io/enforce": "restricted" } } },
    wrong: [["require-namespace-pod-security", { "metadata.labels": undefined }]],
  },
  {
    type: "kubernetes:core/v1:PersistentVolume",
    right: {
      metadata: { name: "disk" },
      spec: {
        capacity: { storage: "1Gi" },
        accessModes: ["ReadWriteOnce"],
        csi: { driver: "ebs.csi.aws.com", volumeHandle: "vol-0aaaaaaaaaaaaaaaa" },
      },
    },
    wrong: [["disallow-host-path-volume-claim", { "spec.csi": undefined, "spec.hostPath": { path: "/data" } }]],
  },
  {
    type: "kubernetes:storage.k8s.io/v1:StorageClass",
    right: {
      metadata: { name: "fast" },
      provisioner: "ebs.csi.aws.com",
      parameters: { type: "gp3", encrypted: "true" },
    },
    wrong: [["require-storage-class-encryption", { "parameters.encrypted": undefined }]],
  },
];

const spread = {
  ...template(true),
  spec: {
    ...pod(true),
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "kubernetes.io/hostname",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: selector,
      },
    ],
  },
};
const NO_SPREAD = { "spec.template.spec.topologySpreadConstraints": undefined };

/** What only some kinds have: a number of pods, a schedule. */
export const kindCases: readonly Case[] = [
  {
    type: "kubernetes:apps/v1:Deployment",
    right: { metadata: metadata("deployment"), spec: { selector, replicas: 2, template: spread } },
    wrong: [
      ["require-deployment-replicas", { "spec.replicas": 1 }],
      ["require-pod-spread", { ...NO_SPREAD, "spec.replicas": 3 }],
    ],
  },
  {
    type: "kubernetes:apps/v1:StatefulSet",
    right: {
      metadata: metadata("stateful-set"),
      spec: { serviceName: "orders", selector, replicas: 3, template: spread },
    },
    wrong: [["require-pod-spread", NO_SPREAD]],
  },
  {
    type: "kubernetes:batch/v1:CronJob",
    right: {
      metadata: metadata("cron-job"),
      spec: {
        schedule: "0 3 * * *",
        startingDeadlineSeconds: 300,
        jobTemplate: { spec: { template: { spec: pod(false) } } },
      },
    },
    wrong: [["require-cron-deadline", { "spec.startingDeadlineSeconds": undefined }]],
  },
];
