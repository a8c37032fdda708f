import { requireOn } from "../encryption/keys";
import type { ResourceRule } from "../rule";
import { at, isMissing } from "../value";
import { LOAD_BALANCERS } from "./balancers";

export const requireLoadBalancerInvalidHeaderDrop: ResourceRule = {
  id: "require-load-balancer-invalid-header-drop",
  title: "Load balancers drop malformed headers",
  description: "An application load balancer drops malformed headers and defends against request smuggling.",
  severity: "medium",
  controls: ["NIST-800-53 SC-7"],
  remediation: "set dropInvalidHeaderFields to true; leave desyncMitigationMode at defensive or set it to strictest",
  appliesTo: LOAD_BALANCERS,
  check(balancer, report) {
    const type = at(balancer.props, "loadBalancerType");
    if (!isMissing(type) && type !== "application") return;
    requireOn(balancer, "dropInvalidHeaderFields", report);
    const mode = at(balancer.props, "desyncMitigationMode");
    if (mode === "monitor")
      report({ path: "desyncMitigationMode", found: mode, required: '"defensive" or "strictest"' });
  },
};
