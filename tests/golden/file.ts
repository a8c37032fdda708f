// A graph as the text of a file: YAML, a resource a block. A stack that resembles another is kept as its differences from that one.
import yaml from "js-yaml";
import type { Entry, Graph } from "./graph";

/** What differs from a base: groups whose entries are whole, or null where the base has one too many. */
type Difference = Readonly<Record<string, Readonly<Record<string, Entry | null>>>>;

/** The text of a graph. */
export function textOf(title: string, graph: Graph, base?: Graph): string {
  const data = base ? differenceOf(graph, base) : graph;
  const groups = Object.entries(data).map(([name, group]) => {
    const body = yaml.dump({ [name]: group }, { lineWidth: -1, noRefs: true, quotingType: '"' });
    // A blank line between resources.
    return body.replace(/^ {2}(?=\S)/gm, "\n  ").replace("\n\n", "\n");
  });
  return `# ${title}\n# A spec writes this file: UPDATE_GOLDEN=1 npx mocha tests/golden/graphs.spec.ts\n\n${groups.join("\n")}`;
}

/** The graph of a text. */
export function graphIn(text: string, base?: Graph): Graph {
  const data = (yaml.load(text) ?? {}) as Difference;
  if (!base) return data as Graph;
  const names = [...new Set([...Object.keys(base), ...Object.keys(data)])].sort();
  const groups = names.map((name): [string, Record<string, Entry>] => {
    const entries = Object.entries({ ...base[name], ...data[name] });
    return [name, Object.fromEntries(entries.flatMap(([key, entry]) => (entry ? [[key, entry]] : [])))];
  });
  return Object.fromEntries(groups.filter(([, group]) => Object.keys(group).length > 0));
}

function differenceOf(graph: Graph, base: Graph): Difference {
  const names = [...new Set([...Object.keys(base), ...Object.keys(graph)])].sort();
  const groups = names.map((name): [string, Record<string, Entry | null>] => {
    const [before, after] = [base[name] ?? {}, graph[name] ?? {}];
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
    return [name, Object.fromEntries(changed.map((key) => [key, after[key] ?? null]))];
  });
  return Object.fromEntries(groups.filter(([, group]) => Object.keys(group).length > 0));
}
