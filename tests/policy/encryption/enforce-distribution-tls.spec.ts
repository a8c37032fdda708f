import { enforceDistributionTls } from "../../../policy/rules/encryption/enforce-distribution-tls";
import { resource, specify, unknown } from "../support";

const safe = {
  defaultCacheBehavior: { viewerProtocolPolicy: "redirect-to-https" },
  viewerCertificate: { minimumProtocolVersion: "TLSv1.2_2021" },
  origins: [{ customOriginConfig: { originProtocolPolicy: "https-only" } }, { originAccessControlId: "oac" }],
};
const distribution = (props: object) => resource("aws:cloudfront/distribution:Distribution", { ...safe, ...props });

specify(enforceDistributionTls, {
  compliant: [distribution({}), distribution({ viewerCertificate: { minimumProtocolVersion: "TLSv1.3_2025" } })],
  violating: [
    [
      distribution({ defaultCacheBehavior: { viewerProtocolPolicy: "allow-all" } }),
      ['it: defaultCacheBehavior.viewerProtocolPolicy is "allow-all"'],
    ],
    [
      distribution({
        orderedCacheBehaviors: [{ viewerProtocolPolicy: "https-only" }, { viewerProtocolPolicy: "allow-all" }],
      }),
      ['it: orderedCacheBehaviors[1].viewerProtocolPolicy is "allow-all"'],
    ],
    [
      distribution({ viewerCertificate: { minimumProtocolVersion: "TLSv1.1_2016" } }),
      ['it: viewerCertificate.minimumProtocolVersion is "TLSv1.1_2016"'],
    ],
    [
      distribution({ origins: [{ customOriginConfig: { originProtocolPolicy: "match-viewer" } }] }),
      ['it: origins[0].customOriginConfig.originProtocolPolicy is "match-viewer"'],
    ],
  ],
  notApplicable: [resource("aws:cloudfront/function:Function", {})],
  missing: [
    [
      distribution({ viewerCertificate: { cloudfrontDefaultCertificate: true } }),
      ["it: viewerCertificate.minimumProtocolVersion is not set"],
    ],
  ],
  unknown: [
    [distribution({ viewerCertificate: unknown, origins: unknown }), []],
    [
      distribution({ origins: [unknown], defaultCacheBehavior: { viewerProtocolPolicy: "allow-all" } }),
      ['it: defaultCacheBehavior.viewerProtocolPolicy is "allow-all"'],
    ],
  ],
});
