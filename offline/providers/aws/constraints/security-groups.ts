// Protocols and ports of security group rules.
import type { Constraint } from "../../core/rules";
import { failure, numberAt } from "./support";

const NAMED: ReadonlySet<string> = new Set(["tcp", "udp", "icmp", "icmpv6", "-1"]);
const WITH_PORTS: ReadonlySet<string> = new Set(["tcp", "udp", "6", "17"]);

/** A protocol that AWS knows; TCP and UDP with both ports, of those that exist. */
const ports: Constraint = function* ({ inputs, text }) {
  const protocol = text("ipProtocol")?.toLowerCase();
  if (protocol === undefined) return;
  if (!NAMED.has(protocol) && !(/^\d{1,3}$/.test(protocol) && Number(protocol) <= 255))
    yield failure(
      "ipProtocol",
      `"${protocol}" is unknown (InvalidParameterValue): tcp, udp, icmp, icmpv6, -1 for all, or a number from 0 to 255`,
    );
  if (!WITH_PORTS.has(protocol)) return;
  for (const property of ["fromPort", "toPort"]) {
    const port = numberAt(inputs, property);
    if ((inputs[property] ?? null) === null)
      yield failure(property, `a rule of ${protocol} needs fromPort and toPort (InvalidParameterValue): give both`);
    else if (port !== undefined && (port < 0 || port > 65_535))
      yield failure(property, `${port} is no port (InvalidParameterValue): 0 to 65535`);
  }
};

export const securityGroups: Readonly<Record<string, readonly Constraint[]>> = {
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [ports],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": [ports],
};
