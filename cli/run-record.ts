// Steps and errors of a run, from the engine's event stream. It keeps a short record only, because the events contain all inputs.

/** What becomes of a resource of the cloud. */
export type ChangeOperation = "create" | "update" | "replace" | "delete";

/** A resource of a run. */
export interface RunStep {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly parent: string | undefined;
  /** Undefined: it stays as it is. */
  readonly operation: ChangeOperation | undefined;
  /** Properties that differ, of an update or a replacement: `tags`, `ingress`. */
  readonly properties: readonly string[];
}

/** A message of the engine, a provider or the program. */
export interface Message {
  readonly severity: "error" | "warning";
  /** Type and name of the resource; empty where it is of none. */
  readonly resource: string;
  readonly text: string;
}

interface Side {
  readonly parent?: string;
  readonly custom?: boolean;
}

interface Metadata {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly old?: Side | null;
  readonly new?: Side | null;
  readonly diffs?: readonly string[] | null;
  readonly detailedDiff?: Readonly<Record<string, unknown>> | null;
}

interface Event {
  readonly preludeEvent?: object;
  readonly resourcePreEvent?: { readonly metadata: Metadata };
  readonly resOutputsEvent?: { readonly metadata: { op: string; urn: string } };
  readonly diagnosticEvent?: { readonly severity: string; readonly message: string; readonly urn?: string };
}

const OPERATIONS: ReadonlySet<string> = new Set(["create", "update", "replace", "delete"]);
const OF_USE = /^\{[^{]*"(?:preludeEvent|resourcePreEvent|resOutputsEvent|diagnosticEvent)"/;
/** The engine closes its plugins when a step has failed, and what still waits for them fails too. */
const FOLLOWS =
  /the client connection is closing|failed to run policy: context canceled|transport is closing|error reading from server: EOF/;
/** The engine's own last words say no more than that it failed. */
const EMPTY = /^(?:update|preview|destroy|refresh) failed$/;
const COLOURS = /\u001b\[[\d;]*m|<\{%[^%]*%\}>/g;

/** A run, as far as it has come. */
export class RunRecord {
  private readonly found = new Map<string, RunStep>();
  private readonly finished = new Set<string>();
  private readonly said = new Map<string, Message>();
  private phases = 0;
  private expected: number;

  /** @param known resources that the state holds, where the run goes through these; 0 where the number is unknown */
  constructor(known = 0) {
    this.expected = known;
  }

  /** Takes one line of the event log. */
  add(line: string): void {
    if (!OF_USE.test(line) || line.includes('"severity":"debug"')) return;
    const event = JSON.parse(line) as Event;
    if (event.preludeEvent !== undefined) this.begin();
    if (event.resourcePreEvent !== undefined) this.step(event.resourcePreEvent.metadata);
    if (event.resOutputsEvent !== undefined) this.finish(event.resOutputsEvent.metadata);
    if (event.diagnosticEvent !== undefined) this.hear(event.diagnosticEvent);
  }

  /** Of the last phase: an update has a preview before it. */
  get steps(): readonly RunStep[] {
    return [...this.found.values()];
  }

  /** How many resources the last phase is done with. */
  get done(): number {
    return this.finished.size;
  }

  /** Warnings and errors, each once; without those that only follow from another one. */
  get messages(): readonly Message[] {
    const all = [...this.said.values()];
    const causes = all.filter(({ severity, text }) => severity === "error" && !FOLLOWS.test(text));
    return causes.length === 0 ? all : all.filter(({ text }) => !FOLLOWS.test(text));
  }

  /** How far the run is: `178 resources so far` in a preview, then `249 of 402 resources done`. */
  get progress(): string {
    if (this.phases === 0) return "starting the program";
    if (this.phases === 1 && this.expected === 0)
      return `${this.done} ${this.done === 1 ? "resource" : "resources"} so far`;
    return `${this.done} of ${Math.max(this.expected, this.steps.length)} resources done`;
  }

  /** Whether the run is still in its first phase: the preview of an `up`. */
  get isFirstPhase(): boolean {
    return this.phases < 2;
  }

  private begin(): void {
    this.phases += 1;
    if (this.phases > 1) this.expected = this.found.size;
    this.found.clear();
    this.finished.clear();
  }

  private step(metadata: Metadata): void {
    const { op, urn, type, old, new: now } = metadata;
    const side = now ?? old;
    const operation = OPERATIONS.has(op) ? (op as ChangeOperation) : undefined;
    // A replacement has three steps: create-replacement, replace, delete-replaced.
    if (this.found.get(urn)?.operation === "replace") return;
    if (/^(?:create-replacement|delete-replaced)$/.test(op) && this.found.has(urn)) return;
    const properties = [...new Set([...(this.found.get(urn)?.properties ?? []), ...propertiesOf(metadata)])];
    this.found.set(urn, { urn, type, custom: side?.custom === true, parent: side?.parent, operation, properties });
  }

  private finish({ op, urn }: NonNullable<Event["resOutputsEvent"]>["metadata"]): void {
    this.finished.add(urn);
    const step = this.found.get(urn);
    // A refresh says only here what it has found.
    if (step && step.operation === undefined && OPERATIONS.has(op))
      this.found.set(urn, { ...step, operation: op as ChangeOperation });
  }

  private hear({ severity, message, urn = "" }: NonNullable<Event["diagnosticEvent"]>): void {
    const text = message.replace(COLOURS, "").trim();
    if ((severity !== "error" && severity !== "warning") || EMPTY.test(text)) return;
    const [, , types = "", ...name] = urn.split("::");
    const resource = urn === "" ? "" : `${types.slice(types.lastIndexOf("$") + 1)} ${name.join("::")}`;
    this.said.set(`${resource} ${text}`, { severity, resource, text });
  }
}

function propertiesOf({ diffs, detailedDiff }: Metadata): readonly string[] {
  const paths = detailedDiff ? Object.keys(detailedDiff) : (diffs ?? []);
  return paths.map((path) => path.split(/[.[]/)[0] ?? path);
}
