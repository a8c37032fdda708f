import { PolicyPack } from "@pulumi/policy";
import { packs } from "../catalogue";
import { packOf } from "../rules/adapter";

new PolicyPack("archipelago-all", packOf("The rules of every pack, in one process.", Object.values(packs).flat()));
