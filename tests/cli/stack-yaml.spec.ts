// What people do to YAML files, and what they are told.
import { expect } from "chai";
import fc from "fast-check";
import { dump } from "js-yaml";
import { readStackYaml } from "../../cli/stack-yaml";

const START = "config:\n  archipelago:system: shop\n";

function told(bytes: Uint8Array | string): unknown {
  const read = readStackYaml(typeof bytes === "string" ? Buffer.from(bytes) : bytes);
  if (!("unreadable" in read)) return read.value;
  const { line, text, what, remedy } = read.unreadable;
  return [line, text, what, remedy];
}

describe("a stack's file", () => {
  it("is read as it is, an empty one too", () => {
    expect(told(START)).to.deep.equal({ config: { "archipelago:system": "shop" } });
    expect(told("")).to.deep.equal({});
    expect(told("# nothing yet\n")).to.deep.equal({});
    expect(told(`\ufeff${START}`)).to.deep.equal({ config: { "archipelago:system": "shop" } });
    expect(told("config: &a { b: 1 }\nagain: *a\n")).to.deep.equal({ config: { b: 1 }, again: { b: 1 } });
  });

  const mistakes: readonly (readonly [name: string, text: Uint8Array | string, unreadable: readonly unknown[]])[] = [
    [
      "a tab",
      `${START}\tarchipelago:waf: true\n`,
      [3, "→archipelago:waf: true", "a tab in the indentation", "indent by spaces"],
    ],
    [
      "a second document",
      `${START}---\nconfig: {}\n`,
      [3, "---", "a second document", "remove this line and the document that is not meant"],
    ],
    [
      "a second document after the end of the first",
      `${START}...\n- 1\n`,
      [3, "...", "a second document", "remove this line and the document that is not meant"],
    ],
    [
      "a key twice",
      `${START}  archipelago:system: other\n`,
      [3, "  archipelago:system: other", "a key that stands there twice", "remove one of the two"],
    ],
    [
      "a quote that is not closed",
      `${START}  archipelago:alertEmail: "a@example.com\n`,
      [3, '  archipelago:alertEmail: "a@example.com', "a quote that is not closed", "close it, on the same line"],
    ],
    [
      "a NUL",
      `${START}  archipelago:waf: tr\0ue\n`,
      [3, "  archipelago:waf: tr␀ue", "a NUL character", "remove it, or restore the file: it may be damaged"],
    ],
    [
      "an anchor that holds itself",
      `${START}  archipelago:images: &i [*i]\n`,
      [3, "  archipelago:images: &i [*i]", "an anchor (&) that holds itself by its alias (*)", "write the value out"],
    ],
    [
      "an alias of nothing",
      `${START}  archipelago:cidr: *\n`,
      [
        3,
        "  archipelago:cidr: *",
        "no YAML: name of an alias node must contain at least one character",
        "compare it with the file of another stack",
      ],
    ],
    [
      "UTF-16 with a mark",
      Buffer.from(`\ufeff${START}`, "utf16le"),
      [
        undefined,
        "text in UTF-16 (little end first)",
        "the file is no UTF-8",
        "save it as UTF-8, without a byte order mark",
      ],
    ],
    [
      "UTF-16 without a mark",
      Buffer.from(START, "utf16le"),
      [
        undefined,
        "text in UTF-16 (little end first)",
        "the file is no UTF-8",
        "save it as UTF-8, without a byte order mark",
      ],
    ],
    [
      "a list",
      "- config\n",
      [undefined, '["config"]', "the file is no mapping", "write config: at its top, and the keys below it"],
    ],
  ];
  for (const [name, text, unreadable] of mistakes) {
    it(`with ${name} is told by its line, what it is, and what to do`, () => {
      expect(told(text)).to.deep.equal(unreadable);
    });
  }

  it("never ends in anything but a value or words", () => {
    const base = Buffer.from(
      dump({
        config: { "archipelago:zones": ["a", "b"], "archipelago:images": { user: "r/u:1", order: 'it\'s "x"' } },
      }),
    );
    const edit = fc.record({ at: fc.nat(base.length), cut: fc.nat(3), put: fc.uint8Array({ maxLength: 4 }) });
    fc.assert(
      fc.property(
        edit,
        fc.constantFrom("", "\t", "&a *a", '"', "\0", "%", ": :", "[", "!!binary x", "<<: *a"),
        ({ at, cut, put }, text) => {
          const bytes = Buffer.concat([base.subarray(0, at), Buffer.from(text), put, base.subarray(at + cut)]);
          const read = readStackYaml(bytes);
          if ("unreadable" in read) expect(read.unreadable.what).to.not.equal("");
          else expect(JSON.stringify(read.value)).to.be.a("string");
        },
      ),
      { numRuns: 2000 },
    );
  });
});
