// Markdown as GitHub shows it. What a description says stays text: it never becomes markup, a link or a new cell.

/** Text of a description, on one line. */
export function plain(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .trim()
    .replaceAll(/[\\`*_[\]<>|~#]/g, (mark) => `\\${mark}`)
    .replaceAll("&", "&amp;");
}

/** Text that stands as a sentence. */
export function sentence(text: string): string {
  return /[.!?]\s*$/.test(text) ? plain(text) : `${plain(text)}.`;
}

/** A name as it stands in code; in a table, too. */
export function code(name: string): string {
  const text = name.replaceAll(/\s+/g, " ").replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
}

/** A link to a heading, of this page unless another is named. */
export function linkTo(text: string, heading: string, page = ""): string {
  return `[${text}](${page}#${anchorOf(heading)})`;
}

/** What GitHub calls the place of a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");
}

/** A table, or nothing where there are no rows. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return ["", line(columns), line(columns.map(() => "---")), ...rows.map(line), ""];
}

/** Lines as a page, with no two empty ones in a row. */
export function page(lines: readonly string[]): string {
  return `${lines
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}
