// The lock of a stack: the files of the engine's file backend, so that this server and a CLI on the same folder refuse each other.
// Source: pkg/v3 3.259 of github.com/pulumi/pulumi, backend/diy/lock.go.
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

interface Content {
  readonly pid: number;
  readonly username: string;
  readonly hostname: string;
  readonly timestamp: string;
}

/** The lock of another run holds the stack. */
export class Locked extends Error {}

export class StackLock {
  #own: string | undefined;

  /** @param folder the stack's folder of locks */
  constructor(readonly folder: string) {}

  /** Whether any run has the stack, or was killed while it had. */
  get held(): boolean {
    return this.#names().length > 0;
  }

  /**
   * Takes the stack for a run.
   *
   * @throws Locked when a run has it
   */
  take(): void {
    this.#refuse(this.#names());
    const own = `${randomUUID()}.json`;
    const content: Content = {
      pid: process.pid,
      username: userInfo().username,
      hostname: hostname(),
      timestamp: new Date().toISOString(),
    };
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(join(this.folder, own), JSON.stringify(content));
    try {
      // Another process may have looked at the same moment.
      this.#refuse(this.#names().filter((name) => name !== own));
    } catch (error) {
      rmSync(join(this.folder, own));
      throw error;
    }
    this.#own = own;
  }

  /** Gives the stack back. */
  release(): void {
    if (this.#own !== undefined) rmSync(join(this.folder, this.#own), { force: true });
    this.#own = undefined;
  }

  /** Removes every lock, as `pulumi cancel` asks. */
  clear(): void {
    this.#own = undefined;
    for (const name of this.#names()) rmSync(join(this.folder, name), { force: true });
  }

  #names(): readonly string[] {
    return existsSync(this.folder) ? readdirSync(this.folder).filter((name) => name.endsWith(".json")) : [];
  }

  /** Refuses in the words of the file backend. */
  #refuse(names: readonly string[]): void {
    if (names.length === 0) return;
    const files = names.map((name) => join(this.folder, name));
    throw new Locked(
      [
        `the stack is currently locked by ${names.length} lock(s). Either wait for the other process(es) to end or ` +
          "delete the lock file with `pulumi cancel`.",
        ...files.map((file) => `  ${pathToFileURL(file).href}${createdBy(file)}`),
      ].join("\n"),
    );
  }
}

function createdBy(file: string): string {
  try {
    const { username, hostname: host, pid, timestamp } = JSON.parse(readFileSync(file, "utf8")) as Content;
    return `: created by ${username}@${host} (pid ${pid}) at ${timestamp}`;
  } catch {
    // It is just being written or removed.
    return "";
  }
}
