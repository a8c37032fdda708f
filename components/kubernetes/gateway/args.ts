// What a gateway takes and what it offers.
import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Transform } from "../../kit";
import type { Placement, PodSelector } from "../kit";
import type { GatewayImplementation } from "../kit";

/** Arguments of {@link Gateway}. */
export interface GatewayArgs {
  /** Namespace of the gateway and of the routes that it takes, and labels. */
  readonly placement: Placement;
  /** GatewayClass of the cluster: the implementation that forwards requests. */
  readonly gatewayClassName: string;
  /** Pods of the implementation that forward requests; services let these in and no others. */
  readonly dataPlane: PodSelector;
  /** Implementation of the class; with it, routes can have JWT validation, rate limits and balancing. @default core of Gateway API alone */
  readonly implementation?: GatewayImplementation;
  /** Host name and certificate. @default HTTP on port 80 for any host name: for private networks only */
  readonly https?: HttpsSettings;
  /** @default every child as described */
  readonly transform?: GatewayTransforms;
}

/** HTTPS with a certificate of cert-manager; HTTP answers with a redirect. */
export interface HttpsSettings {
  /** `services.example.com` */
  readonly hostname: string;
  /** Issuer of the certificate (cert-manager). */
  readonly issuer: { readonly kind: "Issuer" | "ClusterIssuer"; readonly name: string };
}

/** One slot a child. */
export interface GatewayTransforms {
  readonly gateway?: Transform<kubernetes.apiextensions.CustomResourceArgs>;
  readonly certificate?: Transform<kubernetes.apiextensions.CustomResourceArgs>;
  readonly redirect?: Transform<kubernetes.apiextensions.CustomResourceArgs>;
}

/** What {@link Gateway} offers. */
export interface GatewayOutputs {
  readonly gatewayName: pulumi.Output<string>;
  /** Listener that services attach their routes to. */
  readonly listener: "http" | "https";
  readonly dataPlane: PodSelector;
  readonly implementation: GatewayImplementation | undefined;
  /** `https://<hostname>`; undefined without HTTPS: the implementation decides the address. */
  readonly url: string | undefined;
}
