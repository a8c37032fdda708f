import type { ResourceRule } from "../rule";
import { UNKNOWN } from "../value";
import { isAnywhere } from "./cidr";
import { openings, INGRESS_RULES, spansManyPorts } from "./openings";

export const disallowWidePortIngress: ResourceRule = {
  id: "disallow-wide-port-ingress",
  title: "Ingress names its ports",
  description:
    "A security group opens the ports that are listened on, not all of them, to ranges inside the network as well.",
  severity: "medium",
  controls: ["PCI-DSS-4.0 1.3.1", "NIST-800-53 SC-7"],
  remediation: "open the port that the service listens on",
  appliesTo: INGRESS_RULES,
  check(resource, report) {
    for (const opening of openings(resource)) {
      if (opening.direction !== "ingress" || !spansManyPorts(opening)) continue;
      for (const { path, value } of opening.ranges) {
        // The whole internet is another rule's business.
        if (value === UNKNOWN || isAnywhere(value)) continue;
        report({ path, found: value, required: "fewer than 1024 ports of one protocol" });
      }
    }
  },
};
