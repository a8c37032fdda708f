import { isOn } from "../encryption/keys";
import type { ResourceRule } from "../rule";
import { at, each, UNKNOWN, type Located } from "../value";

export const disallowInstancePublicIp: ResourceRule = {
  id: "disallow-instance-public-ip",
  title: "Instances have no public addresses",
  description: "An instance gets no public address, by itself or by what launches it.",
  severity: "high",
  controls: ["PCI-DSS-4.0 1.3.1", "NIST-800-53 SC-7"],
  remediation: "set associatePublicIpAddress to false; enter instances through Session Manager",
  appliesTo: [
    "aws:ec2/instance:Instance",
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    "aws:ec2/launchTemplate:LaunchTemplate",
    "aws:ec2/launchConfiguration:LaunchConfiguration",
  ],
  check(launch, report) {
    const path = "associatePublicIpAddress";
    const places: readonly Located[] = [
      { path, value: at(launch.props, path) },
      ...each(launch.props, `networkInterfaces[*].${path}`),
    ];
    for (const { path: place, value } of places) {
      if (value !== UNKNOWN && isOn(value)) report({ path: place, found: value, required: "false" });
    }
  },
};
