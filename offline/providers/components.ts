// Components of published packages, built for real: each registers the children that its package's provider registers.
import type * as pulumi from "@pulumi/pulumi";

/** Builds a component: its URN, and the state that the package's SDK expects. */
export type Build = (
  name: string,
  inputs: pulumi.Inputs,
  opts: pulumi.ComponentResourceOptions,
) => { readonly urn: pulumi.Output<string>; readonly state: pulumi.Inputs };

/** By type token. */
export const components: Readonly<Record<string, Build>> = {};
