import { isOn } from "../encryption/keys";
import type { ResourceRule } from "../rule";
import { at, UNKNOWN } from "../value";

export const disallowAutomaticNetworkJoins: ResourceRule = {
  id: "disallow-automatic-network-joins",
  title: "Other networks don't join by themselves",
  description:
    "A peering or an attachment to a transit gateway is accepted by somebody, and not shared into default routes.",
  severity: "medium",
  controls: ["CIS-AWS-3.0 5.5", "NIST-800-53 SC-7"],
  remediation:
    "set autoAccept to false (transit gateway: autoAcceptSharedAttachments to disable) and accept what was reviewed",
  appliesTo: [
    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
    "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
    "aws:ec2transitgateway/transitGateway:TransitGateway",
  ],
  check(join, report) {
    const accept = at(join.props, "autoAccept");
    if (accept !== UNKNOWN && isOn(accept)) report({ path: "autoAccept", found: accept, required: "false" });
    const shared = at(join.props, "autoAcceptSharedAttachments");
    if (shared === "enable") report({ path: "autoAcceptSharedAttachments", found: shared, required: '"disable"' });
  },
};
