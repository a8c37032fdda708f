// The picture that stands in a page itself: a Mermaid block below a mark that names its stack.

/** `<!-- make diagram: prod -->`, then the block. */
const BLOCK = /(<!-- make diagram: ([\w-]+) -->\n+```mermaid\n)[\s\S]*?(^```$)/gm;

/** A page with its Mermaid blocks as they should be. */
export function withDiagrams(page: string, diagramOf: (stack: string) => string): string {
  return page.replaceAll(BLOCK, (_, start: string, stack: string, end: string) => start + diagramOf(stack) + end);
}
