// Text in a picture: how wide it is, where it breaks, how it is escaped. No font is measured, so that the same plan gives
// the same picture on every machine.

/**
 * Widths in thousandths of the font's size, as Helvetica has them; Arial, Liberation Sans and Nimbus Sans have the same.
 * Letters by width; the others are taken as the widest.
 */
const WIDTHS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    "ijl'|": 222,
    " !,./:;I[]\\ft·": 278,
    "()-r`{}": 333,
    '"*°': 400,
    Jckszvxy: 500,
    "#$0123456789_?abdeghnopquL–": 556,
    "+<>=~^×≥≤": 584,
    FTZ: 611,
    "ABEKPSVXY&": 667,
    CDHNRUw: 722,
    GOQ: 778,
    "Mm%": 889,
  }).flatMap(([letters, width]) => Array.from(letters, (letter): [string, number] => [letter, width])),
);
const WIDEST = 1000;
/** A bold letter is about a twelfth wider. */
const BOLD = 1.08;
/** Fonts that a machine puts in Helvetica's place are a little wider. */
const SPARE = 1.05;

/** How text is set. */
export interface Font {
  readonly size: number;
  readonly bold?: boolean;
}

/** Width of a line in pixels, rounded up. */
export function widthOf(text: string, { size, bold = false }: Font): number {
  let thousandths = 0;
  for (const letter of text) thousandths += WIDTHS.get(letter) ?? WIDEST;
  return Math.ceil((thousandths / 1000) * size * SPARE * (bold ? BOLD : 1));
}

/** Width of the widest line. */
export function widest(lines: readonly string[], font: Font): number {
  return Math.max(0, ...lines.map((line) => widthOf(line, font)));
}

/** Parts as lines no wider than a width, as long as no single part is; each but the last ends as `separator` says. */
export function wrapped(parts: readonly string[], font: Font, width: number, separator = ","): string[] {
  const lines: string[] = [];
  let line = "";
  for (const [index, part] of parts.entries()) {
    const piece = index < parts.length - 1 ? part + separator : part;
    if (line === "") line = piece;
    else if (widthOf(`${line} ${piece}`, font) <= width) line += ` ${piece}`;
    else {
      lines.push(line);
      line = piece;
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** Text for XML and HTML, inside elements and quoted attributes. What XML can't hold is replaced. */
export function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "\u{fffd}")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
