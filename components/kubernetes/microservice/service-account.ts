// The service account of a workload. It has no rights and mounts no token, because workloads do not call the API server.
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { type Transform, transformed } from "../../kit";
import { type Labels, metadataOf, type Placement } from "../kit";

interface Owner {
  readonly name: string;
  readonly args: { readonly placement: Placement };
  readonly selector: Labels;
  readonly child: { readonly parent: pulumi.Resource };
}

/** Creates the ServiceAccount of a workload. */
export function createServiceAccount(
  { name, args, selector, child }: Owner,
  transform: Transform<kubernetes.core.v1.ServiceAccountArgs> | undefined,
): kubernetes.core.v1.ServiceAccount {
  return new kubernetes.core.v1.ServiceAccount(
    ...transformed<kubernetes.core.v1.ServiceAccountArgs>(
      transform,
      name,
      { metadata: metadataOf(args.placement, name, selector), automountServiceAccountToken: false },
      child,
    ),
  );
}
