import { requireLoadBalancerInvalidHeaderDrop } from "../../../policy/rules/network/require-load-balancer-invalid-header-drop";
import { resource, specify, unknown } from "../support";

const balancer = (props: object) => resource("aws:lb/loadBalancer:LoadBalancer", { ...props });

specify(requireLoadBalancerInvalidHeaderDrop, {
  compliant: [balancer({ dropInvalidHeaderFields: true }), balancer({ loadBalancerType: "network" })],
  violating: [
    [
      balancer({ dropInvalidHeaderFields: false, loadBalancerType: "application" }),
      ["it: dropInvalidHeaderFields is false"],
    ],
    [
      balancer({ dropInvalidHeaderFields: true, desyncMitigationMode: "monitor" }),
      ['it: desyncMitigationMode is "monitor"'],
    ],
  ],
  notApplicable: [resource("aws:elb/loadBalancer:LoadBalancer", {})],
  missing: [[balancer({}), ["it: dropInvalidHeaderFields is not set"]]],
  unknown: [
    [balancer({ dropInvalidHeaderFields: unknown }), []],
    [balancer({ loadBalancerType: unknown }), []],
  ],
});
