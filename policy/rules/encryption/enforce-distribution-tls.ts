import type { ResourceRule } from "../rule";
import { at, each, isObject, textOf, UNKNOWN, type Located } from "../value";

export const enforceDistributionTls: ResourceRule = {
  id: "enforce-distribution-tls",
  title: "Distributions speak TLS 1.2 or newer",
  description:
    "A CloudFront distribution serves HTTPS only, with TLS 1.2 or newer, and never talks plain HTTP to its origins.",
  severity: "high",
  controls: ["PCI-DSS-4.0 4.2.1", "NIST-800-53 SC-8", "HIPAA 164.312(e)(1)"],
  remediation:
    "set viewerProtocolPolicy to redirect-to-https or https-only, minimumProtocolVersion to TLSv1.2_2021 and originProtocolPolicy to https-only",
  appliesTo: ["aws:cloudfront/distribution:Distribution"],
  check(distribution, report) {
    const must = ({ path, value }: Located, accepted: RegExp, required: string) => {
      if (value !== UNKNOWN && !accepted.test(textOf(value))) report({ path, found: value, required });
    };
    const { props } = distribution;
    const behaviours = ["defaultCacheBehavior.viewerProtocolPolicy", "orderedCacheBehaviors[*].viewerProtocolPolicy"];
    for (const located of behaviours.flatMap((path) => each(props, path))) {
      must(located, /^(https-only|redirect-to-https)$/, "https-only or redirect-to-https");
    }
    const oldest = "viewerCertificate.minimumProtocolVersion";
    must({ path: oldest, value: at(props, oldest) }, /^TLSv1\.[2-9]/, "TLSv1.2_2021 or newer");
    for (const { path, value } of each(props, "origins[*].customOriginConfig")) {
      if (isObject(value))
        must({ path: `${path}.originProtocolPolicy`, value: value.originProtocolPolicy }, /^https-only$/, "https-only");
    }
  },
};
