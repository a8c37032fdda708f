// A plan with what Kubernetes adds to it: the cluster, the namespace, the resources that it needs. Pure.
import { mebibytes, type Size } from "../../../components/kit/units";
import type { Thing } from "../../model/edges";
import { nodesOf } from "../../model/lookup";
import type { MigrationPlan, Plan, ServicePlan } from "../../model/plan";
import type { KubernetesSettings } from "./settings";

/** A plan for one cluster. */
export interface KubernetesPlan extends Plan {
  readonly cluster: KubernetesSettings;
  /** Namespace of everything: `<system>-<environment>`. */
  readonly namespace: string;
}

/** Adds to a plan what follows from the settings of a stack on Kubernetes, which have been checked. */
export function onKubernetes(plan: Plan, cluster: KubernetesSettings): KubernetesPlan {
  const namespace = `${plan.system}-${plan.environment.name}`;
  const nodes = cacheNodesOf(plan.environment);
  const words = {
    frontDoor: "gateway",
    database: "PostgreSQL",
    cache: nodes === 1 ? "Valkey, 1 node" : `Valkey, ${nodes} nodes`,
  };
  return { ...plan, words, place: `${cluster.context}, namespace ${namespace}`, cluster, namespace };
}

/** Nodes of the cache: Sentinel needs three to choose a new primary. */
export const cacheNodesOf = ({ cache }: Plan["environment"]): 1 | 3 => (cache.nodes > 1 ? 3 : 1);

/** Whether services send traces to a collector of the stack. */
export const isTraced = ({ tracing, cluster }: Pick<KubernetesPlan, "tracing" | "cluster">): boolean =>
  tracing !== undefined && cluster.collector !== undefined;

/** Labels of everything in the namespace of a stack. */
export const labelsOf = ({ system, environment }: Pick<Plan, "system" | "environment">): Record<string, string> => ({
  "app.kubernetes.io/part-of": system,
  "app.kubernetes.io/managed-by": "pulumi",
  "archipelago/environment": environment.name,
});

/** Name of a thing in `archipelago:leaveOut`. */
export const nameOf = ({ kind, name }: Thing): string => `${kind}.${name}`;

/** Whether the stack leaves a thing out by name. */
export function isLeftOut(thing: Thing, { leaveOut = {} }: LeftOut): boolean {
  return Object.hasOwn(leaveOut, nameOf(thing));
}
interface LeftOut {
  readonly leaveOut?: KubernetesSettings["leaveOut"] | undefined;
}

/** A plan without what the stack leaves out by name, and without the edges to it. */
export function withoutLeftOut(plan: Plan, own: LeftOut): Plan {
  const gone = (thing: Thing): boolean => isLeftOut(thing, own);
  const left = plan.nodes.filter(gone);
  const isFrom = (from: string): boolean => left.some(({ kind, name }) => kind === "entrance" && name === from);
  return {
    ...plan,
    nodes: plan.nodes.filter((node) => !gone(node)),
    edges: plan.edges.filter(({ from, to }) => !gone(to) && !isFrom(from)),
  };
}

/** What pods need together. */
export interface Demand {
  /** Thousandths of a CPU. */
  readonly millicpu: number;
  /** MiB. */
  readonly memory: number;
  readonly pods: number;
  /** MiB of volumes. */
  readonly storage: number;
}

/** What each kind of store, and the collector, needs at most, with one more pod for an update or a job beside it. */
const STORES: Readonly<Record<string, Demand>> = {
  database: { millicpu: 8000, memory: 16_384, pods: 8, storage: 1_048_576 },
  cache: { millicpu: 4000, memory: 8192, pods: 8, storage: 65_536 },
  collector: { millicpu: 600, memory: 768, pods: 3, storage: 0 },
  messaging: { millicpu: 4000, memory: 8192, pods: 6, storage: 65_536 },
};

/** Most that the plan's pods can have together: every service at its upper bound, within a rolling update. */
export function demandOf(plan: Pick<KubernetesPlan, "services" | "nodes" | "tracing" | "cluster">): Demand {
  const { nodes } = plan;
  const channels = nodes.some(({ kind }) => kind === "queue" || kind === "topic");
  const stores = [
    ...nodes.map(({ kind }) => kind),
    ...(channels ? ["messaging"] : []),
    ...(isTraced(plan) ? ["collector"] : []),
  ];
  return sumOf([workloadDemandOf(plan), ...stores.flatMap((kind) => STORES[kind] ?? [])]);
}

/** The same without stores: services, their migrations and jobs. */
export function workloadDemandOf({ services, nodes }: Pick<Plan, "services" | "nodes">): Demand {
  const migrations = new Map(nodesOf({ nodes }, "database").map(({ owner, migration }) => [owner, migration]));
  return sumOf([
    ...services.map((service) => serviceDemand(service, migrations.get(service.name))),
    ...nodesOf({ nodes }, "job").flatMap(({ runs }) => ("task" in runs ? [podDemand(runs.task)] : [])),
  ]);
}

function sumOf(demands: readonly Demand[]): Demand {
  return demands.reduce(
    (sum, { millicpu, memory, pods, storage }) => ({
      millicpu: sum.millicpu + millicpu,
      memory: sum.memory + memory,
      pods: sum.pods + pods,
      storage: sum.storage + storage,
    }),
    { millicpu: 0, memory: 0, pods: 0, storage: 0 },
  );
}

/** A service at its largest: a quarter more pods while they are replaced, and its migration. */
function serviceDemand(service: ServicePlan, migration: MigrationPlan | undefined): Demand {
  const { max } = service.scaling;
  return sumOf([podDemand(service, max + Math.ceil(max / 4)), ...(migration ? [podDemand(migration)] : [])]);
}

/** Pods of one size. */
function podDemand({ cpu, memory }: { readonly cpu: number; readonly memory: Size }, pods = 1): Demand {
  const millicpu = Math.ceil((cpu * 1000) / 1024);
  return { millicpu: millicpu * pods, memory: (mebibytes(memory) ?? 0) * pods, pods, storage: 0 };
}
