import { PolicyPack } from "@pulumi/policy";
import { packOf } from "../rules/adapter";
import { networkRules } from "../rules/network";

new PolicyPack(
  "archipelago-network",
  packOf("A private network: nothing is reachable that need not be.", networkRules),
);
