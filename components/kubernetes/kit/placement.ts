// Namespace, names and labels of a component's objects.
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { InvalidInput } from "../../kit";

/** Labels of an object. */
export type Labels = Readonly<Record<string, string>>;

/** A namespace and the labels that all objects in it have. */
export interface Placement {
  /** Name of a namespace that exists, or the output of the component {@link Namespace}: then everything waits for it. */
  readonly namespace: pulumi.Input<string>;
  /** Labels of every object (`app.kubernetes.io/part-of: shop`). @default none */
  readonly labels?: Labels;
  /** Address of the cluster's DNS, where no pods with the label `k8s-app: kube-dns` answer, as in EKS Auto Mode. @default those pods */
  readonly dnsAddress?: string;
}

/** What a pod is part of, as the label `app.kubernetes.io/component` says it. */
export type Role = "service" | "worker" | "database" | "cache" | "messaging" | "job" | "collector";

/** Labels that select the pods of a component. Deployments and Services can't change theirs, so they are these two only. */
export function selectorOf(name: string, role: Role): Labels {
  return { "app.kubernetes.io/name": name, "app.kubernetes.io/component": role };
}

/** Metadata of an object of a component: its name, its namespace and its labels. */
export function metadataOf(
  { namespace, labels }: Placement,
  name: string,
  own: Labels = {},
): { name: string; namespace: pulumi.Input<string>; labels: Record<string, string> } {
  return { name, namespace, labels: { ...labels, ...own } };
}

/**
 * Options of a component with a provider of its own choice.
 *
 * @throws InvalidInput without one: Pulumi's default provider uses the current context of the local kubeconfig, which can be any cluster
 */
export function inCluster(
  subject: string,
  opts: pulumi.ComponentResourceOptions | undefined,
): pulumi.ComponentResourceOptions {
  const { provider, providers = [], parent } = opts ?? {};
  const given = [...(provider ? [provider] : []), ...(Array.isArray(providers) ? providers : Object.values(providers))];
  const own = given.some((one) => kubernetes.Provider.isInstance(one));
  if (own || parent?.getProvider("kubernetes:index:Provider") !== undefined) return opts ?? {};
  throw new InvalidInput(subject, [
    {
      path: "opts.provider",
      value: undefined,
      allowed: "a kubernetes.Provider, here or at a parent",
      remedy: "create one with kubeconfig and context, and pass it on: the current context may be another cluster",
    },
  ]);
}
