// TLS of distributions, load balancers, APIs and builds, one property a rule.
import { any, given, has, noneOf, not, notMatching, off, oneOf, says, saysNot } from "../conditions";
import { inTypes, propertyRule } from "../property-rule";
import type { Rule } from "../rule";
import { at, numberOf, textOf, UNKNOWN, type Value } from "../value";

const IN_TRANSIT = ["PCI-DSS-4.0 4.2.1", "NIST-800-53 SC-8", "HIPAA 164.312(e)(1)"];
/** The attributes of a policy by which a classic load balancer negotiates TLS. */
const NEGOTIATIONS = {
  "aws:elb/sslNegotiationPolicy:SslNegotiationPolicy": "attributes[*]",
  "aws:elb/loadBalancerPolicy:LoadBalancerPolicy": "policyAttributes[*]",
};

/** Names of ciphers that no policy of AWS since 2015 turns on. */
const WEAK_CIPHER = /(^|[-_])(RC4|RC2|ARCFOUR|DES|3DES|MD5|NULL|EXP|EXPORT|ADH|IDEA)([-_]|$)/i;

/** Whether an attribute turns something on. */
function isOn(attribute: Value, name: RegExp): boolean {
  return name.test(textOf(at(attribute, "name"))) && /^true$/i.test(textOf(at(attribute, "value")));
}
const EDGE = "aws:cloudfront/distribution:Distribution";
const TARGET_GROUPS = ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"];

