// Arguments that every part of a network shares.
import type * as pulumi from "@pulumi/pulumi";
import type { Placement } from "../../kit";
import type { NetworkTransforms } from "./args";
import type { ResolvedNetwork } from "./resolve";

/** A network under construction. */
export interface Scope {
  readonly name: string;
  readonly placement: Placement;
  readonly resolved: ResolvedNetwork;
  /** To spread into arguments: present when there are tags. */
  readonly tags: { readonly tags: Record<string, string> } | undefined;
  readonly transform: NetworkTransforms | undefined;
  readonly parent: pulumi.ComponentResource;
}
