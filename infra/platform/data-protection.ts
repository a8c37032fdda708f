// The engine refuses a protected resource in a preview. `destroy --skip-preview` has none: there it refuses each protected
// resource when its turn comes, and deletes everything on which none of them depends (pulumi/pulumi,
// pkg/resource/deploy/deployment_executor.go). So one protected resource depends on all others.
import * as pulumi from "@pulumi/pulumi";
import type { Network } from "../../components/network";

/**
 * Refuses `destroy` of a stack that protects its data, before the first deletion. It exists in the engine's state only. An
 * unprotected stack has it too: the `up` that ends the protection could not delete it.
 */
export class DataProtection extends pulumi.ComponentResource {
  /**
   * @param protectData whether it refuses
   * @param all every component and provider of the stack
   * @param network its VPC's children are made by awsx in another process, so that the program has them as outputs only
   */
  constructor(name: string, protectData: boolean, all: readonly pulumi.Resource[], network: Network) {
    const dependsOn = childrenOf(network).apply((children) => [...all, ...children]);
    super("archipelago:platform:DataProtection", name, {}, { protect: protectData, dependsOn });
    this.registerOutputs({});
  }
}

/** The resources that awsx made, and the engine's own provider, which reads their outputs. */
function childrenOf({ nodes: { vpc } }: Network): pulumi.Output<pulumi.Resource[]> {
  const reader = `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::pulumi:providers:pulumi::default`;
  return pulumi
    .all([vpc.routes, vpc.routeTableAssociations, vpc.routeTables, vpc.subnets, vpc.internetGateway])
    .apply(([routes, associations, tables, subnets, gateway]) => [
      ...[...routes, ...associations, ...tables, ...subnets, gateway],
      new pulumi.DependencyResource(reader),
    ]);
}
