// A certificate that renews itself: the record that proves the domain stays in its zone.
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { tagged, type Transform, transformed } from "../../kit";
import type { Parent } from "./children";

/** A domain name and its zone in Route 53. */
export interface Domain {
  readonly name: string;
  readonly hostedZoneId: pulumi.Input<string>;
}

/** A certificate, its validation record, and the wait for ACM. */
export interface ValidatedCertificate {
  readonly certificate: aws.acm.Certificate;
  readonly validationRecord: aws.route53.Record;
  /** Its `certificateArn` is known once the certificate is valid. */
  readonly certificateValidation: aws.acm.CertificateValidation;
}

/** One slot a child. */
export interface CertificateTransforms {
  readonly certificate?: Transform<aws.acm.CertificateArgs>;
  readonly validationRecord?: Transform<aws.route53.RecordArgs>;
  readonly certificateValidation?: Transform<aws.acm.CertificateValidationArgs>;
}

/**
 * Creates a certificate for a domain, which a record in its zone validates and renews.
 *
 * @param formerRecord logical name that an earlier version gave the record
 */
export function validatedCertificate(
  { parent, tags }: Parent,
  transform: CertificateTransforms | undefined,
  name: string,
  domain: Domain,
  formerRecord?: string,
): ValidatedCertificate {
  const certificate = new aws.acm.Certificate(
    ...transformed<aws.acm.CertificateArgs>(
      transform?.certificate,
      name,
      { domainName: domain.name, validationMethod: "DNS", ...tagged(tags) },
      { parent },
    ),
  );
  const proof = certificate.domainValidationOptions.apply((options) => {
    const [option] = options;
    if (!option) throw new Error(`ACM named no validation record for ${domain.name}`);
    return option;
  });
  const validationRecord = new aws.route53.Record(
    ...transformed<aws.route53.RecordArgs>(
      transform?.validationRecord,
      recordName(domain, "certificate"),
      {
        zoneId: domain.hostedZoneId,
        name: proof.resourceRecordName,
        type: proof.resourceRecordType.apply((type) => type as aws.route53.RecordType),
        records: [proof.resourceRecordValue],
        ttl: 300,
        // ACM requires the same record for every certificate of a name, so another stack may have created it already.
        allowOverwrite: true,
      },
      { parent, ...(formerRecord !== undefined && { aliases: [{ name: formerRecord }] }) },
    ),
  );
  const certificateValidation = new aws.acm.CertificateValidation(
    ...transformed<aws.acm.CertificateValidationArgs>(
      transform?.certificateValidation,
      name,
      { certificateArn: certificate.arn, validationRecordFqdns: [validationRecord.fqdn] },
      { parent },
    ),
  );
  return { certificate, validationRecord, certificateValidation };
}

/**
 * Logical name of a record. A zone has each record once, so records are named after their place: a component that takes a domain over
 * updates the record that stands, and the component that had it before deletes nothing.
 */
export function recordName({ name, hostedZoneId }: Domain, role: string): string {
  return `${name}-${typeof hostedZoneId === "string" ? `${hostedZoneId}-` : ""}${role}`;
}
