import type { ResourceRule } from "../rule";
import { at, UNKNOWN } from "../value";

const MODERN = /^TLS_1_2$|^SecurityPolicy_TLS1[23]_/;

export const enforceApiDomainTls: ResourceRule = {
  id: "enforce-api-domain-tls",
  title: "Domains of APIs speak TLS 1.2 or newer",
  description: "A custom domain of an API takes TLS 1.2 or newer only.",
  severity: "high",
  controls: ["PCI-DSS-4.0 4.2.1", "NIST-800-53 SC-8", "HIPAA 164.312(e)(1)"],
  remediation: "set securityPolicy to TLS_1_2 or one of the TLS 1.3 policies",
  appliesTo: ["aws:apigateway/domainName:DomainName", "aws:apigatewayv2/domainName:DomainName"],
  check(domain, report) {
    const path = domain.type.startsWith("aws:apigatewayv2/")
      ? "domainNameConfiguration.securityPolicy"
      : "securityPolicy";
    const found = at(domain.props, path);
    if (found === UNKNOWN || (typeof found === "string" && MODERN.test(found))) return;
    report({ path, found, required: "TLS_1_2 or a TLS 1.3 policy" });
  },
};
