// Arguments that every part of a cluster shares.
import type * as pulumi from "@pulumi/pulumi";
import type { Placement } from "../../kit";
import type { ClusterNetwork, ClusterTransforms } from "./args";
import type { ResolvedCluster } from "./resolve";

/** A cluster under construction. */
export interface Scope {
  readonly name: string;
  readonly placement: Placement;
  readonly network: ClusterNetwork;
  readonly resolved: ResolvedCluster;
  /** To spread into arguments: present when there are tags. */
  readonly tags: { readonly tags: Record<string, string> } | undefined;
  readonly transform: ClusterTransforms | undefined;
  readonly parent: pulumi.ComponentResource;
}
