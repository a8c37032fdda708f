// Reads a stack's file as a person wrote it. A syntax error is reported with its line, for the program and for the runner.
import { load, YAMLException } from "js-yaml";

/** A file that can't be read. */
export interface Unreadable {
  /** From 1; undefined when it is the file as a whole. */
  readonly line: number | undefined;
  /** The line's text, or what the file is. */
  readonly text: string;
  readonly what: string;
  readonly remedy: string;
}

/** What a file holds, or why it can't be read. */
export type ReadYaml = { readonly value: Readonly<Record<string, unknown>> } | { readonly unreadable: Unreadable };

/** Reads the bytes of a YAML file whose top is a mapping; an empty file is an empty mapping. Pure. */
export function readStackYaml(bytes: Uint8Array): ReadYaml {
  const encoding = foreignEncoding(bytes);
  if (encoding !== undefined)
    return whole(`text in ${encoding}`, "the file is no UTF-8", "save it as UTF-8, without a byte order mark");
  const text = new TextDecoder().decode(bytes);
  const nul = text.indexOf("\0");
  if (nul >= 0)
    return at(text, lineOf(text, nul), "a NUL character", "remove it, or restore the file: it may be damaged");
  try {
    return checked(text, load(text));
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { what, remedy } = explained(error.reason);
    // js-yaml says no place of a second document.
    const line = (error as { readonly mark?: { readonly line: number } }).mark?.line ?? secondDocument(text);
    return at(text, line + 1, what, remedy);
  }
}

/** The line, from 0, at which a second document begins: the last `---` or `...`. */
function secondDocument(text: string): number {
  return Math.max(
    0,
    text.split("\n").findLastIndex((line) => /^(?:---|\.\.\.)(?:\s|$)/.test(line)),
  );
}

function checked(text: string, value: unknown): ReadYaml {
  if (value === undefined || value === null) return { value: {} };
  if (typeof value !== "object" || Array.isArray(value))
    return whole(
      JSON.stringify(value).slice(0, 60),
      "the file is no mapping",
      "write config: at its top, and the keys below it",
    );
  if (holdsItself(value)) {
    const alias = text.search(/(?:^|[\s[{,:-])\*[\w-]/m);
    return at(
      text,
      lineOf(text, Math.max(0, alias + 1)),
      "an anchor (&) that holds itself by its alias (*)",
      "write the value out",
    );
  }
  return { value: value as Readonly<Record<string, unknown>> };
}

/** js-yaml's words for what people do most often. */
function explained(reason: string): { readonly what: string; readonly remedy: string } {
  if (reason.includes("duplicated mapping key"))
    return { what: "a key that stands there twice", remedy: "remove one of the two" };
  if (reason.includes("tab character")) return { what: "a tab in the indentation", remedy: "indent by spaces" };
  if (/within a (?:double|single) quoted scalar/.test(reason))
    return { what: "a quote that is not closed", remedy: "close it, on the same line" };
  if (reason.includes("unidentified alias"))
    return { what: `an alias without its anchor (${reason})`, remedy: "put text with a * in quotes" };
  if (reason.includes("single document"))
    return { what: "a second document", remedy: "remove this line and the document that is not meant" };
  return { what: `no YAML: ${reason}`, remedy: "compare it with the file of another stack" };
}

/** An encoding that is not UTF-8, by its mark or by the zeros between Latin letters. */
function foreignEncoding([first, second, third, fourth]: Uint8Array): string | undefined {
  if ((first === 0xff && second === 0xfe) || (second === 0 && fourth === 0 && first !== 0))
    return "UTF-16 (little end first)";
  if ((first === 0xfe && second === 0xff) || (first === 0 && third === 0 && second !== 0))
    return "UTF-16 (big end first)";
  return undefined;
}

function holdsItself(value: unknown, above: ReadonlySet<unknown> = new Set()): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (above.has(value)) return true;
  const within = new Set([...above, value]);
  return Object.values(value).some((part) => holdsItself(part, within));
}

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}

function at(text: string, line: number, what: string, remedy: string): ReadYaml {
  const lines = text.split("\n");
  // The end of the file is reported behind its last line.
  const shown = Math.min(line, text.endsWith("\n") ? Math.max(1, lines.length - 1) : lines.length);
  const words = (lines[shown - 1] ?? "").replaceAll("\0", "␀").replaceAll("\t", "→").trimEnd();
  return { unreadable: { line: shown, text: words, what, remedy } };
}

function whole(text: string, what: string, remedy: string): ReadYaml {
  return { unreadable: { line: undefined, text, what, remedy } };
}
