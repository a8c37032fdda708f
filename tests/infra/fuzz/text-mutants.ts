// Mutants of a stack's file: what editors, merges, tools and tired people do to YAML.
import type { Mutant } from "./mutants";

const LINES: readonly (readonly [what: string, change: (line: string) => string])[] = [
  ["removed", () => ""],
  ["twice", (line) => `${line}\n${line}`],
  ["with a tab", (line) => `\t${line}`],
  ["with a tab for spaces", (line) => line.replace(/^ +/, "\t")],
  ["deeper", (line) => `  ${line}`],
  ["less deep", (line) => line.replace(/^ {2}/, "")],
  ["without its colon", (line) => line.replace(/:(?=\s|$)/, "")],
  ["without its value", (line) => line.replace(/:\s.*$/, ":")],
  ["without quotes", (line) => line.replaceAll('"', "")],
  ["with an open quote", (line) => line.replace(/: /, ': "')],
  ["with an open bracket", (line) => line.replace(/: /, ": [")],
  ["with an open brace", (line) => line.replace(/: /, ": {")],
  ["with NUL", (line) => `${line}\0`],
  ["with an alias", (line) => line.replace(/: .*$/, ": *nothing")],
  ["with an anchor in itself", (line) => line.replace(/:(?=\s|$).*$/, ": &a [*a]")],
  ["with a tag", (line) => line.replace(/: /, ": !!js/function ")],
  ["as a comment", (line) => `# ${line}`],
  ["with a merge key", (line) => `${line}\n  <<: { archipelago:waf: 7 }`],
  ["with a block", (line) => line.replace(/: .*$/, ": |\n      text")],
  ["with another namespace", (line) => line.replace("archipelago:", "archipelgo:")],
  ["without its namespace", (line) => line.replace("archipelago:", "")],
  ["in capitals", (line) => line.toUpperCase()],
  ["as null", (line) => line.replace(/: .*$/, ": ~")],
  ["as a number", (line) => line.replace(/: .*$/, ": 011122223333")],
  ["as a date", (line) => line.replace(/: .*$/, ": 2026-01-01")],
  ["as a list", (line) => line.replace(/: .*$/, ": [1, 2]")],
  ["as a mapping", (line) => line.replace(/: .*$/, ": { __proto__: 1 }")],
  ["as a secret", (line) => line.replace(/: .*$/, ": { secure: AAAA }")],
  ["as a conflict", (line) => `<<<<<<< HEAD\n${line}\n=======\n${line}\n>>>>>>> main`],
  ["with a second document", (line) => `${line}\n---\nconfig: {}`],
  ["with Windows' ends", (line) => `${line}\r`],
  ["with a right-to-left mark", (line) => line.replace(/: /, ": \u202e")],
];

/** A line changed, the file cut after each tenth character, and its encoding changed; every n-th. */
export function* textMutants(text: string, every = 1): Generator<Mutant> {
  let count = 0;
  for (const mutant of all(text)) if (count++ % every === 0) yield mutant;
}

function* all(text: string): Generator<Mutant> {
  const lines = text.split("\n");
  const bytes = (changed: string): Buffer => Buffer.from(changed, "utf8");
  for (const [index, line] of lines.entries()) {
    for (const [what, change] of LINES) {
      const changed = [...lines.slice(0, index), change(line), ...lines.slice(index + 1)].join("\n");
      yield { what: `line ${index + 1} ${what}`, whole: bytes(changed) };
    }
  }
  for (let end = 0; end < text.length; end += 10) yield { what: `cut at ${end}`, whole: bytes(text.slice(0, end)) };
  yield { what: "UTF-16", whole: Buffer.from(text, "utf16le") };
  yield { what: "UTF-16 with a mark", whole: Buffer.from(`\ufeff${text}`, "utf16le") };
  yield { what: "a byte order mark", whole: bytes(`\ufeff${text}`) };
  yield { what: "Latin-1", whole: Buffer.concat([bytes(text), Buffer.from("# \xe4", "latin1")]) };
  yield { what: "a list", whole: bytes("- 1\n- 2\n") };
  yield { what: "a text", whole: bytes("text") };
  yield { what: "nothing", whole: bytes("") };
  yield { what: "no config", whole: bytes("config:\n") };
  yield { what: "a list for config", whole: bytes("config: [1]\n") };
  yield {
    what: "many aliases",
    whole: bytes(`a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nconfig: { archipelago:zones: *c }\n`),
  };
}
