import { expect } from "chai";
import { allRules } from "./packs";
import { ACCOUNT_BLOCK, counting, type Made, type Plant, plantAll } from "./plants";

/** Types that a rule forbids as such, so that there is no right one. */
const ALWAYS_WRONG = [
  "aws:ec2/defaultVpc:DefaultVpc",
  "aws:iam/accessKey:AccessKey",
  "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
  "aws:iam/signingCertificate:SigningCertificate",
  "aws:iam/sshKey:SshKey",
  "aws:iam/user:User",
  "aws:iam/userLoginProfile:UserLoginProfile",
  "aws:iam/userPoliciesExclusive:UserPoliciesExclusive",
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
];

/** The plants, counted without an engine. */
function counted(): readonly Plant[] {
  const found: Plant[] = [];
  const number = counting();
  const count = (side: Plant["side"]) => (type: string) => {
    const plant = number(side, type);
    found.push(plant);
    const { name } = plant;
    return { urn: name, id: name, arn: name, name, defaultNetworkAclId: name } satisfies Made;
  };
  plantAll({ right: count("right"), wrong: count("wrong") });
  return found;
}

describe("policy: plants", () => {
  const plants = counted();
  const of = (side: Plant["side"]) => new Set(plants.filter((plant) => plant.side === side).map(({ type }) => type));
  const types = [...new Set(allRules.flatMap(({ appliesTo }) => appliesTo))].sort();

  it("there is a wrong one of each type that a rule names", () => {
    const wrong = of("wrong");
    expect(types.filter((type) => !wrong.has(type))).to.deep.equal([]);
  });

  it("there is a right one of each type that a rule names and does not forbid", () => {
    const right = of("right");
    expect(types.filter((type) => !right.has(type))).to.deep.equal([...ALWAYS_WRONG, ACCOUNT_BLOCK].sort());
  });

  it("each has a name of its own", () => {
    expect(new Set(plants.map(({ name }) => name)).size).to.equal(plants.length);
  });
});
