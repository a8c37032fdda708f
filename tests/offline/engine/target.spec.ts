import { expect } from "chai";
import { targetOf } from "../../../offline/engine/verbs/target";

const read = (environment: NodeJS.ProcessEnv) => {
  const { stack, offline } = targetOf(environment);
  return { stack, offline };
};

describe("targetOf", () => {
  it("is the stack local, offline, when nothing is said", () => {
    expect(read({})).to.deep.equal({ stack: "local", offline: true });
    expect(read({ STACK: "", OFFLINE: "" })).to.deep.equal({ stack: "local", offline: true });
  });

  it("is offline only when it was asked for, or for local, always", () => {
    expect(read({ STACK: "prod" })).to.deep.equal({ stack: "prod", offline: false });
    expect(read({ STACK: "prod", OFFLINE: "0" })).to.deep.equal({ stack: "prod", offline: false });
    expect(read({ STACK: "prod", OFFLINE: "1" })).to.deep.equal({ stack: "prod", offline: true });
    expect(read({ STACK: "local", OFFLINE: "0" })).to.deep.equal({ stack: "local", offline: true });
  });

  it("refuses an unknown stack, and a word that could be meant either way", () => {
    expect(() => targetOf({ STACK: "production" })).to.throw(
      'There is no stack "production": STACK is one of local, dev, staging, prod.',
    );
    expect(() => targetOf({ STACK: "prod", OFFLINE: "yes" })).to.throw(
      'OFFLINE is "yes": it is 1 for a run with no account, or left out.',
    );
  });
});
