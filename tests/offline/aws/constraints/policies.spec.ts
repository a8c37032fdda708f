import { expect } from "chai";
import type { Values } from "../../../../offline/providers/core/values";
import { cards } from "../../../../offline/aws/cards";
import type { PolicyKind } from "../../../../offline/aws/policies";
import { declares } from "./declared";
import { cloudOf, refusals } from "./support";

const document = (more: Values): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...more }] }); // prettier-ignore
const CLEAN: Readonly<Record<PolicyKind, Values>> = {
  identity: { Action: "sqs:SendMessage", Resource: "*" },
  resource: { Action: "sqs:SendMessage", Resource: "*", Principal: { Service: "sns.amazonaws.com" } },
  trust: { Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
};
const inputsAt = (path: string, value: string): Values => {
  const [list, property = ""] = path.split("[].");
  return property === "" ? { [path]: value } : { [list ?? ""]: [{ name: "p", [property]: value }] };
};
const role = (Statement: readonly Values[]): readonly string[] =>
  refusals(cloudOf({ type: "aws:iam/role:Role", id: "r" }), "aws:iam/rolePolicy:RolePolicy", {
    role: "r",
    policy: JSON.stringify({ Version: "2012-10-17", Statement }),
  });

const POLICY_PATHS = Object.entries(cards).flatMap(([type, { policies = {} }]) =>
  Object.entries(policies).map(([path, kind]) => [type, path, kind] as const),
);

describe("offline providers: policies, wherever they stand", () => {
  for (const [type, path, kind] of POLICY_PATHS)
    it(`${type} ${path} is read as a policy of ${kind}`, () => {
      expect(declares(type, path)).to.equal(true);
      const at = path.replace("[]", "[0]");
      const about = (more: Values) =>
        refusals(cloudOf(), type, inputsAt(path, document({ ...CLEAN[kind], ...more }))).filter((line) =>
          line.startsWith(`${at}.Statement`),
        );
      expect(about({})).to.deep.equal([]);
      expect(about({ Action: "sts:AssumeRoles" })).to.deep.equal([
        `${at}.Statement[0].Action: "sts:AssumeRoles": sts has no such action`,
      ]);
      expect(about({ Effekt: "Allow" })).to.deep.equal([
        `${at}.Statement[0].Effekt: unknown element "Effekt": one of Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition`,
      ]);
    });

  it("takes statement names once, resources by ARN, and conditions as objects", () => {
    const clean = { Effect: "Allow", Action: "sqs:*", Resource: "arn:aws:sqs:*:*:a*" };
    expect(role([{ Sid: "A", ...clean }, { Sid: "B", ...clean }])).to.deep.equal([]); // prettier-ignore
    expect(role([{ Sid: "A", ...clean }, { Sid: "A", ...clean }])).to.deep.equal([
      'policy.Statement[1].Sid: "A" is the Sid of another statement: give each its own',
    ]); // prettier-ignore
    expect(role([{ ...clean, Resource: ["*", "orders"] }])).to.deep.equal([
      'policy.Statement[0].Resource[1]: "orders" is neither an ARN nor "*": name a resource by its ARN',
    ]);
    expect(role([{ ...clean, Condition: ["StringEquals"] }])).to.deep.equal([
      "policy.Statement[0].Condition: is not an object: an operator, such as StringEquals, with its keys",
    ]);
  });

  it("takes principals that IAM knows, and in a trust nothing but sts", () => {
    const trust = (more: Values) =>
      refusals(cloudOf(), "aws:iam/role:Role", { assumeRolePolicy: document({ ...CLEAN.trust, ...more }) });
    expect(trust({ Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/x" } })).to.deep.equal([]);
    expect(trust({ Principal: { Services: "lambda.amazonaws.com" } })).to.deep.equal([
      'assumeRolePolicy.Statement[0].Principal.Services: unknown kind of principal "Services": one of AWS, Service, Federated, CanonicalUser',
    ]);
    expect(trust({ Principal: "lambda.amazonaws.com" })).to.deep.equal([
      'assumeRolePolicy.Statement[0].Principal: "lambda.amazonaws.com" is neither "*" nor an object such as { "AWS": … }',
    ]);
    expect(trust({ Principal: { Service: "lambda" } })).to.deep.equal([
      'assumeRolePolicy.Statement[0].Principal.Service: "lambda" is no service: write it as sqs.amazonaws.com',
    ]);
    expect(trust({ Action: "sqs:SendMessage" })).to.deep.equal([
      'assumeRolePolicy.Statement[0].Action: "sqs:SendMessage": a trust policy speaks of sts: only, such as sts:AssumeRole',
    ]);
  });
});
