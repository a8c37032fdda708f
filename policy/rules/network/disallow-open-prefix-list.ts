import type { ResourceRule } from "../rule";
import { at, each, type Located } from "../value";
import { isAnywhere } from "./cidr";

export const disallowOpenPrefixList: ResourceRule = {
  id: "disallow-open-prefix-list",
  title: "Prefix lists don't hide the internet",
  description:
    "A managed prefix list holds no range as wide as the internet, which a security group would open without showing it.",
  severity: "high",
  controls: ["PCI-DSS-4.0 1.3.1", "NIST-800-53 SC-7"],
  remediation: "name the ranges that are meant",
  appliesTo: ["aws:ec2/managedPrefixList:ManagedPrefixList", "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry"],
  check(list, report) {
    const single: Located = { path: "cidr", value: at(list.props, "cidr") };
    for (const { path, value } of [single, ...each(list.props, "entries[*].cidr")]) {
      if (isAnywhere(value)) report({ path, found: value, required: "a range that is not the internet" });
    }
  },
};
