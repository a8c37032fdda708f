import { requireLoadBalancerTwoSubnets } from "../../../policy/rules/network/require-load-balancer-two-subnets";
import { resource, specify, unknown } from "../support";

const balancer = (props: object) => resource("aws:lb/loadBalancer:LoadBalancer", { ...props });

specify(requireLoadBalancerTwoSubnets, {
  compliant: [
    balancer({ subnets: ["s-1", "s-2"] }),
    balancer({ subnetMappings: [{ subnetId: "s-1" }, { subnetId: "s-2" }] }),
  ],
  violating: [
    [balancer({ subnets: ["s-1"] }), ['it: subnets is ["s-1"]']],
    [balancer({ subnetMappings: [{ subnetId: "s-1" }] }), ['it: subnetMappings is [{"subnetId":"s-1"}]']],
  ],
  notApplicable: [resource("aws:elb/loadBalancer:LoadBalancer", { subnets: ["s-1"] })],
  missing: [[balancer({}), ["it: subnets is not set"]]],
  unknown: [
    [balancer({ subnets: unknown }), []],
    [balancer({ subnets: [unknown, unknown] }), []],
    [balancer({ subnets: [unknown] }), ['it: subnets is ["(not known yet)"]']],
  ],
});
