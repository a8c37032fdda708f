import { expect } from "chai";
import { type Transform, transformed } from "../../../components/kit";

interface Args {
  readonly color: string;
  readonly size?: number;
}

const run = (transform: Transform<Args> | undefined) => {
  const given = { args: { color: "red", size: 1 }, opts: { protect: false } };
  return { given, result: transformed<Args>(transform, "child", given.args, given.opts) };
};

describe("base: transforms", () => {
  it("leaves a child as it is when there is none", () => {
    expect(run(undefined).result).to.deep.equal(["child", { color: "red", size: 1 }, { protect: false }]);
  });

  it("replaces the values it names", () => {
    expect(run({ size: 2 }).result).to.deep.equal(["child", { color: "red", size: 2 }, { protect: false }]);
  });

  it("lets a function edit arguments and options, and tells it the child's name", () => {
    const names: string[] = [];
    const { given, result } = run((args, opts, name) => {
      names.push(name);
      Object.assign(args, { color: "blue" });
      opts.protect = true;
    });
    expect(result).to.deep.equal(["child", { color: "blue", size: 1 }, { protect: true }]);
    expect(names).to.deep.equal(["child"]);
    // What was given may belong to several children.
    expect(given).to.deep.equal({ args: { color: "red", size: 1 }, opts: { protect: false } });
  });
});
