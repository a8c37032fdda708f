import { isOn } from "../encryption/keys";
import type { ResourceRule } from "../rule";
import { at } from "../value";

export const disallowDefaultVpc: ResourceRule = {
  id: "disallow-default-vpc",
  title: "Nothing builds on the default network",
  description: "A stack takes over no default network or subnet: they are public.",
  severity: "medium",
  controls: ["NIST-800-53 SC-7"],
  remediation: "use the platform's own network",
  appliesTo: ["aws:ec2/defaultVpc:DefaultVpc", "aws:ec2/defaultSubnet:DefaultSubnet"],
  check(network, report) {
    // A resource with `forceDestroy` takes the default VPC over to delete it, which is allowed.
    const removed = at(network.props, "forceDestroy");
    if (!isOn(removed)) report({ path: "forceDestroy", found: removed, required: "true, or a network of your own" });
  },
};
