import { LOAD_BALANCERS, LISTENERS } from "../network/balancers";
import { referred } from "../relations";
import type { StackRule } from "../rule";
import { at, isList, isMissing, UNKNOWN, type Value } from "../value";
import { isOn } from "./keys";

export const enforceListenerTls: StackRule = {
  id: "enforce-listener-tls",
  title: "Load balancers take plain HTTP only to redirect it, or inside the network",
  description:
    "A listener that the internet reaches takes TLS; plain HTTP only redirects to HTTPS. An internal load balancer may take HTTP: no public certificate exists for a name that nobody owns, and behind an API gateway the hop stays inside the network.",
  severity: "high",
  controls: ["PCI-DSS-4.0 4.2.1", "NIST-800-53 SC-8", "HIPAA 164.312(e)(1)"],
  remediation:
    "use an HTTPS listener with a certificate and let the HTTP one redirect to it, or make the load balancer internal",
  appliesTo: LISTENERS,
  checkStack(stack, report) {
    for (const listener of stack.ofType(...LISTENERS)) {
      const protocol = at(listener.props, "protocol");
      const port = at(listener.props, "port");
      const plain = protocol === "HTTP" || (isMissing(protocol) && port === 80) || (protocol === "TCP" && port === 80);
      if (!plain || redirects(at(listener.props, "defaultActions"))) continue;
      const balancers = referred(stack, listener, "loadBalancerArn", stack.ofType(...LOAD_BALANCERS));
      if (balancers.length > 0 && balancers.every(({ to, link }) => isOn(at(to.given, "internal")) || link === "maybe"))
        continue;
      if (balancers.length === 0 && at(listener.props, "loadBalancerArn") === UNKNOWN) continue;
      report(listener, { path: "protocol", found: protocol, required: "HTTPS or TLS, or a redirect to HTTPS" });
    }
  },
};

/** Whether every known action sends the client to HTTPS; an action that is not known yet may. */
function redirects(actions: Value): boolean {
  if (actions === UNKNOWN) return true;
  if (!isList(actions)) return false;
  return actions.every((action) => {
    const type = at(action, "type");
    const target = at(action, "redirect.protocol");
    return (type === "redirect" || type === UNKNOWN) && (target === "HTTPS" || target === UNKNOWN);
  });
}
