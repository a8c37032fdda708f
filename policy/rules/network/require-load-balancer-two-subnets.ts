import type { ResourceRule } from "../rule";
import { at, isList, isMissing, UNKNOWN } from "../value";
import { LOAD_BALANCERS } from "./balancers";

export const requireLoadBalancerTwoSubnets: ResourceRule = {
  id: "require-load-balancer-two-subnets",
  title: "Load balancers stand in two zones at least",
  description: "A load balancer names at least two subnets, so that it outlives a zone.",
  severity: "medium",
  controls: ["NIST-800-53 CP-10"],
  remediation: "name a subnet of each zone",
  appliesTo: LOAD_BALANCERS,
  check(balancer, report) {
    const subnets = at(balancer.props, "subnets");
    const mappings = at(balancer.props, "subnetMappings");
    if (subnets === UNKNOWN || mappings === UNKNOWN) return;
    const count = [subnets, mappings].reduce<number>((sum, list) => sum + (isList(list) ? list.length : 0), 0);
    if (count < 2)
      report({
        path: isMissing(mappings) ? "subnets" : "subnetMappings",
        found: isMissing(mappings) ? subnets : mappings,
        required: "two subnets or more",
      });
  },
};
