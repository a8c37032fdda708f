import { expect } from "chai";
import { InvalidInput, throwIfAny } from "../../../components/kit";

const port = { path: "port", value: 0, allowed: "1 to 65535", remedy: "name a port" };
const image = { path: "image", value: undefined, allowed: "a reference", remedy: "set it" };

describe("base: problems", () => {
  it("lets good arguments pass", () => {
    expect(() => {
      throwIfAny("component", []);
    }).to.not.throw();
  });

  it("says one problem with its path, its value, what is allowed and what to do", () => {
    expect(new InvalidInput('type "name"', [port]).message).to.equal(
      'type "name": 1 problem; nothing was created.\n' +
        "  1. port: 0\n     allowed: 1 to 65535\n     to do:   name a port",
    );
  });

  it("says all problems at once, in their order", () => {
    const error = new InvalidInput("file.yaml", [port, image]);
    expect(error.message).to.equal(
      "file.yaml: 2 problems; nothing was created.\n" +
        "  1. port: 0\n     allowed: 1 to 65535\n     to do:   name a port\n" +
        "  2. image: (not set)\n     allowed: a reference\n     to do:   set it",
    );
    expect(error.problems).to.deep.equal([port, image]);
    expect(error.subject).to.equal("file.yaml");
  });

  it("is what Pulumi shows without a stack trace", () => {
    // https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/errors.ts
    expect(new InvalidInput("s", [port]).__pulumiRunError).to.equal(true);
    expect(() => {
      throwIfAny("s", [port]);
    }).to.throw(InvalidInput);
  });
});
