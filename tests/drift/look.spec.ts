import { expect } from "chai";
import { driftsOf } from "./look";

const type = "aws:rds/instance:Instance";
const hidden = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "[secret]" };

/** A line of the engine's events. */
function line(op: string, name: string, more: object = {}): string {
  return JSON.stringify({
    resOutputsEvent: { metadata: { op, type, urn: `urn:pulumi:local::p::${type}::${name}`, ...more } },
  });
}

describe("what has drifted", () => {
  it("is told by property, before and after; what is as it was is not told", () => {
    const sizes = { old: { outputs: { size: 20, zone: "a" } }, new: { outputs: { zone: "a", size: 30, port: 5432 } } };
    expect(
      driftsOf([line("same", "kept"), line("update", "grown", sizes), line("delete", "lost")].join("\n")),
    ).to.deep.equal([
      { type, name: "grown", property: "port", was: "(not set)", is: "5432" },
      { type, name: "grown", property: "size", was: "20", is: "30" },
      { type, name: "lost", was: "there", is: "gone" },
    ]);
  });

  it("shows no secret, and tells of one that has changed although the engine hides both values", () => {
    const changed = { old: { outputs: { password: hidden } }, new: { outputs: { password: hidden } } };
    expect(driftsOf(line("update", "db", { ...changed, diffs: ["password"] }))).to.deep.equal([
      { type, name: "db", property: "password", was: "[secret]", is: "another secret" },
    ]);
    const opened = { old: { outputs: { note: "hello", within: { of: hidden } } }, new: { outputs: { note: hidden } } };
    expect(driftsOf(line("update", "db", opened))).to.deep.equal([
      { type, name: "db", property: "note", was: '"hello"', is: "[secret]" },
      { type, name: "db", property: "within", was: "[secret]", is: "(not set)" },
    ]);
  });
});
