import { requireFlowLogAllTraffic } from "../../../policy/rules/network/require-flow-log-all-traffic";
import { resource, specify, unknown } from "../support";

const log = (props: object) => resource("aws:ec2/flowLog:FlowLog", { ...props });

specify(requireFlowLogAllTraffic, {
  compliant: [log({ vpcId: "vpc-1", trafficType: "ALL" }), log({ transitGatewayId: "tgw-1" })],
  violating: [[log({ vpcId: "vpc-1", trafficType: "REJECT" }), ['it: trafficType is "REJECT"']]],
  notApplicable: [resource("aws:cloudwatch/logGroup:LogGroup", {})],
  missing: [[log({ vpcId: "vpc-1" }), ["it: trafficType is not set"]]],
  unknown: [
    [log({ vpcId: unknown, trafficType: unknown }), []],
    [log({ vpcId: unknown, trafficType: "ACCEPT" }), ['it: trafficType is "ACCEPT"']],
  ],
});
