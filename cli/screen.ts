// The user's terminal: its colours, its width, and a progress line that is drawn again in place. A pipe has none of the three.

/** A stream that may be a terminal. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const COLOURS = { red: 31, green: 32, yellow: 33, magenta: 35, bold: 1 } as const;
const COLOUR_CODES = /\u001b\[\d+m/g;
export type Colour = keyof typeof COLOURS;

/** Colours a text. */
export type Paint = (colour: Colour, text: string) => string;

/** No colours. */
export const plain: Paint = (_, text) => text;

/** Colours on a terminal, unless NO_COLOR (https://no-color.org) or a dumb terminal asks for none. */
export function paintOn({ isTTY }: Screen, { NO_COLOR = "", TERM = "" }: NodeJS.ProcessEnv = process.env): Paint {
  if (isTTY !== true || NO_COLOR !== "" || TERM === "dumb") return plain;
  return (colour, text) => (text === "" ? text : `\u001b[${COLOURS[colour]}m${text}\u001b[0m`);
}

/** Columns of a terminal; undefined where lines may have any length. */
export function columnsOf({ isTTY, columns }: Screen): number | undefined {
  return isTTY === true && columns !== undefined && columns > 20 ? columns : undefined;
}

/** How often a progress line comes, in milliseconds. */
const EVERY = { terminal: 1000, pipe: 15_000 } as const;

/**
 * Shows how far a piece of work is: on a terminal in one line that is drawn again, in a pipe in a line of its own every 15 s.
 *
 * @param text the line of this moment
 * @param interval milliseconds between two lines
 * @returns ends it; a terminal's line is removed
 */
export function showProgress(
  screen: Screen,
  text: () => string,
  interval: number = screen.isTTY === true ? EVERY.terminal : EVERY.pipe,
): () => void {
  const terminal = screen.isTTY === true;
  const draw = (): void => {
    const line = text();
    screen.write(terminal ? `\r\u001b[K${line.slice(0, (columnsOf(screen) ?? line.length + 1) - 1)}` : `${line}\n`);
  };
  const timer = setInterval(draw, interval);
  return () => {
    clearInterval(timer);
    if (terminal) screen.write("\r\u001b[K");
  };
}

/**
 * Joins words to lines no longer than the width, where the words allow that.
 *
 * @param indent of the first line; the others have two columns more
 * @param end stands at the end of each line but the last: a shell's backslash
 */
export function wrap(words: readonly string[], width: number, indent: string, end = ""): readonly string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of words) {
    if (current !== "" && `${current} ${word}${end}`.length > width) {
      lines.push(`${current}${end}`);
      current = "";
    }
    current = current === "" ? `${indent}${lines.length > 0 ? "  " : ""}${word}` : `${current} ${word}`;
  }
  return [...lines, current];
}

/** A line in parts that fit a terminal, each below the first one's indent; as it is where lines may have any length. */
export function fit(line: string, columns: number | undefined): readonly string[] {
  if (columns === undefined || line.replace(COLOUR_CODES, "").length <= columns) return [line];
  const indent = /^ */.exec(line)?.[0] ?? "";
  return wrap(line.slice(indent.length).split(" "), columns, indent);
}
