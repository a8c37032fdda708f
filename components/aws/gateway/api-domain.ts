// The custom domain of an API: certificate, its validation, and the record that leads clients to it.
import * as aws from "@pulumi/aws";
import { tagged, transformed } from "../../kit";
import { recordName, validatedCertificate, type ValidatedCertificate } from "../kit";
import type { ApiScope } from "./api-scope";
import type { ApiDomain } from "./args-api-gateway";

/** There with a domain, and not otherwise. */
export interface ApiDomainNodes extends ValidatedCertificate {
  readonly domainName: aws.apigateway.DomainName;
  readonly basePathMapping: aws.apigateway.BasePathMapping;
  readonly aliasRecord: aws.route53.Record;
}

/** Creates the domain and maps it to a stage. */
export function createDomain(
  { name, args, parent }: ApiScope,
  domain: ApiDomain,
  api: aws.apigateway.RestApi,
  stage: aws.apigateway.Stage,
): ApiDomainNodes {
  const { transform, tags } = args;
  const proof = validatedCertificate({ parent, tags }, transform, `${name}-certificate`, domain);
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
      recordName(domain, "alias"),
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
