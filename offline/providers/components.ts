// Components of published packages, built for real: each registers the children that its package's provider registers.
import type * as pulumi from "@pulumi/pulumi";
import { Image, Repository } from "./awsx/ecr";
import { Vpc } from "./awsx/vpc";

/** A component that stands: its URN, and the state that its package's SDK expects. */
export interface Built {
  readonly urn: pulumi.Output<string>;
  readonly state: pulumi.Inputs;
}

type Build = (name: string, inputs: pulumi.Inputs, opts: pulumi.ComponentResourceOptions) => Built | Promise<Built>;

/** How to build a component, by its type token. */
export const components: Readonly<Record<string, Build>> = {
  "awsx:ec2:Vpc": async (name, inputs, opts) => {
    const vpc = new Vpc(name, inputs, opts);
    // Awaited for the children: a state of outputs alone could be handed back before they are registered.
    const state = await (vpc as unknown as { getData(): Promise<pulumi.Inputs> }).getData();
    return { urn: vpc.urn, state };
  },
  "awsx:ecr:Repository": (name, inputs, opts) => new Repository(name, inputs, opts),
  "awsx:ecr:Image": (name, inputs, opts) => new Image(name, inputs, opts),
};
