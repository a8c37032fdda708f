import type { ResourceRule } from "../rule";
import { at, UNKNOWN } from "../value";
import { requireOn } from "./keys";

export const requireSearchDomainEncryption: ResourceRule = {
  id: "require-search-domain-encryption",
  title: "Search domains are encrypted, at rest and between nodes, and speak TLS",
  description:
    "A search domain encrypts its storage and the traffic between its nodes, and takes HTTPS with TLS 1.2 or newer only.",
  severity: "high",
  controls: ["PCI-DSS-4.0 3.5.1", "NIST-800-53 SC-28", "HIPAA 164.312(a)(2)(iv)", "NIST-800-53 SC-8"],
  remediation:
    "set encryptAtRest.enabled, nodeToNodeEncryption.enabled and domainEndpointOptions.enforceHttps to true, and tlsSecurityPolicy to Policy-Min-TLS-1-2-PFS-2023-10",
  appliesTo: ["aws:opensearch/domain:Domain", "aws:elasticsearch/domain:Domain"],
  check(domain, report) {
    for (const path of [
      "encryptAtRest.enabled",
      "nodeToNodeEncryption.enabled",
      "domainEndpointOptions.enforceHttps",
    ]) {
      requireOn(domain, path, report);
    }
    const path = "domainEndpointOptions.tlsSecurityPolicy";
    const found = at(domain.props, path);
    if (found !== UNKNOWN && !(typeof found === "string" && found.startsWith("Policy-Min-TLS-1-2"))) {
      report({ path, found, required: "a policy of TLS 1.2 or newer" });
    }
  },
};
