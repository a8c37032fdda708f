// An AWS account on this machine (moto), filled by tests/engine/runbook/account.py, and a shell that sees nothing else of AWS.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collect, type Outcome } from "../../../cli/process";
import { requirements, serve } from "./aws-server";
import { pythonWith } from "./python";
import { root } from "./stacks";

const scripts = join(root, "tests", "engine", "runbook");

/** Starts the account, or says what is missing for it. */
export async function startMoto(): Promise<Moto | string> {
  for (const file of ["bash", "jq"]) if ((await collect({ file, args: ["--version"] })).code !== 0) return file;
  const python = await pythonWith(requirements);
  if ("missing" in python) return python.missing;
  const folder = mkdtempSync(join(tmpdir(), "archipelago-moto-"));
  const { endpoint, stop: end } = await serve(python.python, [join(scripts, "account.py"), folder]);
  const stop = (): void => {
    end();
    rmSync(folder, { recursive: true, force: true });
  };
  return new Moto(folder, python.python, endpoint, stop);
}

/** The account, and a folder in which commands run. */
export class Moto {
  /** What commands are tried with, by what it is. */
  readonly names: Readonly<Record<string, string>>;
  /** The CLI. Its version 1 has an endpoint of its own for SQS, whatever the environment says. */
  private readonly cli: string;

  constructor(
    readonly folder: string,
    python: string,
    endpoint: string,
    readonly stop: () => void,
  ) {
    this.cli = `'${python}' -m awscli --endpoint-url ${endpoint}`;
    this.names = JSON.parse(readFileSync(join(folder, "names.json"), "utf8")) as Record<string, string>;
    symlinkSync(join(root, "docs"), join(folder, "docs"));
    mkdirSync(join(folder, "bin"));
    this.program("aws", `exec ${this.cli} "$@"`);
    this.program("pulumi", `[ "$*" = "stack export --stack prod" ] && exec cat '${join(folder, "exported.json")}'`);
  }

  /** What a file of the account's folder holds, line by line. */
  lines(file: string): readonly string[] {
    return linesOf(readFileSync(join(this.folder, file), "utf8"));
  }

  /** Runs a shell command as a person would type it, in bash as a script would. */
  run(command: string, env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    return collect({
      file: "bash",
      args: ["-euo", "pipefail", "-c", command],
      cwd: this.folder,
      timeout: 120_000,
      env: {
        PATH: `${join(this.folder, "bin")}:${process.env.PATH ?? ""}`,
        HOME: this.folder,
        AWS_ACCESS_KEY_ID: "moto",
        AWS_SECRET_ACCESS_KEY: "moto",
        AWS_DEFAULT_REGION: "eu-central-1",
        AWS_PAGER: "",
        ...env,
      },
    });
  }

  /** Puts a program on the path of what runs. */
  program(name: string, script: string): void {
    writeFileSync(join(this.folder, "bin", name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }

  /** Puts something between the commands and the CLI: `$aws` stands for the CLI. */
  async with<T>(script: string, work: () => Promise<T>): Promise<T> {
    this.program("aws", script.replaceAll("$aws", this.cli));
    try {
      return await work();
    } finally {
      this.program("aws", `exec ${this.cli} "$@"`);
    }
  }
}

/** The lines of a text that are not empty. */
export function linesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}
