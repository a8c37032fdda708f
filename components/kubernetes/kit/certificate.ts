// The certificate of a store: cert-manager makes a certificate authority for this store alone, and renews what it signs. So a client that
// trusts the authority trusts nothing else, and no private key is in the engine's state.
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { type Transform, transformed } from "../../kit";
import { type Labels, metadataOf, type Placement } from "./placement";

/** What a certificate is made for. */
export interface CertificateRequest {
  readonly parent: pulumi.Resource;
  /** Name of the store. */
  readonly name: string;
  readonly placement: Placement;
  readonly labels: Labels;
  /** Host names of the store. */
  readonly dnsNames: readonly pulumi.Input<string>[];
  readonly transform: Transform<kubernetes.apiextensions.CustomResourceArgs> | undefined;
}

/** A certificate, and the Secret that cert-manager writes it into. */
export interface StoreCertificate {
  readonly nodes: readonly kubernetes.apiextensions.CustomResource[];
  /** Secret with `tls.crt`, `tls.key` and `ca.crt`. */
  readonly secretName: string;
}

/** Ten years: a new authority must reach every client first. */
const AUTHORITY_DURATION = "87600h";
const DURATION = "2160h";
const RENEW_BEFORE = "720h";
const PRIVATE_KEY = { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" } as const;

/** Creates the authority of a store and its certificate. */
export function createCertificate(request: CertificateRequest): StoreCertificate {
  const { parent, name, placement, labels, transform } = request;
  const create = (
    role: string,
    kind: "Issuer" | "Certificate",
    spec: object,
  ): kubernetes.apiextensions.CustomResource =>
    new kubernetes.apiextensions.CustomResource(
      ...transformed<kubernetes.apiextensions.CustomResourceArgs>(
        transform,
        `${name}-${role}`,
        { apiVersion: "cert-manager.io/v1", kind, metadata: metadataOf(placement, `${name}-${role}`, labels), spec },
        { parent },
      ),
    );
  const self = create("self-signed", "Issuer", { selfSigned: {} });
  const authority = create("ca", "Certificate", {
    isCA: true,
    commonName: `${name}-ca`,
    secretName: `${name}-ca`,
    duration: AUTHORITY_DURATION,
    privateKey: { ...PRIVATE_KEY, rotationPolicy: "Never" },
    issuerRef: { kind: "Issuer", name: self.metadata.name },
  });
  const issuer = create("ca-issuer", "Issuer", { ca: { secretName: `${name}-ca` } });
  const certificate = create("tls", "Certificate", {
    secretName: `${name}-tls`,
    dnsNames: request.dnsNames,
    duration: DURATION,
    renewBefore: RENEW_BEFORE,
    privateKey: PRIVATE_KEY,
    usages: ["digital signature", "key encipherment", "server auth", "client auth"],
    issuerRef: { kind: "Issuer", name: issuer.metadata.name },
  });
  return { nodes: [self, authority, issuer, certificate], secretName: `${name}-tls` };
}
