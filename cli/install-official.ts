// A process of its own, because the SDK's installer has no time limit: `install-official.ts <folder> <version>`.
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { SemVer } from "semver";

const [folder, version] = process.argv.slice(2);
if (folder === undefined || version === undefined) throw new Error("usage: install-official.ts <folder> <version>");
PulumiCommand.install({ root: folder, version: new SemVer(version) }).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
