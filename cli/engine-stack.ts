// A stack and the engine that runs it: what every verb works on, offline or not.
import type { Deployment } from "./components-table";
import { factsOf, isOfPolicy, openEventLog, type RunFacts } from "./event-log";
import type { RunRecord } from "./run-record";
import { type Command, collect, Explained, hand, type Outcome } from "./process";

/**
 * How many resources the engine creates or deletes at once. Its default is four for each core of the machine, although creations wait for
 * the cloud and need no core. With 32 a stack comes up within seconds of its longest chain, and AWS's request limits are far
 * (docs/decisions/0007-benchmarks.md).
 */
export const PARALLEL = 32;

/** The option of `up` and `destroy` for it. */
export const parallelOption = ["--parallel", String(PARALLEL)] as const;

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

/** Which of the engine's events are of use. */
export interface Watch {
  /** Whether a line, an event as JSON, is kept. */
  readonly wanted: (line: string) => boolean;
  /**
   * Collects what the engine prints, instead of showing it on the user's terminal.
   * @default true
   */
  readonly quiet?: boolean;
}

/** How a watched run ended. */
export interface Watched extends Outcome {
  /** The events that were wanted, a line each. */
  readonly events: string;
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
  async run(
    verb: string,
    args: readonly string[] = [],
    { quiet = false, record }: { readonly quiet?: boolean; readonly record?: RunRecord } = {},
  ): Promise<Run> {
    const wanted = (line: string): boolean => {
      record?.add(line);
      return isOfPolicy(line);
    };
    const { events, ...outcome } = await this.watched(verb, args, { wanted, quiet });
    return { ...outcome, facts: factsOf(events) };
  }

  /**
   * Runs a verb and reads the engine's events as they come. The wanted ones are kept in memory, and none on a disk: debug messages among
   * them show generated passwords.
   *
   * @param more environment variables of this run
   */
  async watched(
    verb: string,
    args: readonly string[],
    { wanted, quiet = true }: Watch,
    more: NodeJS.ProcessEnv = {},
  ): Promise<Watched> {
    const events: string[] = [];
    const log = openEventLog((line) => {
      if (wanted(line)) events.push(line);
    });
    const { configFile } = this.setup;
    const config = configFile === undefined ? [] : ["--config-file", configFile];
    const all = [verb, ...config, ...args, "--event-log", log.path];
    // The event log is an option for people who work on the engine: it hides behind a setting.
    const command = this.#command(all, { ...more, PULUMI_DEBUG_COMMANDS: "true" });
    // Neither ever rejects.
    const outcome = quiet
      ? await collect({ ...command, args: [...command.args, "--non-interactive"] })
      : { code: await hand(command), stdout: "", stderr: "" };
    // The last events are read after the engine has ended.
    await log.close();
    return { ...outcome, events: events.join("\n") };
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

  #command(args: readonly string[], more: NodeJS.ProcessEnv = {}): Command {
    const { cli, stack, project, environment } = this.setup;
    // A shell sets PWD with the folder; policy packs look there for the project's exceptions.
    const env = { ...environment, PWD: project, ...more };
    return { file: cli, args: [...args, "--stack", stack], cwd: project, env };
  }
}
