// The packs and their rules, for specs that go through all of them.
import { encryptionRules } from "../../policy/rules/encryption";
import { iamRules } from "../../policy/rules/iam";
import { networkRules } from "../../policy/rules/network";
import type { Rule } from "../../policy/rules/rule";
import { workloadRules } from "../../policy/rules/workloads";

/** By pack. */
export const packs: Readonly<Record<string, readonly Rule[]>> = {
  encryption: encryptionRules,
  iam: iamRules,
  network: networkRules,
  workloads: workloadRules,
};

/** Of every pack. */
export const allRules: readonly Rule[] = Object.values(packs).flat();
