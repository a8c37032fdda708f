import { requireSecurityGroupRuleDescription } from "../../../policy/rules/network/require-security-group-rule-description";
import { resource, specify, unknown } from "../support";

const rule = (props: object) => ({ protocol: "tcp", fromPort: 8080, toPort: 8080, ...props });
const group = (...ingress: unknown[]) => resource("aws:ec2/securityGroup:SecurityGroup", { ingress });
const older = (props: object) =>
  resource("aws:ec2/securityGroupRule:SecurityGroupRule", { type: "ingress", ...rule(props) });
const newer = (props: object) => resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", { ...props });

specify(requireSecurityGroupRuleDescription, {
  compliant: [
    group(rule({ description: "from the load balancer" })),
    older({ description: "x" }),
    newer({ description: "x" }),
  ],
  violating: [
    [group(rule({ description: "x" }), rule({ description: "" })), ["it: ingress[1].description is not set"]],
  ],
  notApplicable: [resource("aws:ec2/networkAclRule:NetworkAclRule", {})],
  missing: [
    [group(rule({})), ["it: ingress[0].description is not set"]],
    [older({}), ["it: description is not set"]],
    [newer({}), ["it: description is not set"]],
  ],
  unknown: [
    [group(rule({ description: unknown }), unknown), []],
    [group(unknown, rule({})), ["it: ingress[1].description is not set"]],
  ],
});
