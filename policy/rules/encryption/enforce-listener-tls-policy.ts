import { LISTENERS } from "../network/balancers";
import type { ResourceRule } from "../rule";
import { at, UNKNOWN } from "../value";

const MODERN = /^ELBSecurityPolicy-(TLS13-1-[23]-|TLS-1-2-|FS-1-2-)/;

export const enforceListenerTlsPolicy: ResourceRule = {
  id: "enforce-listener-tls-policy",
  title: "Load balancers speak TLS 1.2 or newer",
  description:
    "A listener with a certificate takes TLS 1.2 or newer only. Without a policy AWS falls back to one that takes TLS 1.0.",
  severity: "high",
  controls: ["PCI-DSS-4.0 4.2.1", "NIST-800-53 SC-8", "HIPAA 164.312(e)(1)"],
  remediation: "set sslPolicy to ELBSecurityPolicy-TLS13-1-2-2021-06 or a stricter one",
  appliesTo: LISTENERS,
  check(listener, report) {
    const protocol = at(listener.props, "protocol");
    const found = at(listener.props, "sslPolicy");
    if (protocol !== "HTTPS" && protocol !== "TLS") return;
    if (found === UNKNOWN || (typeof found === "string" && MODERN.test(found))) return;
    report({ path: "sslPolicy", found, required: "a policy of TLS 1.2 or newer" });
  },
};
