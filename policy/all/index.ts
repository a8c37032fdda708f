import { PolicyPack } from "@pulumi/policy";
import { packs } from "../catalogue";
import { packOf } from "../rules/adapter";

new PolicyPack(
  "archipelago-all",
  packOf("Encryption, network, least privilege and workloads, in one process.", Object.values(packs).flat()),
);
