// Builds a deployment from the one before a run and the journal that the engine sent during the run. The rules are those of
// backend/journal.go in pkg/v3 of github.com/pulumi/pulumi, 3.259: what each kind of entry does, and the order of the result.
import {
  type Deployment,
  featuresOf,
  manifest,
  normalized,
  type Operation,
  rebuilt,
  type Resource,
  type Snippet,
  type VersionedDeployment,
} from "./deployment";

/** Kinds of journal entries, with the numbers of the protocol. */
export const Kind = {
  begin: 0,
  success: 1,
  failure: 2,
  refreshSuccess: 3,
  outputs: 4,
  write: 5,
  secretsManager: 6,
  rebuiltBaseState: 7,
  extensionParameterize: 8,
  snippets: 9,
} as const;

/** One entry of the journal. Old resources are named by their place in the base, new ones by the operation that made them. */
export interface Entry {
  readonly kind: number;
  readonly sequenceID: number;
  readonly operationID: number;
  readonly removeOld?: number | null;
  readonly removeNew?: number | null;
  readonly pendingReplacementOld?: number;
  readonly pendingReplacementNew?: number;
  readonly deleteOld?: number;
  readonly deleteNew?: number;
  readonly state?: Resource;
  readonly operation?: Operation;
  readonly isRefresh?: boolean;
  readonly secretsProvider?: unknown;
  readonly snippets?: readonly Snippet[];
  readonly newSnapshot?: Deployment;
  readonly extensionRef?: string;
  readonly extension?: unknown;
  readonly requiresByteString?: boolean;
}

/** A resource that the run registered. */
interface Made {
  resource: Resource;
  removed: boolean;
}

/** What entries say about the base and the run. */
class Changes {
  readonly removedOld = new Set<number>();
  readonly replacedOld = new Map<number, Resource>();
  readonly deletedOld = new Set<number>();
  readonly pendingOld = new Set<number>();
  readonly made: Made[] = [];
  readonly madeBy = new Map<number, Made>();
  readonly begun = new Map<number, Entry>();
  readonly extensions: Record<string, unknown> = {};
}

/** Replays a journal. */
export class Replay {
  #base: Deployment;
  #changes = new Changes();
  #refreshed = false;
  #byteString = false;
  /** A batch that was sent twice, because its answer was lost, counts once. */
  readonly #seen = new Set<number>();

  /**
   * @param base the deployment before the run
   * @param engine the engine's version for the manifest, such as `v3.259.0`
   */
  constructor(
    base: Deployment,
    readonly engine: string,
  ) {
    this.#base = base;
  }

