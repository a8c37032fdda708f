// Stacks of the specs' own: in a temporary folder, so that no run touches what a developer has up.
import { dump, load } from "js-yaml";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OfflineStack, openOffline } from "../../../cli/offline-stack";

/** The clone. */
export const root = join(__dirname, "..", "..", "..");

/** The pack with every rule. */
export const allRules = ["--policy-pack", join(root, "policy", "all")] as const;

/** A folder for the stacks of one spec. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), "archipelago-engine-"));

  /**
   * Opens a stack of this project, with the tracked configuration and what `more` says in addition.
   *
   * @param tracked the stack whose configuration is taken
   */
  open(stack: string, more: Readonly<Record<string, unknown>> = {}, tracked = stack): Promise<OfflineStack> {
    return openOffline({ stack, work: this.folder, config: configuration(tracked, more) });
  }

  /** Opens a stack of a project in another folder. */
  openProject(project: string, stack: string, config: Readonly<Record<string, unknown>>): Promise<OfflineStack> {
    return openOffline({ stack, project, work: this.folder, config: dump({ config }) });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The text of a tracked stack file with keys of ours replaced or added. */
function configuration(stack: string, more: Readonly<Record<string, unknown>>): string {
  const tracked = load(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8")) as { config: Record<string, unknown> };
  const added = Object.entries(more).map(([key, value]) => [`archipelago:${key}`, value] as const);
  return dump({ config: { ...tracked.config, ...Object.fromEntries<unknown>(added) } });
}
