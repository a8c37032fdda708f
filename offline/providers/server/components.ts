// A package of components: the SDK's own provider server constructs them, since nothing of theirs is made by a provider.
import { main } from "@pulumi/pulumi/provider";
import { components } from "../packages/awsx";

/** Serves a package of components until the engine goes. */
export function serveComponents(name: string, version: string, args: readonly string[]): Promise<void> {
  return main(
    {
      version,
      schema: JSON.stringify({ name, version }),
      construct: (instance, type, inputs, opts) => {
        const build = components[type];
        if (!build) return Promise.reject(new Error(`offline: the component ${type} is not emulated`));
        return Promise.resolve(build(instance, inputs, opts));
      },
    },
    [...args],
  );
}
