// One stack over HTTP: its runs, one at a time, and its deployment.
import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import type { VersionedDeployment } from "./deployment";
import { Locked } from "./stack-lock";
import { StackState } from "./stack-state";

/** An answer that is not 200. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** What the engine asks of a stack. */
export interface Request {
  readonly method: string;
  /** Behind the stack's name: `export`, `update/<id>/journalentries`, … */
  readonly path: string;
  readonly body: string;
  readonly socket: Socket;
  /** Token of the run; only that of the present one may write. */
  readonly token: string;
  readonly isUpdate: boolean;
}

/** A run of the engine. */
interface Run {
  readonly id: string;
  /** Whether it holds the stack: all but previews. */
  readonly holds: boolean;
  /** Whether it changes the state: not the preview in front of an `up`. */
  readonly writes: boolean;
  /** Whether it sends a journal; an older CLI sends the whole state. */
  journals: boolean;
  readonly sockets: Set<Socket>;
  /** Whether its last connection has closed, and not because it was idle. */
  gone: boolean;
}

/** Go's HTTP client closes a connection that is idle for 90 s (net/http, DefaultTransport): closed earlier, its process has ended. */
const idleSeconds = 85;

export class StackService {
  readonly state: StackState;
  #runs = new Map<string, Run>();
  #holder: Run | undefined;
  readonly #lastUse = new WeakMap<Socket, number>();

  constructor(
    folder: string,
    readonly project: string,
    readonly stack: string,
    engine: string,
  ) {
    this.state = new StackState(folder, project, stack, engine);
  }

  isOf(folder: string, project: string, stack: string): boolean {
    return this.state.folder === folder && this.project === project && this.stack === stack;
  }

  /** The stack in a list of stacks. */
  summary(): unknown {
    return { orgName: "organization", projectName: this.project, stackName: this.stack };
  }

  /** Settles what a killed run of an earlier process has left; nothing while another process runs on the stack. */
  async takeOver(): Promise<string | undefined> {
    return this.state.lock.held ? undefined : this.state.settle();
  }

  /**
   * Answers a request about the stack.
   *
   * @throws Refusal with the HTTP status
   */
  async answer(request: Request): Promise<unknown> {
    const { method, path } = request;
    const what = `${method} ${path}`;
    if (what === "GET ") return this.#described();
    if (what === "GET export") return this.#read();
    if (what === "POST import") return this.#import(request);
    if (what === "GET policypacks") return { requiredPolicies: [] };
    const created = /^(update|preview|refresh|destroy)$/.exec(path);
    if (method === "POST" && created !== null) return this.#create(path, request);
    const ofRun = /^(?:update|preview|refresh|destroy|import)\/([^/]+)(?:\/(.+))?$/.exec(path);
    if (ofRun !== null) return this.#ofRun(ofRun[1] ?? "", `${method} ${ofRun[2] ?? ""}`, request);
    throw new Refusal(
      404,
      `Not Found: an offline stack has no ${what}; use the file backend below .archipelago for it`,
    );
  }

  #described(): unknown {
    if (!this.state.exists) throw new Refusal(404, "Not Found: the stack does not exist");
    // A lock that no run of this server holds can be cancelled, too.
    const activeUpdate = this.#holder?.id ?? (this.state.lock.held ? "lock" : "");
    return {
      id: this.state.name,
      orgName: "organization",
      projectName: this.project,
      stackName: this.stack,
      activeUpdate,
      tags: {},
      version: 1,
    };
  }

  #read(): VersionedDeployment {
    try {
      return this.state.current();
    } catch (error) {
      throw new Refusal(422, error instanceof Error ? error.message : String(error));
    }
  }

  async #import({ body }: Request): Promise<unknown> {
    await this.#take();
    try {
      this.state.write(JSON.parse(body) as VersionedDeployment);
    } finally {
      this.state.lock.release();
    }
    return { updateId: randomUUID() };
  }

  async #create(kind: string, { body, socket }: Request): Promise<unknown> {
    const { options } = JSON.parse(body) as { readonly options?: { readonly dryRun?: boolean } };
    const holds = kind !== "preview";
    if (holds) await this.#take();
    const run: Run = {
      id: randomUUID(),
      holds,
      writes: holds && options?.dryRun !== true,
      journals: false,
      sockets: new Set(),
      gone: false,
    };
    this.#runs.set(run.id, run);
    if (holds) this.#holder = run;
    this.#seen(run, socket);
    return { updateID: run.id, requiredPolicies: [] };
  }

  /** Takes the stack; ends a run first whose process is gone. */
  async #take(): Promise<void> {
    if (this.#holder?.gone === true) await this.#end(this.#holder);
    try {
      this.state.lock.take();
    } catch (error) {
      throw error instanceof Locked ? new Refusal(409, error.message) : error;
    }
    await this.state.settle();
  }

  async #ofRun(id: string, what: string, request: Request): Promise<unknown> {
    if (what === "POST cancel") return this.#cancel();
    const run = this.#runs.get(id);
    // After an import the CLI asks for its result.
    if (what === "GET " && run === undefined) return { status: "succeeded", events: [] };
    if (run === undefined) throw new Refusal(403, "Forbidden: this run has ended or was cancelled");
    this.#seen(run, request.socket);
    if (what === "POST ") return this.#start(run, request);
    if (!request.isUpdate || request.token.split(":")[1] !== id)
      throw new Refusal(401, "Unauthorized: the token of the run is missing");
    switch (what) {
      case "PATCH journalentries":
        await this.state.append(request.body);
        return {};
      case "PATCH checkpoint":
        this.state.write(JSON.parse(request.body) as VersionedDeployment);
        return {};
      // The events come by the CLI's own option `--event-log`.
      case "POST events/batch":
        return {};
      case "POST renew_lease":
        return { token: request.token };
      case "POST complete":
        await this.#end(run);
        return {};
      default:
        throw new Refusal(404, `Not Found: a run has no ${what}`);
    }
  }

  async #start(run: Run, { body, token }: Request): Promise<unknown> {
    const { journalVersion = 0 } = JSON.parse(body) as { readonly journalVersion?: number };
    run.journals = run.writes && journalVersion >= 1;
    if (run.journals) await this.state.begin();
    const fiveMinutes = 300_000;
    return {
      version: 1,
      token: `${token}:${run.id}`,
      tokenExpiration: Math.floor((Date.now() + fiveMinutes) / 1000),
      journalVersion: run.journals ? 1 : 0,
    };
  }

  async #end(run: Run): Promise<void> {
    const aside = run.writes ? await this.state.settle() : undefined;
    if (run.holds) this.state.lock.release();
    this.#runs.delete(run.id);
    if (this.#holder === run) this.#holder = undefined;
    if (aside !== undefined)
      throw new Refusal(400, `somebody changed the state during the run; the journal of the run is in ${aside}`);
  }

  async #cancel(): Promise<unknown> {
    this.#runs.clear();
    this.#holder = undefined;
    await this.state.settle();
    this.state.lock.clear();
    return {};
  }

  /** Keeps by which connections a run speaks, so that the end of its process is seen. */
  #seen(run: Run, socket: Socket): void {
    this.#lastUse.set(socket, performance.now());
    run.gone = false;
    if (run.sockets.has(socket)) return;
    run.sockets.add(socket);
    socket.once("close", () => {
      run.sockets.delete(socket);
      const idle = performance.now() - (this.#lastUse.get(socket) ?? 0);
      run.gone = run.sockets.size === 0 && idle < idleSeconds * 1000;
    });
  }
}
