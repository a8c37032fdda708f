import { PolicyPack } from "@pulumi/policy";
import { packOf } from "../rules/adapter";
import { encryptionRules } from "../rules/encryption";
import { iamRules } from "../rules/iam";
import { networkRules } from "../rules/network";

new PolicyPack(
  "archipelago-all",
  packOf("Encryption, network and least privilege, in one process.", [
    ...encryptionRules,
    ...iamRules,
    ...networkRules,
  ]),
);
