import type { ResourceRule } from "../rule";
import { at, isMissing, UNKNOWN } from "../value";

export const requireFlowLogAllTraffic: ResourceRule = {
  id: "require-flow-log-all-traffic",
  title: "Flow logs record accepted and refused traffic",
  description: "A flow log of a network or subnet records all traffic.",
  severity: "medium",
  controls: ["CIS-AWS-3.0 3.7", "NIST-800-53 AU-12"],
  remediation: "set trafficType to ALL",
  appliesTo: ["aws:ec2/flowLog:FlowLog"],
  check(log, report) {
    const found = at(log.props, "trafficType");
    // A transit gateway's flow log takes no traffic type.
    const transit = ["transitGatewayId", "transitGatewayAttachmentId"].some((path) => !isMissing(at(log.props, path)));
    if (transit || found === UNKNOWN || found === "ALL") return;
    report({ path: "trafficType", found, required: '"ALL"' });
  },
};
