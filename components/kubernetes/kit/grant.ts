// A grant on Kubernetes: the variables, secrets, files and connections that a workload gets for one edge. Types only.
import type * as pulumi from "@pulumi/pulumi";
import type { Grant as AnyGrant } from "../../kit";

/** A key of a Secret in the workload's namespace. */
export interface SecretKey {
  readonly secretName: pulumi.Input<string>;
  readonly key: string;
  /**
   * Text that changes with the value, where the Secret keeps its name: pods read a variable when they start, so a new revision starts new
   * pods. A Secret that is immutable and auto-named needs none: its new name starts new pods.
   * @default pods keep the value that they started with
   */
  readonly revision?: pulumi.Input<string>;
}

/** A file of a container: a key of a Secret or of a ConfigMap. Kubernetes brings changes into a running pod within about a minute. */
export type MountedFile = SecretKey | { readonly configMapName: pulumi.Input<string>; readonly key: string };

/** Pods that a workload connects to. */
export interface PodSelector {
  /** Labels of the pods, `spec.podSelector.matchLabels` of a NetworkPolicy. Never empty. */
  readonly labels: Readonly<Record<string, string>>;
  /** Namespace of the pods; its own label `kubernetes.io/metadata.name` selects it. @default the workload's own */
  readonly namespace?: string;
}

/**
 * A TCP port that a workload may connect to. The workload makes both sides of it: an egress rule for itself, and a NetworkPolicy of its own
 * that lets it in at the selected pods. So a store has policies for its own parts only.
 */
export type Reach = {
  /** TCP port of the pods, 1–65535: NetworkPolicies apply behind the Service, so this is the container's port. */
  readonly port: number;
  /** Logical name of what is reached (`orders-db`). Policies are named after it, so it must stay the same. */
  readonly to: string;
} & (
  | {
      readonly pods: PodSelector;
      /** Whether the pods accept every workload of the namespace already, so that no ingress policy is needed. @default false */
      readonly isOpen?: boolean;
    }
  | {
      /** IPv4 range outside the cluster; `0.0.0.0/0` is the internet, from which private and link-local ranges are taken out. */
      readonly cidr: pulumi.Input<string>;
    }
  | {
      /** IPv4 ranges outside the cluster: subnets of a store, or addresses that a service publishes. At least one. */
      readonly cidrs: pulumi.Input<readonly string[]>;
    }
);

/** All that one workload gets for one thing it is connected to, and nothing else. */
export interface Grant extends Pick<AnyGrant, "environment" | "startsAfter"> {
  /** Environment variables whose values are read from Secrets when a pod starts. */
  readonly secrets?: Readonly<Record<string, SecretKey>>;
  /** Files by absolute path, read-only: certificates. Each lies in a folder that holds no file of the image. */
  readonly files?: Readonly<Record<string, MountedFile>>;
  /** Connections that the workload may open. */
  readonly reaches?: readonly Reach[];
}

/** A trigger of KEDA: what scales a workload beside its own CPU and memory (https://keda.sh/docs/latest/scalers/). */
export interface ScalingTrigger {
  /** `rabbitmq` */
  readonly type: string;
  /** As the scaler's page says it; all values are text. */
  readonly metadata: Readonly<Record<string, pulumi.Input<string>>>;
  /** A TriggerAuthentication of the workload's namespace. @default none */
  readonly authenticationName?: pulumi.Input<string>;
}

/** An implementation of Gateway API that policies can be made for. */
export type GatewayImplementation = "envoy-gateway";
