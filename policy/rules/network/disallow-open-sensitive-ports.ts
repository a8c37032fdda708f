import type { ResourceRule } from "../rule";
import { isPublicWiderThan } from "./cidr";
import { openings, INGRESS_RULES, includesPort } from "./openings";

/** SSH, RDP and other administration, file shares, and the stores' own ports. */
const SENSITIVE = [
  20, 21, 22, 23, 135, 137, 138, 139, 445, 1433, 1434, 1521, 2375, 2376, 2379, 2380, 2484, 3306, 3389, 4333, 5432, 5439,
  5500, 5601, 5672, 5900, 5985, 5986, 6379, 6443, 7000, 7001, 8086, 9042, 9092, 9094, 9200, 9300, 10250, 11211, 15672,
  27017, 27018, 27019, 61616,
];

export const disallowOpenSensitivePorts: ResourceRule = {
  id: "disallow-open-sensitive-ports",
  title: "Administration and data ports don't open to public networks",
  description:
    "A security group never opens a port of remote administration or of a data store to a public range wider than /16 (IPv6 /32).",
  severity: "critical",
  controls: ["CIS-AWS-3.0 5.2", "CIS-AWS-3.0 5.3", "PCI-DSS-4.0 1.3.1", "NIST-800-53 SC-7"],
  remediation: "let tasks in by their security group; enter hosts through Session Manager",
  appliesTo: INGRESS_RULES,
  check(resource, report) {
    for (const opening of openings(resource)) {
      const open = SENSITIVE.filter((port) => includesPort(opening, port));
      if (opening.direction !== "ingress" || open.length === 0) continue;
      for (const { path, value } of opening.ranges) {
        if (!isPublicWiderThan(value, 17, 33)) continue;
        const ports = open.length > 3 ? `${open.slice(0, 3).join(", ")} and ${open.length - 3} more` : open.join(", ");
        report({ path, found: value, required: `no public network on port ${ports}` });
      }
    }
  },
};
