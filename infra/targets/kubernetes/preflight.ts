// What a cluster must have so that a plan can come up on it. All that it lacks is said at once, before anything is created.
import { setTimeout as pause } from "node:timers/promises";
import { InvalidInput, type Problem } from "../../../components/kit/problems";
import type { Ask } from "./cluster-client";

/** What a plan needs of its cluster. */
export interface Needs {
  readonly context: string;
  /** uid of the namespace kube-system. @default any cluster */
  readonly clusterId?: string;
  /** API groups with a version, each with what brings it. */
  readonly apis: readonly NeededApi[];
  /** @default the default StorageClass; undefined with `storage: false`: none */
  readonly storageClass?: string;
  /** Whether something needs a volume. */
  readonly storage: boolean;
  readonly gatewayClass?: string;
  /** Controller that the GatewayClass has (`spec.controllerName`). @default any */
  readonly gatewayController?: string;
  /** ClusterIssuer of cert-manager. */
  readonly clusterIssuer?: string;
  /** Processors of the images: `amd64`, `arm64`. */
  readonly architectures: readonly string[];
  /** Seconds in which classes of custom resources are looked for. @default 10 */
  readonly patience?: number;
}

/** An API that something in the plan is an object of. */
export interface NeededApi {
  /** `cert-manager.io` */
  readonly group: string;
  /** `v1` */
  readonly version: string;
  /** What brings it, and for what: `cert-manager 1.12 or later (certificates)`. */
  readonly broughtBy: string;
}

/** What was found. */
export interface Findings {
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
}

/**
 * Kubernetes 1.30: from then on `preStop.sleep`, `unhealthyPodEvictionPolicy` and `matchLabelKeys` of spread constraints are there by default
 * (https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/).
 */
const OLDEST = 30;

/** DaemonSets of what enforces NetworkPolicies. On EKS, GKE and AKS it may be part of the control plane's own settings instead. */
const ENFORCERS =
  /^(?:calico-node|cilium|antrea-agent|kube-router|canal|weave-net|anetd|azure-npm|ovnkube-node|rke2-canal)$/;

/**
 * Asks a cluster for everything that a plan needs.
 *
 * @throws InvalidInput with everything that it lacks
 */
export async function preflight(ask: Ask, needs: Needs): Promise<readonly string[]> {
  const { problems, warnings } = await examineCluster(ask, needs);
  if (problems.length > 0) throw new InvalidInput(`the cluster of the context "${needs.context}"`, problems);
  return warnings;
}

/** What a cluster lacks, and what is worth knowing of it. */
export async function examineCluster(ask: Ask, needs: Needs): Promise<Findings> {
  const answers = await Promise.all([
    versionProblems(ask),
    identityProblems(ask, needs),
    apiProblems(ask, needs),
    storageProblems(ask, needs),
    gatewayProblems(ask, needs),
    issuerProblems(ask, needs),
    nodeProblems(ask, needs),
  ]);
  return { problems: answers.flat(), warnings: await networkPolicyWarnings(ask) };
}

async function versionProblems(ask: Ask): Promise<Problem[]> {
  const { gitVersion, major, minor } = (await ask("version")).body as Readonly<Record<string, string | undefined>>;
  const number = Number.parseInt(minor ?? "", 10);
  if (major === "1" && number >= OLDEST) return [];
  return [
    {
      path: "version",
      value: gitVersion,
      allowed: `Kubernetes 1.${OLDEST} or later`,
      remedy: "upgrade the cluster: pods are stopped without lost requests by what 1.30 has",
    },
  ];
}

/** As an account is held to its number: the same context may lead to another cluster tomorrow. */
async function identityProblems(ask: Ask, { clusterId }: Needs): Promise<Problem[]> {
  if (clusterId === undefined) return [];
  const { body } = await ask("api/v1/namespaces/kube-system");
  const { uid } = (body as { readonly metadata?: { readonly uid?: string } }).metadata ?? {};
  if (uid === clusterId) return [];
  return [
    {
      path: "archipelago:clusterId",
      value: clusterId,
      allowed: `the uid of the cluster's namespace kube-system, which is ${uid ?? "not readable"}`,
      remedy: "name the context of the right cluster, or correct the identity",
    },
  ];
}

async function apiProblems(ask: Ask, { apis }: Needs): Promise<Problem[]> {
  const { body } = await ask("apis");
  const { groups = [] } = body as {
    readonly groups?: readonly { readonly name: string; readonly versions: readonly { readonly version: string }[] }[];
  };
  return apis.flatMap(({ group, version, broughtBy }) => {
    const versions = groups.find(({ name }) => name === group)?.versions.map((each) => each.version) ?? [];
    if (versions.includes(version)) return [];
    return [
      {
        path: `${group}/${version}`,
        value: versions.length === 0 ? "not there" : versions.join(", "),
        allowed: `${group}/${version}`,
        remedy: `install ${broughtBy}`,
      },
    ];
  });
}

interface Listed {
  readonly metadata: {
    readonly name: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: { readonly controllerName?: string };
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
  };
}

