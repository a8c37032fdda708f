import type { ResourceRule } from "../rule";
import { textOf } from "../value";
import { isAnywhere } from "./cidr";
import { openings, INGRESS_RULES, spansManyPorts } from "./openings";

/** Protocols without ports. */
const PING = ["icmp", "icmpv6", "1", "58"];

export const disallowOpenIngress: ResourceRule = {
  id: "disallow-open-ingress",
  title: "Nothing but web ports opens to the internet",
  description:
    "A security group lets the whole internet in on ports 80 and 443 at most, one at a time; halves of the internet count as the whole.",
  severity: "critical",
  controls: ["CIS-AWS-3.0 5.2", "CIS-AWS-3.0 5.3", "PCI-DSS-4.0 1.3.1", "NIST-800-53 SC-7"],
  remediation: "name the security group or the range that may connect",
  appliesTo: INGRESS_RULES,
  check(resource, report) {
    for (const opening of openings(resource)) {
      const { direction, from, to, protocol, ranges } = opening;
      const isWeb = from === to && (from === 80 || from === 443) && !spansManyPorts(opening);
      const judged = spansManyPorts(opening) || (typeof from === "number" && typeof to === "number");
      if (direction !== "ingress" || isWeb || !judged || PING.includes(textOf(protocol))) continue;
      for (const { path, value } of ranges) {
        if (isAnywhere(value))
          report({ path, found: value, required: "ports 80 or 443, or a range that is not the internet" });
      }
    }
  },
};
