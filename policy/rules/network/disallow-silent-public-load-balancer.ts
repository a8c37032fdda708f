import { isOn } from "../encryption/keys";
import { refers } from "../relations";
import type { StackRule } from "../rule";
import { at, isMissing, UNKNOWN } from "../value";
import { LOAD_BALANCERS, LISTENERS } from "./balancers";

export const disallowSilentPublicLoadBalancer: StackRule = {
  id: "disallow-silent-public-load-balancer",
  title: "A load balancer on the internet is meant to be there",
  description:
    "A load balancer says whether it is internal, and one that is not has a TLS listener: AWS puts it on the internet when nothing is said.",
  severity: "high",
  controls: ["PCI-DSS-4.0 1.3.1", "NIST-800-53 SC-7"],
  remediation:
    "set internal to true; for one that is meant to be public, set it to false and add an HTTPS or TLS listener",
  appliesTo: LOAD_BALANCERS,
  checkStack(stack, report) {
    for (const balancer of stack.ofType(...LOAD_BALANCERS)) {
      const found = at(balancer.given, "internal");
      if (at(balancer.props, "loadBalancerType") === "gateway" || isOn(found)) continue;
      const listeners = stack
        .ofType(...LISTENERS)
        .filter((listener) => refers(stack, listener, "loadBalancerArn", balancer) !== "no");
      const secure = listeners.some(({ props }) => {
        const protocol = at(props, "protocol");
        return (
          protocol === "HTTPS" ||
          protocol === "TLS" ||
          protocol === UNKNOWN ||
          (protocol === "TCP" && props.port === 443)
        );
      });
      if (isMissing(found))
        report(balancer, { path: "internal", found, required: "true, or false where the internet is meant" });
      else if (!secure) report(balancer, { path: "internal", found, required: "true, or an HTTPS or TLS listener" });
    }
  },
};
