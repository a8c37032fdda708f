import { PolicyPack } from "@pulumi/policy";
import { packOf } from "../rules/adapter";
import { iamRules } from "../rules/iam";

new PolicyPack("archipelago-iam", packOf("Least privilege, trust and policy documents.", iamRules));
