// What must be there when a run has ended. Objects come into being in any order: a Service may be made before its Deployment, and
// a pod waits for its ConfigMap. So nothing of this is refused at create; when the program has ended, all of it is known.
import { nameOf } from "../core/birth";
import type { Failure } from "../core/check";
import type { Neighbour, PackageRules } from "../core/rules";
import { text } from "../core/values";
import { type Cluster, clusterOf, namespaceOf } from "./cluster";
import { naming } from "./named";
import { ALWAYS } from "./namespaces";
import { selecting } from "./selectors";
import { inner, kindOf } from "./shapes";

const NAMESPACE = "kubernetes:core/v1:Namespace";

export const expects: NonNullable<PackageRules["expects"]> = function* (object, around): Iterable<Failure> {
  const kind = kindOf(object.type);
  if (kind.endsWith("Patch") || kind.endsWith("List") || kind === "Release") return;
  const namespace = namespaceOf(object);
  if (namespace === undefined) return;
  const cluster = clusterOf(around);
  yield* twice(object, namespace, cluster);
  if (!ALWAYS.has(namespace) && cluster.find(NAMESPACE, namespace) === undefined)
    yield {
      property: "metadata.namespace",
      reason: `no Namespace "${namespace}" exists or is made by this run: create it, or name one that exists`,
    };
  yield* naming(object, namespace, cluster);
  yield* selecting(object, namespace, cluster);
};

/** A preview finds only here that two resources of one run are one object; an update is refused the second. */
function* twice({ type, urn, inputs }: Neighbour, namespace: string, cluster: Cluster): Iterable<Failure> {
  const name = text(inner(inputs, "metadata").name);
  if (name === undefined) return;
  const first = cluster.first(type, namespace, name);
  if (first === undefined || first.urn === urn) return;
  yield {
    property: "metadata.name",
    reason: `"${name}" is what the resource "${nameOf(first.urn)}" makes in namespace "${namespace}": give one of them another name`,
  };
}
