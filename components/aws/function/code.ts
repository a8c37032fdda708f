// Code and variables of a function, as Lambda takes them.
import * as pulumi from "@pulumi/pulumi";
import type { LambdaFunctionArgs } from "./args";
import { bundled } from "./bundle";

/** The archive of the code; a source file is bundled into one. */
export function archiveOf(code: LambdaFunctionArgs["code"]): pulumi.asset.Archive {
  if ("archive" in code) return new pulumi.asset.FileArchive(code.archive);
  return new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset(bundled(code.entry)) });
}

/** The variables of its grants and its own; validation has found that none is set twice. */
export function variablesOf({ grants = {}, environment }: LambdaFunctionArgs): Record<string, pulumi.Input<string>> {
  return Object.assign(
    {},
    ...Object.values(grants).map(({ environment: granted = {} }) => granted),
    environment,
  ) as Record<string, pulumi.Input<string>>;
}
