// Keys and secrets: who may still change a key, and how long what is deleted can be had back.
import type { Candidate, Constraint } from "../../core/rules";
import { isObject, type Value, type Values } from "../../core/values";
import { listed } from "./policy-language";
import { documentAt, failure, numberAt } from "./support";

const MANAGES = "kms:PutKeyPolicy";

function matches(pattern: Value, action: string): boolean {
  if (typeof pattern !== "string") return false;
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${escaped}$`, "i").test(action);
}

/** Whether a statement speaks of changing the policy. */
function covers(statement: Values): boolean {
  const of = (part: string): boolean => listed(statement[part]).some((each) => matches(each, MANAGES));
  return statement.Action === undefined ? statement.NotAction !== undefined && !of("NotAction") : of("Action");
}

/** Principals of a statement, `*` for everybody; services and foreign identity providers are nobody who could be asked. */
function principals(statement: Values): readonly Value[] {
  const { Principal, NotPrincipal } = statement;
  if (NotPrincipal !== undefined) return ["*"];
  return isObject(Principal) ? listed(Principal.AWS) : listed(Principal);
}

/** Somebody of the account. */
const ofAccount = (principal: Value, { accountId }: Candidate): boolean =>
  typeof principal === "string" &&
  (principal === "*" || principal === accountId || principal.split(":")[4] === accountId);

/** The whole account. */
const everybody = (principal: Value, candidate: Candidate): boolean =>
  ofAccount(principal, candidate) && typeof principal === "string" && /^(\*|\d+|.*:root)$/.test(principal);

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#prevent-unmanageable-key */
const lockout: Constraint = function* (candidate) {
  const { document } = documentAt(candidate, "policy");
  if (!isObject(document) || candidate.inputs.bypassPolicyLockoutSafetyCheck === true) return;
  const statements = listed(document.Statement).filter(isObject).filter(covers);
  const of = (effect: string, who: typeof ofAccount): boolean =>
    statements.some(
      (statement) =>
        statement.Effect === effect &&
        (effect === "Allow" || (statement.Condition === undefined && statement.NotPrincipal === undefined)) &&
        principals(statement).some((principal) => who(principal, candidate)),
    );
  const remedy = "allow kms:* to the account's root";
  if (!of("Allow", ofAccount))
    yield failure(
      "policy",
      `nobody of account ${candidate.accountId} may change this key's policy any more (MalformedPolicyDocumentException): ${remedy}`,
    );
  else if (of("Deny", everybody))
    yield failure(
      "policy",
      `a statement denies ${MANAGES} to everybody of account ${candidate.accountId} (MalformedPolicyDocumentException): deny it to fewer`,
    );
};

const [LEAST, MOST] = [7, 30];

/** Days for which what was deleted can be had back; secrets may go at once. */
const window = (property: string, atOnce: boolean): Constraint =>
  function* ({ inputs }) {
    const days = numberAt(inputs, property);
    if (days === undefined || (days >= LEAST && days <= MOST) || (atOnce && days === 0)) return;
    yield failure(
      property,
      `${days} days: ${LEAST} to ${MOST} are allowed${atOnce ? ", or 0 to delete at once and for ever" : ""}`,
    );
  };

const KEYS = ["key:Key", "externalKey:ExternalKey", "replicaKey:ReplicaKey", "replicaExternalKey:ReplicaExternalKey"];

const rotation: Constraint = function* ({ inputs, text }) {
  const spec = text("customerMasterKeySpec") ?? "SYMMETRIC_DEFAULT";
  if (inputs.enableKeyRotation === true && spec !== "SYMMETRIC_DEFAULT")
    yield failure(
      "enableKeyRotation",
      `a key of ${spec} can't be rotated (UnsupportedOperationException): leave it out`,
    );
};

export const keys: Readonly<Record<string, readonly Constraint[]>> = {
  ...Object.fromEntries(
    KEYS.map((type) => [`aws:kms/${type}`, [lockout, window("deletionWindowInDays", false)]] as const),
  ),
  "aws:kms/key:Key": [lockout, window("deletionWindowInDays", false), rotation],
  "aws:kms/keyPolicy:KeyPolicy": [lockout],
  "aws:secretsmanager/secret:Secret": [window("recoveryWindowInDays", true)],
};