/** Lists objects. An API server that has just started serves custom resources some seconds later: it is asked again. */
async function list(ask: Ask, path: string, patience = 0): Promise<readonly Listed[]> {
  for (let attempt = 0; ; attempt += 1) {
    const { status, body } = await ask(path);
    if (status === 200) return (body as { readonly items?: readonly Listed[] }).items ?? [];
    if (status === FORBIDDEN || attempt >= patience) return [];
    await pause(1000);
  }
}

const FORBIDDEN = 403;
async function storageProblems(ask: Ask, { storage, storageClass }: Needs): Promise<Problem[]> {
  if (!storage) return [];
  const classes = await list(ask, "apis/storage.k8s.io/v1/storageclasses");
  const isDefault = ({ metadata: { annotations = {} } }: Listed): boolean =>
    annotations["storageclass.kubernetes.io/is-default-class"] === "true";
  const names = namesOf(classes);
  if (storageClass === undefined ? classes.some(isDefault) : names.includes(storageClass)) return [];
  return [
    {
      path: "archipelago:storageClass",
      value: storageClass,
      allowed:
        storageClass === undefined ? `one of ${oneOf(names)}: the cluster has no default` : `one of ${oneOf(names)}`,
      remedy: "name a StorageClass of the cluster: kubectl get storageclass",
    },
  ];
}

async function gatewayProblems(
  ask: Ask,
  { gatewayClass, gatewayController, patience = 10 }: Needs,
): Promise<Problem[]> {
  if (gatewayClass === undefined) return [];
  const classes = await list(ask, "apis/gateway.networking.k8s.io/v1/gatewayclasses", patience);
  const found = classes.find(({ metadata: { name } }) => name === gatewayClass);
  const refused = found?.status?.conditions?.find(({ type, status }) => type === "Accepted" && status === "False");
  const controller = found?.spec?.controllerName;
  if (found !== undefined && gatewayController !== undefined && controller !== gatewayController)
    return [
      {
        path: "archipelago:gatewayImplementation",
        value: controller,
        allowed: `the controller ${gatewayController} for the GatewayClass ${gatewayClass}: another controller ignores the policies, and no request is checked`,
        remedy: "name a GatewayClass of this implementation, or remove the key",
      },
    ];
  if (found !== undefined && refused === undefined) return [];
  return [
    {
      path: "archipelago:gatewayClass",
      value: gatewayClass,
      allowed:
        found === undefined
          ? `one of ${oneOf(namesOf(classes))}`
          : `a class that its controller accepts: ${refused?.message ?? ""}`,
      remedy:
        "name a GatewayClass of the cluster (kubectl get gatewayclass), or install a gateway such as Envoy Gateway",
    },
  ];
}

async function issuerProblems(ask: Ask, { clusterIssuer, patience = 10 }: Needs): Promise<Problem[]> {
  if (clusterIssuer === undefined) return [];
  const issuers = namesOf(await list(ask, "apis/cert-manager.io/v1/clusterissuers", patience));
  if (issuers.includes(clusterIssuer)) return [];
  return [
    {
      path: "archipelago:clusterIssuer",
      value: clusterIssuer,
      allowed: `one of ${oneOf(issuers)}`,
      remedy: "name a ClusterIssuer of the cluster: kubectl get clusterissuer",
    },
  ];
}

async function nodeProblems(ask: Ask, { architectures }: Needs): Promise<Problem[]> {
  const nodes = await list(ask, "api/v1/nodes");
  const ready = nodes.filter(({ status }) =>
    status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True"),
  );
  const there = new Set(ready.map(({ metadata }) => metadata.labels?.["kubernetes.io/arch"] ?? ""));
  // A cluster that makes nodes when pods ask for them may have none yet.
  if (nodes.length === 0) return [];
  return architectures
    .filter((architecture) => !there.has(architecture))
    .map((architecture) => ({
      path: "nodes",
      value: [...there].join(", "),
      allowed: `a ready node with kubernetes.io/arch=${architecture}, which images of the system are made for`,
      remedy: "add such nodes, or say another architecture in the description",
    }));
}

/** No API says whether NetworkPolicies hold: a cluster takes them all and may enforce none. */
async function networkPolicyWarnings(ask: Ask): Promise<string[]> {
  const daemons = namesOf(await list(ask, "apis/apps/v1/daemonsets"));
  const aws = daemons.includes("aws-node");
  if (daemons.some((name) => ENFORCERS.test(name))) return [];
  const where = aws
    ? "the VPC CNI enforces them only with enableNetworkPolicy"
    : "no DaemonSet of Calico, Cilium or another known network plugin was found";
  return [
    `NetworkPolicies may not be enforced in this cluster: ${where}. Without it every pod can reach every other. Try it: docs/kubernetes.md says how.`,
  ];
}

function namesOf(objects: readonly Listed[]): string[] {
  return objects.map(({ metadata: { name } }) => name);
}

function oneOf(names: readonly string[]): string {
  return names.length === 0 ? "none: there is none" : names.join(", ");
}
