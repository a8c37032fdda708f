import type { ResourceRule } from "../rule";
import { isAnywhere } from "./cidr";
import { openings, EGRESS_RULES, spansManyPorts } from "./openings";

export const disallowOpenEgress: ResourceRule = {
  id: "disallow-open-egress",
  title: "Egress to the internet names its ports",
  description:
    "A security group never lets all ports out to the whole internet; what a service calls outside is a port, mostly 443.",
  severity: "high",
  controls: ["PCI-DSS-4.0 1.3.2", "NIST-800-53 SC-7"],
  remediation: "name the ports and, where they are known, the ranges or prefix lists that are called",
  appliesTo: EGRESS_RULES,
  check(resource, report) {
    for (const opening of openings(resource)) {
      if (opening.direction !== "egress" || !spansManyPorts(opening)) continue;
      for (const { path, value } of opening.ranges) {
        if (isAnywhere(value))
          report({ path, found: value, required: "fewer than 1024 ports, or a range that is not the internet" });
      }
    }
  },
};
