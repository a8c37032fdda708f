import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hangers } from "../chaos/account";

const page = readFileSync(join(__dirname, "../../docs/runbooks/recovery.md"), "utf8");

describe("the recovery runbook", () => {
  it("lists what has no tags as the campaign does: no more and no less", () => {
    const commands = [...page.matchAll(/^\| `(aws [^`]+)` +\|/gm)].map(([, command]) => command);
    expect(commands.sort()).to.deep.equal([...new Set(Object.values(hangers).map(({ listed }) => listed))].sort());
  });
});
