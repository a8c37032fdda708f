// Colours, widths and redrawn lines are for terminals: a pipe gets plain lines.
import { expect } from "chai";
import { columnsOf, paintOn, type Screen, fit, showProgress, wrap } from "../../cli/screen";

const screenOf = (isTTY: boolean, columns = 80): Screen & { readonly written: string[] } => {
  const written: string[] = [];
  return { isTTY, columns, written, write: (text) => written.push(text) };
};

describe("the screen", () => {
  it("is coloured on a terminal, and not in a pipe, on a dumb terminal or with NO_COLOR", () => {
    const red = (isTTY: boolean, environment: NodeJS.ProcessEnv) =>
      paintOn({ isTTY, write: () => 0 }, environment)("red", "no");
    expect(red(true, { TERM: "xterm" })).to.equal("\u001b[31mno\u001b[0m");
    expect([red(false, {}), red(true, { TERM: "dumb" }), red(true, { NO_COLOR: "1" })]).to.deep.equal([
      "no",
      "no",
      "no",
    ]);
  });

  it("has a width on a terminal only", () => {
    expect([columnsOf(screenOf(true, 80)), columnsOf(screenOf(false, 80))]).to.deep.equal([80, undefined]);
  });

  it("draws progress again in one line that fits, and removes it at the end", async () => {
    const screen = screenOf(true, 30);
    const end = showProgress(screen, () => "x".repeat(50), 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    end();
    expect(screen.written[0]).to.equal(`\r\u001b[K${"x".repeat(29)}`);
    expect(screen.written.at(-1)).to.equal("\r\u001b[K");
  });

  it("writes progress into a pipe as plain lines, and nothing at the end", async () => {
    const screen = screenOf(false);
    const end = showProgress(screen, () => "half", 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    end();
    expect(new Set(screen.written)).to.deep.equal(new Set(["half\n"]));
  });

  it("breaks a long line of a terminal between words, under its indent, and no line of a pipe", () => {
    const line = "  \u001b[31mto do\u001b[0m: add a policy";
    expect(fit(line, 22)).to.deep.equal([line]);
    expect(fit("  to do: add a policy", 12)).to.deep.equal(["  to do: add", "    a policy"]);
    expect(fit("  to do: add a policy", undefined)).to.deep.equal(["  to do: add a policy"]);
  });

  it("wraps words, and leaves a word whole that is longer than the line", () => {
    expect(wrap(["a", "bb", "ccccccccc", "d"], 8, "  ", " \\")).to.deep.equal([
      "  a bb \\",
      "    ccccccccc \\",
      "    d",
    ]);
  });
});
