// What must be there when a run has ended. Objects come into being in any order: a Service may be made before its Deployment, and
// a pod waits for its ConfigMap. So nothing of this is refused at create; when the program has ended, all of it is known.
import type { Failure } from "../core/check";
import type { PackageRules } from "../core/rules";
import { Cluster, namespaceOf } from "./cluster";
import { naming } from "./named";
import { ALWAYS } from "./namespaces";
import { selecting } from "./selectors";
import { kindOf } from "./shapes";

const NAMESPACE = "kubernetes:core/v1:Namespace";

export const expects: NonNullable<PackageRules["expects"]> = function* (object, around): Iterable<Failure> {
  const kind = kindOf(object.type);
  if (kind.endsWith("Patch") || kind.endsWith("List") || kind === "Release") return;
  const namespace = namespaceOf(object);
  if (namespace === undefined) return;
  const cluster = new Cluster(around);
  if (!ALWAYS.has(namespace) && cluster.find(NAMESPACE, namespace) === undefined)
    yield {
      property: "metadata.namespace",
      reason: `no Namespace "${namespace}" exists or is made by this run: create it, or name one that exists`,
    };
  yield* naming(object, namespace, cluster);
  yield* selecting(object, namespace, cluster);
};
