import { disallowOpenPrefixList } from "../../../policy/rules/network/disallow-open-prefix-list";
import { resource, specify, unknown } from "../support";

const list = (...entries: unknown[]) => resource("aws:ec2/managedPrefixList:ManagedPrefixList", { entries });
const entry = (cidr: unknown) => resource("aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry", { cidr });

specify(disallowOpenPrefixList, {
  compliant: [list({ cidr: "203.0.113.0/24" }), entry("10.0.0.0/8")],
  violating: [
    [list({ cidr: "10.0.0.0/8" }, { cidr: "0.0.0.0/0" }), ['it: entries[1].cidr is "0.0.0.0/0"']],
    [entry("::/0"), ['it: cidr is "::/0"']],
  ],
  notApplicable: [resource("aws:ec2/route:Route", { cidr: "0.0.0.0/0" })],
  missing: [
    [list(), []],
    [resource("aws:ec2/managedPrefixList:ManagedPrefixList", {}), []],
  ],
  unknown: [
    [entry(unknown), []],
    [list(unknown, { cidr: unknown }, { cidr: "::/0" }), ['it: entries[2].cidr is "::/0"']],
  ],
});
