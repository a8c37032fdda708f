// What a run has told so far: what depends on the whole of it can be judged when it has ended, and not before.
import type { Failure } from "./check";
import { concealed, refusalText } from "./judge";
import type { Inventory } from "./record";
import type { Neighbour, PackageRules, Surroundings } from "./rules";
import { plainAll, type Values } from "./values";

/** What is missing for a resource when its run has ended. */
export interface Unfulfilled {
  readonly type: string;
  readonly urn: string;
  readonly failures: readonly Failure[];
}

/** A resource that a run wants to have. */
export interface Told extends Neighbour {
  readonly id: string;
  /** Its inputs with secrets marked. */
  readonly marked: Values;
}

/** What is missing, as a person reads it: a paragraph for each resource. */
export function missingText(unfulfilled: readonly Unfulfilled[]): string {
  return unfulfilled.map(({ type, urn, failures }) => refusalText({ type, urn }, failures)).join("\n");
}

/** The resources that a run has checked. */
export class Run {
  private readonly told = new Map<string, Told>();
  private readonly wanted = new Set<string>();

  constructor(
    private readonly rules: PackageRules,
    private readonly inventory: Inventory,
    /** Hears of each resource that the run wants to have. */
    private readonly heard: (told: Told) => void = () => undefined,
    /** Whether what exists under a URN is going to be deleted, unless the run has told of it. */
    private readonly leaves: (urn: string) => boolean = () => false,
  ) {}

  /** Takes note of a resource that the run wants to have. */
  tell({ type, urn }: { readonly type: string; readonly urn: string }, marked: Values, id: string): void {
    this.wanted.add(`${type}|${id}`);
    const told = { type, urn, id, marked, inputs: plainAll(marked) };
    this.told.set(urn, told);
    this.heard(told);
  }

  /** Whether the run wants to have a resource. */
  wants(type: string, id: string): boolean {
    return this.wanted.has(`${type}|${id}`);
  }

  /** Everything that is expected and neither exists nor is wanted by this run. */
  unfulfilled(): readonly Unfulfilled[] {
    const around = this.surroundings();
    return [...this.told.values()].flatMap((object) => {
      const failures = concealed([...(this.rules.expects?.(object, around) ?? [])], object.marked);
      return failures.length === 0 ? [] : [{ type: object.type, urn: object.urn, failures }];
    });
  }

  private surroundings(): Surroundings {
    const byId = new Map([...this.told.values()].map((each) => [`${each.type}|${each.id}`, each]));
    const recorded = new Map<string, readonly Neighbour[]>();
    const told = [...this.told.values()];
    const byType = new Map<string, Told[]>();
    for (const each of told) {
      const others = byType.get(each.type);
      if (others) others.push(each);
      else byType.set(each.type, [each]);
    }
    const ofType = (type: string): readonly Told[] => byType.get(type) ?? [];
    // What the run says of a resource is newer than what the record has.
    const stays = ({ urn }: { readonly urn: string }): boolean =>
      urn === "" || !(this.told.has(urn) || this.leaves(urn));
    return {
      get: (type, id) => {
        const wanted = byId.get(`${type}|${id}`);
        if (wanted !== undefined) return wanted;
        const existing = this.inventory.get(type, id);
        return existing !== undefined && stays(existing) ? neighbour(type, existing) : undefined;
      },
      all: (type) => {
        const there = recorded.get(type) ?? [
          ...this.inventory.all(type).flatMap((each) => (stays(each) ? [neighbour(type, each)] : [])),
          ...ofType(type),
        ];
        recorded.set(type, there);
        return there;
      },
      told: (type) => (type === undefined ? told : ofType(type)),
    };
  }
}

function neighbour(type: string, { urn, inputs }: { readonly urn: string; readonly inputs: Values }): Neighbour {
  return { type, urn, inputs: plainAll(inputs) };
}
