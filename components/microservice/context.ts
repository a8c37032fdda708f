// What every function that creates children is told.
import type * as pulumi from "@pulumi/pulumi";
import { tagged } from "../base";
import type { MicroserviceArgs } from "./args";
import type { Settings } from "./resolve";

/** A microservice under construction. */
export interface Context {
  readonly name: string;
  readonly args: MicroserviceArgs;
  readonly settings: Settings;
  /** Options of every child: the component is its parent. */
  readonly child: pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource };
}

/** The `tags` argument of a taggable child, or nothing. */
export function tagsOf({ args }: Context): { tags?: Record<string, string> } {
  return tagged(args.tags);
}
