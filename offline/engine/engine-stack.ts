// A stack and the engine that runs it: what every verb works on, offline or not.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Deployment } from "./components-table";
import { readFacts, type RunFacts } from "./events";
import { type Command, collect, Explained, hand, type Outcome } from "./process";

export interface EngineSetup {
  readonly stack: string;
  /** The CLI's file. */
  readonly cli: string;
  /** Folder with Pulumi.yaml. */
  readonly project: string;
  readonly environment: NodeJS.ProcessEnv;
  /**
   * Configuration file to read.
   * @default Pulumi.<stack>.yaml beside Pulumi.yaml
   */
  readonly configFile?: string;
}

/** How a run ended, and what its packs found. */
export interface Run {
  readonly code: number;
  readonly facts: RunFacts;
  readonly stdout: string;
  readonly stderr: string;
}

export class EngineStack {
  constructor(readonly setup: EngineSetup) {}

  get stack(): string {
    return this.setup.stack;
  }

  /** Runs a CLI command on this stack and collects what it prints; it can ask nothing. */
  collect(args: readonly string[]): Promise<Outcome> {
    return collect(this.#command([...args, "--non-interactive"]));
  }

  /** Runs `up`, `preview`, `refresh` or `destroy`, on the user's terminal unless `quiet`, and reads what the packs found. */
  async run(verb: string, args: readonly string[] = [], { quiet = false } = {}): Promise<Run> {
    const folder = mkdtempSync(join(tmpdir(), "archipelago-"));
    const log = join(folder, "events.json");
    const { configFile } = this.setup;
    const config = configFile === undefined ? [] : ["--config-file", configFile];
    const command = this.#command([verb, ...config, ...args, "--event-log", log], { PULUMI_DEBUG_COMMANDS: "true" });
    try {
      const outcome = quiet
        ? await collect({ ...command, args: [...command.args, "--non-interactive"] })
        : { code: await hand(command), stdout: "", stderr: "" };
      return { ...outcome, facts: readFacts(log) };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** The engine's record of the stack, as JSON text. */
  async export(): Promise<string> {
    const { code, stdout, stderr } = await this.collect(["stack", "export"]);
    if (code !== 0) throw new Explained(`The stack ${this.stack} could not be exported:\n${stderr.trim()}`);
    return stdout;
  }

  /** The engine's record of the stack. */
  async deployment(): Promise<Deployment> {
    return JSON.parse(await this.export()) as Deployment;
  }

  // The event log is an option for people who work on the engine: it hides behind a setting.
  #command(args: readonly string[], more: NodeJS.ProcessEnv = {}): Command {
    const { cli, stack, project, environment } = this.setup;
    return { file: cli, args: [...args, "--stack", stack], cwd: project, env: { ...environment, ...more } };
  }
}