export const edgeEncryptionRules: readonly Rule[] = [
  propertyRule({
    id: "require-distribution-certificate",
    title: "Distributions have a certificate of their own",
    description:
      "A distribution serves its own name with a certificate of its own: with CloudFront's default it takes TLS 1.0.",
    severity: "medium",
    controls: ["FSBP CloudFront.7", ...IN_TRANSIT],
    remediation: "set viewerCertificate.acmCertificateArn and sslSupportMethod sni-only",
    property: { [EDGE]: "viewerCertificate.cloudfrontDefaultCertificate" },
    must: off,
  }),
  propertyRule({
    id: "disallow-old-origin-tls",
    title: "Distributions speak TLS 1.2 to their origins",
    description: "A distribution does not use SSL 3, TLS 1.0 or TLS 1.1 towards its origins.",
    severity: "high",
    controls: ["FSBP CloudFront.10", ...IN_TRANSIT],
    remediation: "set originSslProtocols to TLSv1.2",
    property: { [EDGE]: "origins[*].customOriginConfig.originSslProtocols[*]" },
    must: noneOf("SSLv3", "TLSv1", "TLSv1.1"),
  }),
  propertyRule({
    id: "require-distribution-sni",
    title: "Distributions use SNI",
    description: "A distribution serves its certificate by SNI, not by addresses of its own.",
    severity: "low",
    controls: ["FSBP CloudFront.8"],
    remediation: "set viewerCertificate.sslSupportMethod to sni-only",
    property: { [EDGE]: "viewerCertificate.sslSupportMethod" },
    where: any(has("viewerCertificate.acmCertificateArn"), has("viewerCertificate.iamCertificateId")),
    must: oneOf("sni-only"),
  }),
  propertyRule({
    id: "require-strict-transport-header",
    title: "Browsers are told to use HTTPS only",
    description: "A policy of response headers tells browsers for a year to use HTTPS only.",
    severity: "medium",
    controls: IN_TRANSIT,
    remediation: "set securityHeadersConfig.strictTransportSecurity with accessControlMaxAgeSec of 31536000 or more",
    property: {
      "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy":
        "securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec",
    },
    must: { words: "31536000 or more", accepts: (value) => numberOf(value) >= 31_536_000 },
  }),
  propertyRule({
    id: "require-target-tls",
    title: "Load balancers speak TLS to their targets",
    description:
      "A target group takes HTTPS, TLS or a protocol that it does not read, so that the last hop is encrypted too.",
    severity: "low",
    level: "advisory",
    controls: IN_TRANSIT,
    remediation: "set protocol to HTTPS or TLS and serve a certificate from the target",
    property: inTypes("protocol", ...TARGET_GROUPS),
    where: not(says("targetType", "lambda")),
    must: noneOf("HTTP"),
  }),
  propertyRule({
    id: "enforce-classic-listener-tls",
    title: "Classic load balancers take HTTPS or TLS",
    description: "Each listener of a classic load balancer takes HTTPS or SSL.",
    severity: "high",
    controls: ["FSBP ELB.3", ...IN_TRANSIT],
    remediation: "set lbProtocol to https or ssl",
    property: { "aws:elb/loadBalancer:LoadBalancer": "listeners[*].lbProtocol" },
    must: oneOf("https", "ssl"),
  }),
  propertyRule({
    id: "enforce-classic-backend-tls",
    title: "Classic load balancers speak TLS to their instances",
    description: "Each listener of a classic load balancer speaks HTTPS or SSL to the instances.",
    severity: "low",
    level: "advisory",
    controls: IN_TRANSIT,
    remediation: "set instanceProtocol to https or ssl",
    property: { "aws:elb/loadBalancer:LoadBalancer": "listeners[*].instanceProtocol" },
    must: oneOf("https", "ssl"),
  }),
  propertyRule({
    id: "require-classic-listener-certificate",
    title: "Classic load balancers have certificates of ACM",
    description:
      "A listener with TLS names a certificate of ACM, which is renewed by itself, not one that was uploaded to IAM.",
    severity: "medium",
    controls: ["FSBP ELB.2", ...IN_TRANSIT],
    remediation: "set sslCertificateId to the ARN of an ACM certificate",
    property: { "aws:elb/loadBalancer:LoadBalancer": "listeners[*].sslCertificateId" },
    must: notMatching("the ARN of an ACM certificate", /^arn:aws[a-z-]*:iam:/),
  }),
  propertyRule({
    id: "enforce-classic-listener-tls-policy",
    title: "Classic load balancers speak TLS 1.2",
    description: "A negotiation policy of a classic load balancer does not turn old protocols on.",
    severity: "high",
    controls: ["FSBP ELB.8", ...IN_TRANSIT],
    remediation: "use the reference policy ELBSecurityPolicy-TLS-1-2-2017-01",
    property: NEGOTIATIONS,
    must: {
      words: "no Protocol-SSLv2, Protocol-SSLv3, Protocol-TLSv1 or Protocol-TLSv1.1",
      accepts: (attribute) => !isOn(attribute, /^Protocol-(SSLv[23]|TLSv1|TLSv1\.1)$/i),
    },
  }),
  propertyRule({
    id: "disallow-classic-listener-weak-cipher",
    title: "Classic load balancers turn weak ciphers off",
    description:
      "A negotiation policy of a classic load balancer turns no cipher on that is broken or encrypts nothing.",
    severity: "high",
    controls: ["FSBP ELB.8", ...IN_TRANSIT],
    remediation: "use the reference policy ELBSecurityPolicy-TLS-1-2-2017-01",
    property: NEGOTIATIONS,
    must: {
      words: "no cipher with RC4, RC2, DES, MD5, NULL or export keys",
      accepts: (attribute) => !isOn(attribute, WEAK_CIPHER),
    },
  }),
  propertyRule({
    id: "enforce-classic-listener-reference-policy",
    title: "Classic load balancers have AWS's policy for TLS 1.2",
    description: "A negotiation policy of a classic load balancer names no older policy of AWS.",
    severity: "high",
    controls: ["FSBP ELB.8", ...IN_TRANSIT],
    remediation: "use the reference policy ELBSecurityPolicy-TLS-1-2-2017-01",
    property: NEGOTIATIONS,
    must: {
      words: "ELBSecurityPolicy-TLS-1-2-2017-01",
      accepts: (attribute) =>
        at(attribute, "name") !== "Reference-Security-Policy" ||
        at(attribute, "value") === UNKNOWN ||
        textOf(at(attribute, "value")).includes("TLS-1-2"),
    },
  }),
  propertyRule({
    id: "enforce-api-integration-tls",
    title: "APIs speak HTTPS to what they call",
    description: "An integration over the internet calls an HTTPS address.",
    severity: "high",
    controls: IN_TRANSIT,
    remediation: "use an https:// address, or a VPC link",
    property: {
      "aws:apigateway/integration:Integration": "uri",
      "aws:apigatewayv2/integration:Integration": "integrationUri",
    },
    where: saysNot("connectionType", "VPC_LINK"),
    must: notMatching("an https:// address", /^http:\/\//i),
  }),
  propertyRule({
    id: "require-api-link-tls",
    title: "HTTP APIs speak TLS through their VPC links",
    description: "An integration by VPC link checks the name in the target's certificate.",
    severity: "low",
    level: "advisory",
    controls: IN_TRANSIT,
    remediation: "set tlsConfig.serverNameToVerify",
    property: { "aws:apigatewayv2/integration:Integration": "tlsConfig.serverNameToVerify" },
    where: says("connectionType", "VPC_LINK"),
    must: given,
  }),
  propertyRule({
    id: "disallow-mesh-plain-listener",
    title: "Listeners of VPC Lattice take HTTPS",
    description: "A listener of a VPC Lattice service takes HTTPS or passes TLS through.",
    severity: "medium",
    controls: IN_TRANSIT,
    remediation: "set protocol to HTTPS or TLS_PASSTHROUGH",
    property: { "aws:vpclattice/listener:Listener": "protocol" },
    must: noneOf("HTTP"),
  }),
  propertyRule({
    id: "disallow-insecure-build-source",
    title: "Builds check the certificate of their source",
    description: "A CodeBuild project checks the TLS certificate of where its source comes from.",
    severity: "high",
    controls: IN_TRANSIT,
    remediation: "leave insecureSsl out",
    property: { "aws:codebuild/project:Project": ["source.insecureSsl", "secondarySources[*].insecureSsl"] },
    must: off,
  }),
];
