// Arguments that every function which creates children shares.
import type * as pulumi from "@pulumi/pulumi";
import { tagged } from "../../kit";
import type { ClusterLink, MicroserviceArgs } from "./args";
import type { Settings } from "./resolve";

/** A cluster, as a task sees it. */
export type TaskCluster = Pick<ClusterLink, "clusterArn" | "clusterName">;

/** A task under construction: of a service, or a one-off task. */
export interface Context<Cluster extends TaskCluster = TaskCluster> {
  readonly name: string;
  readonly args: TaskArgs & { readonly cluster: Cluster };
  readonly settings: Settings;
  /** Options of every child: the component is its parent. */
  readonly child: pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource };
}

/** Arguments of a microservice, except for its cluster. */
export type TaskArgs = Omit<MicroserviceArgs, "cluster">;

/** The `tags` argument of a taggable child, or nothing. */
export function tagsOf({ args }: Context): { tags?: Record<string, string> } {
  return tagged(args.tags);
}
