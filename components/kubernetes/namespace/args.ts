// What a namespace takes and what it offers.
import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Size, Transform } from "../../kit";
import type { Labels, NetworkPolicyTransform } from "../kit";

/** Arguments of {@link Namespace}. */
export interface NamespaceArgs {
  /** Most that all pods of the namespace may have together. */
  readonly quota: QuotaSettings;
  /** Requests and limits of a container without its own (LimitRange). @default 100 thousandths of a CPU, "128 MiB", "1 GiB" of disk */
  readonly containerDefaults?: ContainerDefaults;
  /** Whether the engine refuses to delete the namespace, with all volumes in it. @default true */
  readonly protectData?: boolean;
  /** Labels of the namespace and its objects (`app.kubernetes.io/part-of: shop`). @default none */
  readonly labels?: Labels;
  /** @default every child as described */
  readonly transform?: NamespaceTransforms;
}

/** Most of each resource; requests and limits alike. */
export interface QuotaSettings {
  /** Thousandths of a CPU. */
  readonly millicpu: number;
  readonly memory: Size;
  readonly pods: number;
  /** Volumes together. @default no limit */
  readonly storage?: Size;
}

/** Sizes of a container. */
export interface ContainerDefaults {
  /** Thousandths of a CPU. */
  readonly millicpu: number;
  readonly memory: Size;
  /** Of the node's own disk. */
  readonly disk: Size;
}

/** One slot a child. */
export interface NamespaceTransforms {
  readonly namespace?: Transform<kubernetes.core.v1.NamespaceArgs>;
  readonly quota?: Transform<kubernetes.core.v1.ResourceQuotaArgs>;
  readonly limits?: Transform<kubernetes.core.v1.LimitRangeArgs>;
  readonly networkPolicy?: NetworkPolicyTransform;
}

/** What {@link Namespace} offers. */
export interface NamespaceOutputs {
  /** Name of the namespace, known once it is closed: pods that wait for it start behind the policy that denies all. */
  readonly namespace: pulumi.Output<string>;
}
