import { PolicyPack } from "@pulumi/policy";
import { packOf } from "../rules/adapter";
import { workloadRules } from "../rules/workloads";

new PolicyPack("archipelago-workloads", packOf("Containers and their tasks, and secrets in variables.", workloadRules));
