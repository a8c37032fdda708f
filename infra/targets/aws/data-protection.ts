// The engine refuses a protected resource in a preview. `destroy --skip-preview` has none: there it refuses each protected
// resource when its turn comes, and deletes everything on which none of them depends (pulumi/pulumi,
// pkg/resource/deploy/deployment_executor.go). So one protected resource depends on all others.
import * as pulumi from "@pulumi/pulumi";

/**
 * Refuses `destroy` of a stack that protects its data, before the first deletion. It exists in the engine's state only. An
 * unprotected stack has it too: the `up` that ends the protection could not delete it.
 */
export class DataProtection extends pulumi.ComponentResource {
  /**
   * @param protectData whether it refuses
   * @param all every component and provider of the stack
   */
  constructor(name: string, protectData: boolean, all: readonly pulumi.Resource[]) {
    // The engine's own provider, through which the program reads what stands (standing.ts).
    const reader = `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::pulumi:providers:pulumi::default`;
    const dependsOn = [...all, new pulumi.DependencyResource(reader)];
    super("archipelago:platform:DataProtection", name, {}, { protect: protectData, dependsOn });
    this.registerOutputs({});
  }
}
