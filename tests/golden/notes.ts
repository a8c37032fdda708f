// Upgrade notes: docs/upgrades/<version>-<word>.md says which resources a release deletes or replaces, and what an operator does.
import type { Loss } from "./upgrade";

/** A note by its file's name and its text. */
export interface Note {
  readonly file: string;
  readonly text: string;
}

/** A line of a note: `- replaces` or `- deletes`, then a resource between backquotes; `*` stands for any characters. */
const NAMED = /^- (deletes|replaces) `([^`]+)`/gm;
const HEADING = "## What an operator does";

/** Losses that no note of this version names. */
export function unannounced(losses: readonly Loss[], notes: readonly Note[], version: string): readonly Loss[] {
  const named = notes.filter(({ file }) => file.startsWith(`${version}-`)).flatMap(namedIn);
  return losses.filter(({ kind, resource }) => !named.some((each) => each.kind === kind && each.form.test(resource)));
}

/** What is wrong with the notes: each names resources, and says what an operator does. */
export function faultsOf(notes: readonly Note[]): string[] {
  return notes.flatMap((note) => {
    const [, what = ""] = note.text.split(`${HEADING}\n`);
    return [
      ...(/^\d+\.\d+\.\d+-[a-z0-9-]+\.md$/.test(note.file) ? [] : [`${note.file}: is not called <version>-<word>.md`]),
      ...(namedIn(note).length > 0 ? [] : [`${note.file}: names no resource (- replaces \`<name> <type>\`)`]),
      ...(what.trim() === "" ? [`${note.file}: has no text under "${HEADING}"`] : []),
    ];
  });
}

function namedIn({ text }: Note): { readonly kind: string; readonly form: RegExp }[] {
  return [...text.matchAll(NAMED)].map(([, kind = "", resource = ""]) => ({
    kind,
    form: new RegExp(`^${resource.split("*").map(escaped).join(".*")}$`),
  }));
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
