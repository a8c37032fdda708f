import { isOn } from "../encryption/keys";
import type { ResourceRule } from "../rule";
import { at, isMissing, UNKNOWN } from "../value";

export const disallowPublicIpOnLaunch: ResourceRule = {
  id: "disallow-public-ip-on-launch",
  title: "Subnets give out no public addresses",
  description:
    "A subnet doesn't give a public address to what starts in it: what must be reached from outside says so itself.",
  severity: "high",
  controls: ["PCI-DSS-4.0 1.3.1", "NIST-800-53 SC-7"],
  remediation: "set mapPublicIpOnLaunch to false",
  appliesTo: ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"],
  check(subnet, report) {
    const found = at(subnet.props, "mapPublicIpOnLaunch");
    // A default subnet assigns public addresses by default.
    const given = subnet.type === "aws:ec2/defaultSubnet:DefaultSubnet" && isMissing(found);
    if (given || (found !== UNKNOWN && isOn(found))) report({ path: "mapPublicIpOnLaunch", found, required: "false" });
  },
};
