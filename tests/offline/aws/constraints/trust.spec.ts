import { expect } from "chai";
import type { Values } from "../../../../offline/providers/core/values";
import { cards } from "../../../../offline/aws/cards";
import { declares } from "./declared";
import { cloudOf, refusals } from "./support";

const ARN = "arn:aws:iam::111122223333:role";
const statement = (Principal: Values, more: Values = {}): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal, ...more }],
  });
const FUNCTION = "aws:lambda/function:Function";
const runs = (assumeRolePolicy: string): readonly string[] =>
  refusals(cloudOf({ type: "aws:iam/role:Role", id: "r", inputs: { assumeRolePolicy } }), FUNCTION, {
    role: `${ARN}/r`,
    runtime: "nodejs20.x",
    handler: "a.b",
  });
const refused = [
  "role: lambda.amazonaws.com can't assume role r: its trust policy must allow sts:AssumeRole to this service",
];

/** An input with a text at a path: `a.b[]` becomes `{ a: { b: [text] } }`. */
function at(path: string, value: string): Values {
  const [step = "", ...rest] = path.split(".");
  const inner = rest.length > 0 ? at(rest.join("."), value) : value;
  return { [step.replace("[]", "")]: step.endsWith("[]") ? [inner] : inner };
}

describe("offline providers: who may assume a role", () => {
  it("reads a trust as IAM does", () => {
    expect(runs(statement({ Service: "lambda.amazonaws.com" }))).to.deep.equal([]);
    expect(runs(statement({ Service: ["ec2.amazonaws.com", "lambda.amazonaws.com"] }))).to.deep.equal([]);
    expect(runs(statement({ AWS: `${ARN}/other` }))).to.deep.equal(refused);
    expect(runs(statement({ Service: "ec2.amazonaws.com" }))).to.deep.equal(refused);
    expect(runs(statement({ Service: "lambda.amazonaws.com" }, { Action: "sts:TagSession" }))).to.deep.equal(refused);
    expect(runs(statement({ Service: "lambda.amazonaws.com" }, { Effect: "Deny" }))).to.deep.equal(refused);
  });

  for (const [type, { roles = {} }] of Object.entries(cards))
    for (const [path, service] of Object.entries(roles))
      it(`${type} ${path}: ${service}`, () => {
        expect(declares(type, path)).to.equal(true);
        const trust = (name: string) => ({
          ...{ type: "aws:iam/role:Role", id: "r" },
          inputs: { assumeRolePolicy: statement({ Service: `${name}.amazonaws.com` }) },
        });
        const about = (name: string) =>
          refusals(cloudOf(trust(name)), type, at(path, `${ARN}/r`)).filter((line) => line.includes("can't assume"));
        const place = path.replaceAll("[]", "[0]");
        expect(about(service)).to.deep.equal([]);
        expect(about("nobody")).to.deep.equal([
          `${place}: ${service}.amazonaws.com can't assume role r: its trust policy must allow sts:AssumeRole to this service`,
        ]);
      });
});
