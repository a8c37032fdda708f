import { requireSearchDomainEncryption } from "../../../policy/rules/encryption/require-search-domain-encryption";
import { resource, specify, unknown } from "../support";

const compliant = {
  encryptAtRest: { enabled: true },
  nodeToNodeEncryption: { enabled: true },
  domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
};
const domain = (props: object) => resource("aws:opensearch/domain:Domain", { ...props });

specify(requireSearchDomainEncryption, {
  compliant: [domain(compliant)],
  violating: [
    [domain({ ...compliant, nodeToNodeEncryption: { enabled: false } }), ["it: nodeToNodeEncryption.enabled is false"]],
    [
      domain({
        ...compliant,
        domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-0-2019-07" },
      }),
      ['it: domainEndpointOptions.tlsSecurityPolicy is "Policy-Min-TLS-1-0-2019-07"'],
    ],
  ],
  notApplicable: [resource("aws:opensearch/domainPolicy:DomainPolicy", {})],
  missing: [
    [
      domain({}),
      [
        "it: encryptAtRest.enabled is not set",
        "it: nodeToNodeEncryption.enabled is not set",
        "it: domainEndpointOptions.enforceHttps is not set",
        "it: domainEndpointOptions.tlsSecurityPolicy is not set",
      ],
    ],
  ],
  unknown: [
    [domain({ ...compliant, domainEndpointOptions: unknown }), []],
    [
      domain({ ...compliant, encryptAtRest: { enabled: unknown }, nodeToNodeEncryption: {} }),
      ["it: nodeToNodeEncryption.enabled is not set"],
    ],
  ],
});
