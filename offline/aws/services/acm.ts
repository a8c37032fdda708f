// ACM: certificates and their validation.
import type { Cards } from "../card";
import type { Birth } from "../../providers/core/rules";
import { uuid } from "../identifiers";
import { logs } from "../times";

function validationOptions(birth: Birth): Record<string, string>[] {
  const given = birth.inputs.subjectAlternativeNames;
  const names = [birth.text("domainName"), ...(Array.isArray(given) ? given.map(String) : [])];
  return [...new Set(names)].map((domainName) => ({
    domainName,
    resourceRecordName: `_${birth.hex(32, domainName)}.${domainName.replace(/^\*\./, "")}.`,
    resourceRecordType: "CNAME",
    resourceRecordValue: `_${birth.hex(32, `${domainName}v`)}.acm-validations.aws.`,
  }));
}

export const cards: Cards = {
  "aws:acm/certificate:Certificate": {
    source: "acm/certificate.go",
    id: (birth) => birth.arn("acm", `certificate/${uuid(birth)}`),
    computed: {
      arn: (birth) => birth.id,
      status: (birth) => (birth.text("privateKey") === "" ? "PENDING_VALIDATION" : "ISSUED"),
      type: (birth) => (birth.text("privateKey") === "" ? "AMAZON_ISSUED" : "IMPORTED"),
      subjectAlternativeNames: (birth) => [birth.text("domainName")],
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
    id: (birth) => birth.now,
    replaces: "certificateArn validationRecordFqdns",
    creation: {
      runs: "1m1s 1m29s 4m25s 8m52s",
      source: logs("aws_acm_certificate_validation"),
    },
  },
};
