// Several files change together or not at all: what is new is written beside them first, then renamed into place.
import { renameSync, rmSync, writeFileSync } from "node:fs";

/** A change of a file. */
export interface Edit {
  /** Absolute. */
  readonly file: string;
  /** Undefined: the file does not exist yet. */
  readonly before: string | undefined;
  readonly after: string;
}

/** Makes every edit; when one fails, the files are as they were and the error goes on. */
export function makeEdits(edits: readonly Edit[]): void {
  const drafts = edits.map((edit) => ({ ...edit, draft: `${edit.file}.draft-${process.pid}` }));
  const made: Edit[] = [];
  try {
    for (const { draft, after } of drafts) writeFileSync(draft, after, { flag: "wx" });
    for (const { draft, ...edit } of drafts) {
      renameSync(draft, edit.file);
      made.push(edit);
    }
  } catch (error) {
    for (const { file, before } of made) {
      if (before === undefined) rmSync(file);
      else writeFileSync(file, before);
    }
    throw error;
  } finally {
    for (const { draft } of drafts) rmSync(draft, { force: true });
  }
}