  /**
   * Adds an entry.
   *
   * @throws Error for an entry of a kind that this protocol version does not have
   */
  add(entry: Entry): void {
    if (this.#seen.has(entry.sequenceID)) return;
    this.#seen.add(entry.sequenceID);
    this.#byteString ||= entry.requiresByteString === true;
    switch (entry.kind) {
      case Kind.begin:
        this.#changes.begun.set(entry.operationID, entry);
        return;
      case Kind.success:
        this.#succeeded(entry);
        return;
      case Kind.refreshSuccess:
        this.#refreshedResource(entry);
        return;
      case Kind.failure:
        this.#changes.begun.delete(entry.operationID);
        return;
      case Kind.outputs:
        if (entry.state !== undefined) this.#replace(entry, entry.state);
        return;
      default:
        this.#changeWhole(entry);
    }
  }

  /** The deployment now. */
  deployment(): VersionedDeployment {
    const resources = normalized(this.#refreshed ? rebuilt(this.#resources()) : this.#resources());
    const { base, operations } = { base: this.#base, operations: this.#operations() };
    const extensions = { ...this.#changes.extensions, ...base.extensions };
    const features = featuresOf([...resources.list, ...operations.map(({ resource }) => resource)], {
      byteString: this.#byteString,
      snippets: (base.snippets?.length ?? 0) > 0,
    });
    return {
      version: features.length > 0 ? 4 : 3,
      ...(features.length > 0 && { features }),
      deployment: {
        manifest: manifest(this.engine),
        ...(base.secrets_providers !== undefined && { secrets_providers: base.secrets_providers }),
        ...(resources.list.length > 0 && { resources: resources.list }),
        ...(operations.length > 0 && { pending_operations: operations }),
        metadata: base.metadata ?? {},
        ...(base.snippets !== undefined &&
          base.snippets.length > 0 && { snippets: base.snippets.map(resources.snippet) }),
        ...(Object.keys(extensions).length > 0 && { extensions }),
      },
    };
  }

  #succeeded(entry: Entry): void {
    const changes = this.#changes;
    changes.begun.delete(entry.operationID);
    if (entry.state !== undefined) {
      const made = { resource: entry.state, removed: false };
      changes.made.push(made);
      changes.madeBy.set(entry.operationID, made);
    }
    if (isNumber(entry.removeOld)) changes.removedOld.add(entry.removeOld);
    if (isNumber(entry.deleteOld)) changes.deletedOld.add(entry.deleteOld);
    if (isNumber(entry.pendingReplacementOld)) changes.pendingOld.add(entry.pendingReplacementOld);
    const removed = this.#madeBy(entry.removeNew);
    if (removed !== undefined) removed.removed = true;
    const deleted = this.#madeBy(entry.deleteNew);
    if (deleted !== undefined) deleted.resource = { ...deleted.resource, delete: true };
    const pending = this.#madeBy(entry.pendingReplacementNew);
    if (pending !== undefined) pending.resource = { ...pending.resource, pendingReplacement: true };
    this.#refreshed ||= entry.isRefresh === true;
  }

  /** A refresh without a state says that the resource is gone. */
  #refreshedResource(entry: Entry): void {
    this.#changes.begun.delete(entry.operationID);
    this.#refreshed = true;
    if (entry.state !== undefined) {
      this.#replace(entry, entry.state);
      return;
    }
    if (isNumber(entry.removeOld)) this.#changes.removedOld.add(entry.removeOld);
    const made = this.#madeBy(entry.removeNew);
    if (made !== undefined) made.removed = true;
  }

  #replace({ removeOld, removeNew }: Entry, state: Resource): void {
    if (isNumber(removeOld)) this.#changes.replacedOld.set(removeOld, state);
    const made = this.#madeBy(removeNew);
    if (made !== undefined) made.resource = state;
  }

  /** Entries about the deployment as a whole. */
  #changeWhole(entry: Entry): void {
    switch (entry.kind) {
      case Kind.write:
        this.#base = entry.newSnapshot ?? {};
        return;
      case Kind.secretsManager:
        this.#base = { ...this.#base, secrets_providers: entry.secretsProvider };
        return;
      case Kind.snippets:
        this.#base = { ...this.#base, snippets: entry.snippets ?? [] };
        return;
      case Kind.rebuiltBaseState:
        // After a refresh, the entries that follow name places in the refreshed deployment.
        this.#base = this.deployment().deployment;
        this.#changes = new Changes();
        return;
      case Kind.extensionParameterize:
        if (entry.extensionRef !== undefined) this.#changes.extensions[entry.extensionRef] = entry.extension;
        return;
      default:
        throw new Error(`a journal entry is of kind ${entry.kind}, which version 1 of the journal does not have`);
    }
  }

  #madeBy(operation: number | null | undefined): Made | undefined {
    return isNumber(operation) ? this.#changes.madeBy.get(operation) : undefined;
  }

  /** What the run registered, then what only the base has: so each resource stands behind what it depends on. */
  #resources(): readonly Resource[] {
    const { made, removedOld, replacedOld, deletedOld, pendingOld } = this.#changes;
    const old = (this.#base.resources ?? []).flatMap((resource, place) => {
      if (removedOld.has(place)) return [];
      const replaced = replacedOld.get(place);
      if (replaced !== undefined) return [replaced];
      return {
        ...resource,
        ...(pendingOld.has(place) && { pendingReplacement: true }),
        ...(deletedOld.has(place) && { delete: true }),
      };
    });
    return [...made.filter(({ removed }) => !removed).map(({ resource }) => resource), ...old];
  }

  /** Operations that have not ended, and creations of an earlier run: only a person can say what became of those. */
  #operations(): readonly Operation[] {
    const now = [...this.#changes.begun.values()].flatMap(({ operation }) =>
      operation === undefined ? [] : [operation],
    );
    return [...now, ...(this.#base.pending_operations ?? []).filter(({ type }) => type === "creating")];
  }
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === "number";
}
