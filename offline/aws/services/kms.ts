// KMS: keys and aliases.
import type { Cards } from "../card";
import type { NewResource, Candidate, Constraint } from "../../providers/core/rules";
import { type Value, type Values, isObject } from "../../providers/core/values";
import { globalArn, physicalName, uuid } from "../identifiers";
import { documentAt, failure, numberAt } from "../inputs";
import { listed } from "../policies";
import { key } from "../references";
import { logs } from "../times";

const keyPolicy = (resource: NewResource): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: globalArn(resource, "iam", "root") },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  });

function matches(pattern: Value, action: string): boolean {
  if (typeof pattern !== "string") return false;
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${escaped}$`, "i").test(action);
}

const MANAGES = "kms:PutKeyPolicy";

/** Whether a statement speaks of changing the policy. */
function covers(statement: Values): boolean {
  const of = (part: string): boolean => listed(statement[part]).some((each) => matches(each, MANAGES));
  return statement.Action === undefined ? statement.NotAction !== undefined && !of("NotAction") : of("Action");
}

/** Whether a principal belongs to the account. */
const ofAccount = (principal: Value, { accountId }: Candidate): boolean =>
  typeof principal === "string" &&
  (principal === "*" || principal === accountId || principal.split(":")[4] === accountId);

/** Principals of a statement; `*` is everyone. Services and identity providers are left out, because they are no callers of the account. */
function principals(statement: Values): readonly Value[] {
  const { Principal, NotPrincipal } = statement;
  if (NotPrincipal !== undefined) return ["*"];
  return isObject(Principal) ? listed(Principal.AWS) : listed(Principal);
}

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
export const window = (property: string, atOnce: boolean): Constraint =>
  function* ({ inputs }) {
    const days = numberAt(inputs, property);
    if (days === undefined || (days >= LEAST && days <= MOST) || (atOnce && days === 0)) return;
    yield failure(
      property,
      `${days} days: ${LEAST} to ${MOST} are allowed${atOnce ? ", or 0 to delete at once and for ever" : ""}`,
    );
  };

const rotation: Constraint = function* ({ inputs, text }) {
  const spec = text("customerMasterKeySpec") ?? "SYMMETRIC_DEFAULT";
  if (inputs.enableKeyRotation === true && spec !== "SYMMETRIC_DEFAULT")
    yield failure(
      "enableKeyRotation",
      `a key of ${spec} can't be rotated (UnsupportedOperationException): leave it out`,
    );
};

export const cards: Cards = {
  "aws:kms/alias:Alias": {
    source: "kms/alias.go",
    id: (resource) => physicalName(resource),
    autoname: { property: "name", limit: 256, prefix: "alias/" },
    computed: {
      arn: (resource) => resource.arn("kms", resource.id),
      targetKeyArn: (resource) => {
        const key = resource.text("targetKeyId");
        return key.startsWith("arn:") ? key : resource.arn("kms", `key/${key}`);
      },
    },
    references: { targetKeyId: key },
    replaces: "name namePrefix",
  },
  "aws:kms/key:Key": {
    source: "kms/key.go",
    id: (resource) => uuid(resource),
    autoname: false,
    computed: {
      arn: (resource) => resource.arn("kms", `key/${resource.id}`),
      keyId: (resource) => resource.id,
      description: "",
      policy: keyPolicy,
      rotationPeriodInDays: (resource) => (resource.inputs.enableKeyRotation === true ? 365 : 0),
    },
    defaults: {
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      keyUsage: "ENCRYPT_DECRYPT",
      isEnabled: true,
      enableKeyRotation: false,
      multiRegion: false,
      bypassPolicyLockoutSafetyCheck: false,
    },
    policies: { policy: "resource" },
    replaces: "customKeyStoreId customerMasterKeySpec keyUsage multiRegion xksKeyId",
    constraints: [lockout, window("deletionWindowInDays", false), rotation],
    holds: "the key to everything encrypted with it",
    creation: {
      runs: "8s 16s 16s 20s 21s 22s 24s 25s 25s 29s 38s",
      source: `${logs("aws_kms_key")}; with a policy or rotation, which the provider waits for`,
    },
  },
  "aws:kms/keyPolicy:KeyPolicy": {
    id: (resource) => resource.text("keyId"),
    references: { keyId: key },
    policies: { policy: "resource" },
    constraints: [lockout],
  },
};
