// ACM: certificates and their validation.
import type { Cards } from "../card";
import type { NewResource } from "../../providers/core/rules";
import { uuid } from "../identifiers";
import { logs } from "../times";

function validationOptions(resource: NewResource): Record<string, string>[] {
  const given = resource.inputs.subjectAlternativeNames;
  const names = [resource.text("domainName"), ...(Array.isArray(given) ? given.map(String) : [])];
  return [...new Set(names)].map((domainName) => ({
    domainName,
    resourceRecordName: `_${resource.hex(32, domainName)}.${domainName.replace(/^\*\./, "")}.`,
    resourceRecordType: "CNAME",
    resourceRecordValue: `_${resource.hex(32, `${domainName}v`)}.acm-validations.aws.`,
  }));
}

export const cards: Cards = {
  "aws:acm/certificate:Certificate": {
    source: "acm/certificate.go",
    id: (resource) => resource.arn("acm", `certificate/${uuid(resource)}`),
    computed: {
      arn: (resource) => resource.id,
      status: (resource) => (resource.text("privateKey") === "" ? "PENDING_VALIDATION" : "ISSUED"),
      type: (resource) => (resource.text("privateKey") === "" ? "AMAZON_ISSUED" : "IMPORTED"),
      subjectAlternativeNames: (resource) => [resource.text("domainName")],
      domainValidationOptions: validationOptions,
      keyAlgorithm: "RSA_2048",
      notAfter: "",
      notBefore: "",
      renewalEligibility: "INELIGIBLE",
      pendingRenewal: false,
    },
    replaces: `
      certificateAuthorityArn domainName keyAlgorithm subjectAlternativeNames validationMethod
      validationOptions
    `,
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    source: "acm/certificate_validation.go",
    id: (resource) => resource.now,
    replaces: "certificateArn validationRecordFqdns",
    creation: {
      runs: "1m1s 1m29s 4m25s 8m52s",
      source: logs("aws_acm_certificate_validation"),
    },
  },
};
