import { PolicyPack } from "@pulumi/policy";
import { packOf } from "../rules/adapter";
import { encryptionRules } from "../rules/encryption";
import { iamRules } from "../rules/iam";
import { networkRules } from "../rules/network";
import { workloadRules } from "../rules/workloads";

new PolicyPack(
  "archipelago-all",
  packOf("Encryption, network, least privilege and workloads, in one process.", [
    ...encryptionRules,
    ...iamRules,
    ...networkRules,
    ...workloadRules,
  ]),
);
