// Which kinds each target builds, as tables in Markdown: made from the tables of the targets. tests/docs/reference.spec.ts writes them.
import type { Target, Unbound } from "./target";

type Tables = Readonly<
  Record<string, Pick<Target, "title"> & { readonly kinds: Readonly<Record<string, string | Unbound>> }>
>;

/** Support of each kind (row) on each target (column): the implementation, or the reason for its absence and the alternative. */
export function capabilities(targets: Tables): string {
  return table(targets, (binding) =>
    typeof binding === "string" ? binding : `not on this target: ${binding.reason}; instead: ${binding.instead}`,
  );
}

/** The same in short: yes or no. */
export function shortCapabilities(targets: Tables): string {
  return table(targets, (binding) => (typeof binding === "string" ? "yes" : "no"));
}

function table(targets: Tables, cell: (binding: string | Unbound) => string): string {
  const names = Object.keys(targets);
  const kinds = [...new Set(Object.values(targets).flatMap((target) => Object.keys(target.kinds)))];
  const missing = { reason: "the target has no line for this kind", instead: "remove it" };
  const rows = kinds.map((kind) => [
    kind,
    ...Object.values(targets).map((target) => cell(target.kinds[kind] ?? missing)),
  ]);
  const head = ["kind", ...names.map((name) => `\`${name}\`: ${targets[name]?.title ?? ""}`)];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
