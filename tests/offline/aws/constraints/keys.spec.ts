import { expect } from "chai";
import { cloudOf, refusals } from "./support";

const KEY = "aws:kms/key:Key";
const OWN = "arn:aws:iam::111122223333";
const NOBODY =
  "policy: nobody of account 111122223333 may change this key's policy any more (MalformedPolicyDocumentException): allow kms:* to the account's root";
const DENIED =
  "policy: a statement denies kms:PutKeyPolicy to everybody of account 111122223333 (MalformedPolicyDocumentException): deny it to fewer";
const all = { Effect: "Allow", Action: "kms:*", Resource: "*" };
const root = { ...all, Principal: { AWS: `${OWN}:root` } };
const key = (...Statement: readonly object[]) =>
  refusals(cloudOf(), KEY, { policy: JSON.stringify({ Version: "2012-10-17", Statement }) });

describe("offline providers: who may still change a key", () => {
  it("takes a policy with which somebody of the account may", () => {
    for (const Principal of [
      "*",
      { AWS: "*" },
      { AWS: "111122223333" },
      { AWS: ["arn:aws:iam::444455556666:root", `${OWN}:role/admin`] },
    ])
      // prettier-ignore
      expect(key({ ...all, Principal }), JSON.stringify(Principal)).to.deep.equal([]);
    expect(key({ ...root, Action: ["kms:Decrypt", "kms:Put*"] })).to.deep.equal([]);
    expect(key({ Effect: "Allow", NotAction: "kms:Decrypt", Resource: "*", Principal: root.Principal })).to.deep.equal(
      [],
    );
  });

  it("refuses one for services, for another account, or for less than changing it", () => {
    for (const Principal of [
      { Service: "logs.amazonaws.com" },
      { AWS: "arn:aws:iam::444455556666:root" },
      { AWS: "444455556666" },
    ])
      // prettier-ignore
      expect(key({ ...all, Principal }), JSON.stringify(Principal)).to.deep.equal([NOBODY]);
    expect(key({ ...root, Action: ["kms:Decrypt", "kms:Get*"] })).to.deep.equal([NOBODY]);
    expect(key({ Effect: "Allow", NotAction: "kms:Put*", Resource: "*", Principal: "*" })).to.deep.equal([NOBODY]);
  });

  it("refuses one that takes it from everybody again, unless a condition narrows that", () => {
    const deny = { Effect: "Deny", Action: "kms:Put*", Resource: "*" };
    for (const Principal of ["*", { AWS: `${OWN}:root` }])
      expect(key(root, { ...deny, Principal }), JSON.stringify(Principal)).to.deep.equal([DENIED]);
    expect(key(root, { ...deny, Principal: { AWS: `${OWN}:role/guest` } })).to.deep.equal([]);
    expect(
      key(root, { ...deny, Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    ).to.deep.equal([]);
  });

  it("believes who waives the check", () => {
    const policy = JSON.stringify({ Statement: [{ ...all, Principal: { Service: "logs.amazonaws.com" } }] });
    expect(refusals(cloudOf(), KEY, { policy, bypassPolicyLockoutSafetyCheck: true })).to.deep.equal([]);
  });

  it("judges the policy that is put onto a key later", () => {
    const aws = cloudOf({ type: KEY, id: "k" });
    const policy = (Principal: object) => JSON.stringify({ Statement: [{ ...all, Principal }] });
    expect(refusals(aws, "aws:kms/keyPolicy:KeyPolicy", { keyId: "k", policy: policy({ Service: "logs.amazonaws.com" }) })).to.deep.equal([NOBODY]); // prettier-ignore
    expect(refusals(aws, "aws:kms/keyPolicy:KeyPolicy", { keyId: "k", policy: policy(root.Principal) })).to.deep.equal(
      [],
    );
  });
});

describe("offline providers: how long what is deleted can be had back", () => {
  const days = (deletionWindowInDays: number) => refusals(cloudOf(), KEY, { deletionWindowInDays });
  it("keeps a key for 7 to 30 days", () => {
    expect([7, 30].flatMap(days)).to.deep.equal([]);
    for (const wrong of [0, 6, 31])
      expect(days(wrong)).to.deep.equal([`deletionWindowInDays: ${wrong} days: 7 to 30 are allowed`]);
  });
  it("keeps a secret for 7 to 30 days, or not at all", () => {
    const secret = (recoveryWindowInDays: number) =>
      refusals(cloudOf(), "aws:secretsmanager/secret:Secret", { name: "s", recoveryWindowInDays });
    expect([0, 7, 30].flatMap(secret)).to.deep.equal([]);
    for (const wrong of [1, 6, 31])
      expect(secret(wrong)).to.deep.equal([
        `recoveryWindowInDays: ${wrong} days: 7 to 30 are allowed, or 0 to delete at once and for ever`,
      ]);
  });
});
