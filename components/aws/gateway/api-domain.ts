// The custom domain of an API: certificate, its validation, and the record that leads clients to it.
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { tagged, transformed } from "../../kit";

import type { ApiDomain, ApiGatewayArgs } from "./args-api-gateway";

/** There with a domain, and not otherwise. */
export interface ApiDomainNodes {
  readonly certificate: aws.acm.Certificate;
  readonly validationRecord: aws.route53.Record;
  readonly certificateValidation: aws.acm.CertificateValidation;
  readonly domainName: aws.apigateway.DomainName;
  readonly basePathMapping: aws.apigateway.BasePathMapping;
  readonly aliasRecord: aws.route53.Record;
}

/** Creates the domain and maps it to a stage. */
export function createDomain(
  { name, args, parent }: { name: string; args: ApiGatewayArgs; parent: pulumi.Resource },
  domain: ApiDomain,
  api: aws.apigateway.RestApi,
  stage: aws.apigateway.Stage,
): ApiDomainNodes {
  const { transform, tags } = args;
  const proof = createCertificate({ name, args, parent }, domain);
  const domainName = new aws.apigateway.DomainName(
    ...transformed<aws.apigateway.DomainNameArgs>(
      transform?.domainName,
      `${name}-domain`,
      {
        domainName: domain.name,
        regionalCertificateArn: proof.certificateValidation.certificateArn,
        endpointConfiguration: { types: "REGIONAL" },
        securityPolicy: "TLS_1_2",
        ...tagged(tags),
      },
      // A region has each name once.
      { parent, deleteBeforeReplace: true },
    ),
  );
  const basePathMapping = new aws.apigateway.BasePathMapping(
    ...transformed<aws.apigateway.BasePathMappingArgs>(
      transform?.basePathMapping,
      `${name}-domain`,
      { restApi: api.id, stageName: stage.stageName, domainName: domainName.domainName },
      { parent, deleteBeforeReplace: true },
    ),
  );
  const aliasRecord = new aws.route53.Record(
    ...transformed<aws.route53.RecordArgs>(
      transform?.aliasRecord,
      placeOf(domain, "alias"),
      {
        zoneId: domain.hostedZoneId,
        name: domain.name,
        type: "A",
        aliases: [
          { name: domainName.regionalDomainName, zoneId: domainName.regionalZoneId, evaluateTargetHealth: false },
        ],
      },
      // Clients are led to the name once something answers under it.
      { parent, dependsOn: [basePathMapping] },
    ),
  );
  return { ...proof, domainName, basePathMapping, aliasRecord };
}

function createCertificate(
  { name, args: { transform, tags }, parent }: { name: string; args: ApiGatewayArgs; parent: pulumi.Resource },
  domain: ApiDomain,
) {
  const certificate = new aws.acm.Certificate(
    ...transformed<aws.acm.CertificateArgs>(
      transform?.certificate,
      `${name}-certificate`,
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
      placeOf(domain, "certificate"),
      {
        zoneId: domain.hostedZoneId,
        name: proof.resourceRecordName,
        type: proof.resourceRecordType.apply((type) => type as aws.route53.RecordType),
        records: [proof.resourceRecordValue],
        ttl: 300,
        // ACM asks for the same record again for the same name, and another stack may have it already.
        allowOverwrite: true,
      },
      { parent },
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

/** A zone has each record once, so records are named after their place. */
function placeOf({ name, hostedZoneId }: ApiDomain, role: string): string {
  return `${name}-${typeof hostedZoneId === "string" ? `${hostedZoneId}-` : ""}${role}`;
}
