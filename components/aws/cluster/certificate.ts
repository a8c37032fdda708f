// A certificate that renews itself: the record that proves the domain stays in the zone.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { transformed } from "../../kit";
import type { Scope } from "./scope";

/** There with a domain, and not otherwise. */
export interface CertificateNodes {
  readonly certificate?: aws.acm.Certificate;
  readonly validationRecord?: aws.route53.Record;
  readonly certificateValidation?: aws.acm.CertificateValidation;
  readonly aliasRecord?: aws.route53.Record;
}

/** What the listener shows: a certificate that is valid by now, one that was given, or none. */
export function createCertificate(
  scope: Scope,
  loadBalancer: aws.lb.LoadBalancer,
): { readonly nodes: CertificateNodes; readonly arn: pulumi.Input<string> | undefined } {
  const { https } = scope.resolved;
  if (!https) return { nodes: {}, arn: undefined };
  if ("certificateArn" in https) return { nodes: {}, arn: https.certificateArn };
  const nodes = createForDomain(scope, https.domainName, https.hostedZoneId);
  const aliasRecord = createAlias(scope, https.domainName, https.hostedZoneId, loadBalancer);
  return { nodes: { ...nodes, aliasRecord }, arn: nodes.certificateValidation.certificateArn };
}

function createForDomain({ name, tags, transform, parent }: Scope, domainName: string, zoneId: pulumi.Input<string>) {
  const certificate = new aws.acm.Certificate(
    ...transformed<aws.acm.CertificateArgs>(
      transform?.certificate,
      `${name}-certificate`,
      { domainName, validationMethod: "DNS", ...tags },
      { parent },
    ),
  );
  const proof = certificate.domainValidationOptions.apply((options) => {
    const [option] = options;
    if (!option) throw new Error(`ACM named no record to prove ${domainName} with`);
    return option;
  });
  const validationRecord = new aws.route53.Record(
    ...transformed<aws.route53.RecordArgs>(
      transform?.validationRecord,
      placeOf(domainName, zoneId, "certificate"),
      {
        zoneId,
        name: proof.resourceRecordName,
        type: proof.resourceRecordType.apply((type) => type as aws.route53.RecordType),
        records: [proof.resourceRecordValue],
        ttl: 300,
        // ACM asks for the same record again for the same name, and another stack may have it already.
        allowOverwrite: true,
      },
      { parent, aliases: [{ name: `${name}-certificate` }] },
    ),
  );
  const certificateValidation = new aws.acm.CertificateValidation(
    ...transformed<aws.acm.CertificateValidationArgs>(
      transform?.certificateValidation,
      `${name}-certificate`,
      { certificateArn: certificate.arn, validationRecordFqdns: [validationRecord.fqdn] },
      { parent },
    ),
  );
  return { certificate, validationRecord, certificateValidation };
}

function createAlias(
  { name, transform, parent }: Scope,
  domainName: string,
  zoneId: pulumi.Input<string>,
  { dnsName, zoneId: balancerZoneId }: aws.lb.LoadBalancer,
): aws.route53.Record {
  return new aws.route53.Record(
    ...transformed<aws.route53.RecordArgs>(
      transform?.aliasRecord,
      placeOf(domainName, zoneId, "alias"),
      {
        zoneId,
        name: domainName,
        type: "A",
        aliases: [{ name: dnsName, zoneId: balancerZoneId, evaluateTargetHealth: true }],
      },
      { parent, aliases: [{ name: `${name}-alb` }] },
    ),
  );
}

/**
 * A zone has each record once, so records are named after their place: a cluster that takes a domain over updates the record
 * that stands, and the cluster that had it before deletes nothing.
 */
function placeOf(domainName: string, zoneId: pulumi.Input<string>, role: string): string {
  return `${domainName}-${typeof zoneId === "string" ? `${zoneId}-` : ""}${role}`;
}
