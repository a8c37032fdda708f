// Arguments that all children of a service share.
import type * as pulumi from "@pulumi/pulumi";
import type { Labels } from "../kit";
import type { MicroserviceArgs } from "./args";
import type { Settings } from "./resolve";

export interface Context {
  readonly name: string;
  readonly args: MicroserviceArgs;
  readonly settings: Settings;
  /** Labels that select the service's pods. */
  readonly selector: Labels;
  readonly child: { readonly parent: pulumi.Resource };
}
