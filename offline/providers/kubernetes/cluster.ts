// What stands in a cluster, or will when a run has ended: named objects, and the pods that workloads make.
import type { Neighbour, Surroundings } from "../core/rules";
import { isObject, text, UNKNOWN, type Value, type Values } from "../core/values";
import { inner, items, kindOf, podOf } from "./shapes";

/** A pod that a workload makes. */
export interface Pod {
  /** `Deployment "a"`. */
  readonly by: string;
  /** Undefined where only the deployment will tell. */
  readonly labels: Values | undefined;
  /** Names of its containers' ports; undefined where they are not known. */
  readonly ports: readonly string[] | undefined;
}

const WORKLOADS = [
  ...["apps/v1:Deployment", "apps/v1:StatefulSet", "apps/v1:DaemonSet", "apps/v1:ReplicaSet"],
  ...["core/v1:Pod", "core/v1:ReplicationController", "batch/v1:Job", "batch/v1:CronJob"],
].map((type) => `kubernetes:${type}`);

/** Groups that the API server itself serves. */
const BUILT_IN = /^kubernetes:(core|apps|batch|policy|autoscaling|[\w.]+\.k8s\.io)\/(?!.*gateway)/;
/** Custom objects that make no pods. */
const PODLESS =
  /(Monitor|Rule|Route|Gateway|Policy|Issuer|Certificate|Secret|SecretStore|Authentication|Binding|Middleware|Autoscaler|ScaledObject|VirtualService|Class|Config|Peer)$/;

/** The namespace of an object; undefined while it is unknown. */
export function namespaceOf({ type, inputs }: Pick<Neighbour, "type" | "inputs">): string | undefined {
  const given = kindOf(type) === "Release" ? inputs.namespace : inner(inputs, "metadata").namespace;
  if (inputs.metadata === UNKNOWN || given === UNKNOWN) return undefined;
  return text(given) ?? "default";
}

const nameOf = ({ inputs }: Neighbour): string | undefined => {
  const name = text(inner(inputs, "metadata").name);
  return name === UNKNOWN ? undefined : name;
};

const clusters = new WeakMap<Surroundings, Cluster>();

/** The cluster of a run, looked at once however many objects are judged. */
export function clusterOf(around: Surroundings): Cluster {
  const known = clusters.get(around) ?? new Cluster(around);
  clusters.set(around, known);
  return known;
}

/** A cluster as it will be. */
export class Cluster {
  private readonly podsIn = new Map<string, readonly Pod[]>();
  private readonly customsIn = new Map<string, readonly Neighbour[]>();
  private readonly labelled = new Map<string, ReadonlyMap<string, readonly Pod[]>>();
  private readonly named = new Map<string, ReadonlyMap<string, Neighbour>>();

  constructor(private readonly around: Surroundings) {}

  /** The object of a name; `maybe` where one with an unknown name, or a chart, may turn out to be it. */
  find(type: string, name: string, namespace?: string): Neighbour | "maybe" | undefined {
    const known = this.around.get(type, namespace === undefined ? name : `${namespace}/${name}`);
    if (known) return known;
    const unnamed = this.around
      .told(type)
      .some((other) => nameOf(other) === undefined && this.mayBeIn(other, namespace));
    return unnamed || this.hasChart(namespace) ? "maybe" : undefined;
  }

  /** Whether a custom object in a namespace speaks of a name, as a Certificate speaks of the Secret that it makes. */
  isSpokenOf(name: string, namespace: string): boolean {
    return this.customs(namespace).some(({ inputs }) => JSON.stringify(inputs).includes(JSON.stringify(name)));
  }

  /** Whether pods may come from somewhere that nobody here can read. */
  hasOtherMakers(namespace: string): boolean {
    return this.hasChart(namespace) || this.customs(namespace).some(({ type }) => !PODLESS.test(kindOf(type)));
  }

  /** The pods that workloads of a namespace make. */
  pods(namespace: string): readonly Pod[] {
    const pods =
      this.podsIn.get(namespace) ??
      WORKLOADS.flatMap((type) =>
        this.around
          .all(type)
          .filter((workload) => this.mayBeIn(workload, namespace))
          .map(podMadeBy),
      );
    this.podsIn.set(namespace, pods);
    return pods;
  }

  /** The pods that may have a label: those that have it, and those whose labels are not known. */
  podsWith(namespace: string, label: readonly [key: string, value: Value]): readonly Pod[] {
    const [key, value] = label;
    const index = this.labelled.get(namespace) ?? byLabel(this.pods(namespace));
    this.labelled.set(namespace, index);
    return [pairOf(key, value), pairOf(key, UNKNOWN), HIDDEN].flatMap((pair) => index.get(pair) ?? []);
  }

  /** The first object that the run has told of under a type, a namespace and a name. */
  first(type: string, namespace: string, name: string): Neighbour | undefined {
    const index = this.named.get(type) ?? this.firstByName(type);
    this.named.set(type, index);
    return index.get(`${namespace}/${name}`);
  }

  private firstByName(type: string): ReadonlyMap<string, Neighbour> {
    const index = new Map<string, Neighbour>();
    for (const object of this.around.told(type)) {
      const key = `${namespaceOf(object) ?? ""}/${nameOf(object) ?? ""}`;
      if (!index.has(key)) index.set(key, object);
    }
    return index;
  }

  private hasChart(namespace: string | undefined): boolean {
    return this.around
      .told("kubernetes:helm.sh/v3:Release")
      .some((release) => namespace === undefined || this.mayBeIn(release, namespace));
  }

  private customs(namespace: string): readonly Neighbour[] {
    const customs =
      this.customsIn.get(namespace) ??
      this.around.told().filter((other) => !BUILT_IN.test(other.type) && this.mayBeIn(other, namespace));
    this.customsIn.set(namespace, customs);
    return customs;
  }

  private mayBeIn(other: Neighbour, namespace: string | undefined): boolean {
    const theirs = namespaceOf(other);
    return namespace === undefined || theirs === undefined || theirs === namespace;
  }
}

/** Among labels, pods whose labels only the deployment will tell. */
const HIDDEN = "";
const pairOf = (key: string, value: Value): string => `${key}=${JSON.stringify(value)}`;

function byLabel(pods: readonly Pod[]): ReadonlyMap<string, readonly Pod[]> {
  const index = new Map<string, Pod[]>();
  for (const pod of pods) {
    const pairs = pod.labels ? Object.entries(pod.labels).map(([key, value]) => pairOf(key, value)) : [HIDDEN];
    for (const pair of pairs) {
      const others = index.get(pair);
      if (others) others.push(pod);
      else index.set(pair, [pod]);
    }
  }
  return index;
}

function podMadeBy(workload: Neighbour): Pod {
  const pod = podOf(workload);
  const template = (pod?.at ?? "spec").replace(/\.?spec$/, "");
  const metadata = inner(workload.inputs, template === "" ? "metadata" : `${template}.metadata`);
  const hidden = [workload.inputs.spec, inner(workload.inputs, "spec").template, metadata.labels].includes(UNKNOWN);
  const labels = isObject(metadata.labels) ? metadata.labels : {};
  const named = (pod ? [...items(pod, "containers"), ...items(pod, "initContainers")] : []).flatMap((container) =>
    items(container, "ports").flatMap(({ value }) => text(value.name) ?? []),
  );
  return {
    by: `${kindOf(workload.type)} "${nameOf(workload) ?? "?"}"`,
    labels: hidden ? undefined : labels,
    ports: named.includes(UNKNOWN) ? undefined : named,
  };
}
