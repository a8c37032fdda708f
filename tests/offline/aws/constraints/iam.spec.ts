import { expect } from "chai";
import { cloudOf, refusals } from "./support";

const trust = (Service: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service } }],
  });
const role = (service: string) =>
  cloudOf({ type: "aws:iam/role:Role", id: "r", inputs: { assumeRolePolicy: trust(service) } });
const machine = {
  name: "m",
  roleArn: "arn:aws:iam::111122223333:role/r",
  definition: '{"StartAt":"a","States":{"a":{"Type":"Succeed"}}}',
};
const MACHINE = "aws:sfn/stateMachine:StateMachine";

describe("offline providers: names of roles, and who assumes them", () => {
  it("takes a name of 64 characters and refuses one of 65", () => {
    const named = (name: string) =>
      refusals(cloudOf(), "aws:iam/role:Role", { name, assumeRolePolicy: trust("ecs-tasks.amazonaws.com") });
    expect(named("a".repeat(64))).to.deep.equal([]);
    expect(named("a".repeat(65))).to.deep.equal([
      `name: "${"a".repeat(65)}" is no role name: 1 to 64 letters, digits and any of _+=,.@-`,
    ]);
  });
  it("gives a state machine a role that Step Functions can assume", () => {
    expect(refusals(role("states.amazonaws.com"), MACHINE, machine)).to.deep.equal([]);
    expect(refusals(role("ecs-tasks.amazonaws.com"), MACHINE, machine)).to.deep.equal([
      "roleArn: states.amazonaws.com can't assume role r: its trust policy must allow sts:AssumeRole to this service",
    ]);
  });
});
