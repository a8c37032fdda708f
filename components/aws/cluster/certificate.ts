// The certificate of the listener, and the record that leads callers to the load balancer.
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { transformed } from "../../kit";
import { type Domain, recordName, validatedCertificate, type ValidatedCertificate } from "../kit";
import type { Scope } from "./scope";

/** There with a domain, and not otherwise. */
export interface CertificateNodes extends Partial<ValidatedCertificate> {
  readonly aliasRecord?: aws.route53.Record;
}

/** Certificate of the HTTPS listener: one that ACM has issued and validated, a given one, or none. */
export function createCertificate(
  scope: Scope,
  loadBalancer: aws.lb.LoadBalancer,
): { readonly nodes: CertificateNodes; readonly arn: pulumi.Input<string> | undefined } {
  const { name, parent, tags, transform, resolved } = scope;
  const { https } = resolved;
  if (!https) return { nodes: {}, arn: undefined };
  if ("certificateArn" in https) return { nodes: {}, arn: https.certificateArn };
  const domain = { name: https.domainName, hostedZoneId: https.hostedZoneId };
  const logical = `${name}-certificate`;
  const nodes = validatedCertificate({ parent, ...tags }, transform, logical, domain, logical);
  const aliasRecord = createAlias(scope, domain, loadBalancer);
  return { nodes: { ...nodes, aliasRecord }, arn: nodes.certificateValidation.certificateArn };
}

function createAlias(
  { name, transform, parent }: Scope,
  domain: Domain,
  { dnsName, zoneId }: aws.lb.LoadBalancer,
): aws.route53.Record {
  return new aws.route53.Record(
    ...transformed<aws.route53.RecordArgs>(
      transform?.aliasRecord,
      recordName(domain, "alias"),
      {
        zoneId: domain.hostedZoneId,
        name: domain.name,
        type: "A",
        aliases: [{ name: dnsName, zoneId, evaluateTargetHealth: true }],
      },
      { parent, aliases: [{ name: `${name}-alb` }] },
    ),
  );
}
