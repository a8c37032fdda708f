import { disallowAutomaticNetworkJoins } from "../../../policy/rules/network/disallow-automatic-network-joins";
import { resource, specify, unknown } from "../support";

const peering = (props: object) => resource("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", { ...props });
const gateway = (props: object) => resource("aws:ec2transitgateway/transitGateway:TransitGateway", { ...props });

specify(disallowAutomaticNetworkJoins, {
  compliant: [peering({ autoAccept: false }), gateway({ autoAcceptSharedAttachments: "disable" })],
  violating: [
    [peering({ autoAccept: true }), ["it: autoAccept is true"]],
    [gateway({ autoAcceptSharedAttachments: "enable" }), ['it: autoAcceptSharedAttachments is "enable"']],
  ],
  notApplicable: [resource("aws:ec2/vpc:Vpc", { autoAccept: true })],
  missing: [
    [peering({}), []],
    [gateway({}), []],
  ],
  unknown: [
    [peering({ autoAccept: unknown }), []],
    [gateway({ autoAcceptSharedAttachments: unknown }), []],
  ],
});
