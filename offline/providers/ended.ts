// What a run misses when its program has ended: the objects of every provider of one cluster are judged together.
import { join } from "node:path";
import { FolderInventory } from "./core/folder";
import type { PackageRules } from "./core/rules";
import { missingText, Run, type Unfulfilled } from "./core/run";
import { type Note, Notes } from "./core/told";
import { kubernetesRules } from "./packages/kubernetes";

/** Packages whose objects expect something of the whole run. */
const EXPECTING: Readonly<Record<string, PackageRules>> = { kubernetes: kubernetesRules };

/** A run that has ended. */
export interface Ended {
  /** Where its providers noted what they were told. */
  readonly folder: string;
  /** What the emulated cloud holds. */
  readonly cloud: string;
  /** How the URNs begin of what the run deletes unless it has told of it; undefined when it is limited to some targets. */
  readonly whole: string | undefined;
}

/** Everything that is missing, as a person reads it; empty when nothing is, or when the run has failed before its end. */
export function missedBy({ folder, cloud, whole }: Ended): string {
  const notes = new Notes(folder);
  if (notes.failed) return "";
  const places = new Map<string, Note[]>();
  for (const note of notes.all()) {
    const key = `${note.package}|${note.place}`;
    places.set(key, [...(places.get(key) ?? []), note]);
  }
  const leaves = (urn: string): boolean => whole !== undefined && urn.startsWith(whole);
  return missingText([...places.values()].flatMap((told) => missedIn(told, cloud, leaves)));
}

function missedIn(told: readonly Note[], cloud: string, leaves: (urn: string) => boolean): readonly Unfulfilled[] {
  const [first] = told;
  const rules = first && EXPECTING[first.package];
  if (first === undefined || rules === undefined) return [];
  const record = new FolderInventory(join(cloud, first.package)).at(() => first.place);
  const run = new Run(rules, record, undefined, leaves);
  for (const note of told) run.tell(note, note.marked, note.id);
  return run.unfulfilled();
}
