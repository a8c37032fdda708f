// The custom domain of an HTTP API: certificate, its validation, and the record that leads clients to it.
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { tagged, transformed } from "../../kit";
import { recordName, validatedCertificate } from "../kit";
import type { ApiDomain } from "./args-api-gateway";
import type { HttpGatewayArgs } from "./args-http-gateway";

/** Creates the domain and maps it to a stage. */
export function createHttpDomain(
  { name, args, parent }: { readonly name: string; readonly args: HttpGatewayArgs; readonly parent: pulumi.Resource },
  domain: ApiDomain,
  api: aws.apigatewayv2.Api,
  stage: aws.apigatewayv2.Stage,
) {
  const { transform, tags } = args;
  const proof = validatedCertificate({ parent, tags }, transform, `${name}-certificate`, domain);
  // A domain name is the same thing for both kinds of APIs.
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
  const apiMapping = new aws.apigatewayv2.ApiMapping(
    ...transformed<aws.apigatewayv2.ApiMappingArgs>(
      transform?.apiMapping,
      `${name}-domain`,
      { apiId: api.id, stage: stage.name, domainName: domainName.domainName },
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
      { parent, dependsOn: [apiMapping] },
    ),
  );
  return { ...proof, domainName, apiMapping, aliasRecord };
}
