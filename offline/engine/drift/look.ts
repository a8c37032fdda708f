// What differs between the engine's state and the cloud: `pulumi refresh --preview-only`, read from its event log.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineStack } from "../engine-stack";
import { collect, Explained } from "../process";

/** A property that is not as it was made; without a property, the whole resource is gone. */
export interface Drift {
  readonly type: string;
  readonly name: string;
  readonly property?: string;
  readonly was: string;
  readonly is: string;
}

interface State {
  readonly inputs?: Readonly<Record<string, unknown>> | null;
  readonly outputs?: Readonly<Record<string, unknown>> | null;
}

interface Metadata {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly old?: State | null;
  readonly new?: State | null;
}

/** Looks for drift and changes nothing. */
export async function look(stack: EngineStack): Promise<readonly Drift[]> {
  const folder = mkdtempSync(join(tmpdir(), "archipelago-drift-"));
  const log = join(folder, "events.json");
  try {
    await engine(stack, "refresh", ["--preview-only", "--event-log", log]);
    return driftsOf(existsSync(log) ? readFileSync(log, "utf8") : "");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a verb that must succeed. */
export async function engine(stack: EngineStack, verb: string, args: readonly string[]): Promise<void> {
  const { cli, project, environment, configFile } = stack.setup;
  const config = configFile === undefined ? [] : ["--config-file", configFile];
  const { code, stdout, stderr } = await collect({
    file: cli,
    args: [verb, ...config, "--stack", stack.stack, "--non-interactive", "--color", "never", ...args],
    cwd: project,
    env: { ...environment, PULUMI_DEBUG_COMMANDS: "true" },
  });
  if (code !== 0) throw new Explained(`\`pulumi ${verb}\` failed:\n${stdout.trim()}\n${stderr.trim()}`);
}

/** Reads the drifts of a refresh's event log. */
export function driftsOf(log: string): readonly Drift[] {
  return log.split("\n").flatMap((line) => {
    if (!line.includes('"resOutputsEvent"')) return [];
    const { metadata } = (JSON.parse(line) as { resOutputsEvent: { metadata: Metadata } }).resOutputsEvent;
    const { type, urn, old, new: found } = metadata;
    const name = urn.split("::").slice(3).join("::");
    if (type === "pulumi:pulumi:Stack" || metadata.op === "same") return [];
    if (metadata.op === "delete") return [{ type, name, was: "there", is: "gone" }];
    const before = old?.outputs ?? {};
    const after = found?.outputs ?? {};
    return [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .sort()
      .filter((key) => !key.startsWith("__") && JSON.stringify(before[key]) !== JSON.stringify(after[key]))
      .map((property) => ({ type, name, property, was: shown(before[property]), is: shown(after[property]) }));
  });
}

function shown(value: unknown): string {
  return value === undefined ? "(not set)" : JSON.stringify(value);
}
