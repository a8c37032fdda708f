import { PolicyPack } from "@pulumi/policy";
import { packOf } from "../rules/adapter";
import { encryptionRules } from "../rules/encryption";

new PolicyPack("archipelago-encryption", packOf("Encryption at rest and in transit.", encryptionRules));
