// The way into the system: a Gateway of Gateway API (core, v1), which each service attaches its own route to.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type Problem, throwIfAny, transformed, unless } from "../../kit";
import { inCluster, metadataOf, objectNameProblems } from "../kit";
import type { GatewayArgs, GatewayOutputs } from "./args";

const TYPE = "archipelago:kubernetes:Gateway";
const API = "gateway.networking.k8s.io/v1";

/** The children of a gateway; the last two with HTTPS only. */
export interface GatewayNodes {
  readonly gateway: kubernetes.apiextensions.CustomResource;
  readonly certificate: kubernetes.apiextensions.CustomResource | undefined;
  readonly redirect: kubernetes.apiextensions.CustomResource | undefined;
}

/**
 * A Gateway with one listener for HTTPS, a certificate and a redirect of HTTP; without HTTPS, a listener for HTTP. It costs what the
 * implementation runs for it: proxies, and mostly a load balancer of the cloud (about 20 USD a month). A new name replaces it, and its address.
 *
 * @example
 * new Gateway("gateway", {
 *   placement,
 *   gatewayClassName: "envoy",
 *   dataPlane: { namespace: "envoy-gateway-system", labels: { "app.kubernetes.io/managed-by": "envoy-gateway" } },
 *   https: { hostname: "services.example.com", issuer: { kind: "ClusterIssuer", name: "letsencrypt" } },
 * }, { provider });
 */
export class Gateway extends pulumi.ComponentResource implements GatewayOutputs {
  readonly gatewayName: pulumi.Output<string>;
  readonly listener: "http" | "https";
  readonly dataPlane: GatewayArgs["dataPlane"];
  readonly implementation: GatewayArgs["implementation"];
  readonly url: string | undefined;
  /** The children. */
  readonly nodes: GatewayNodes;

  constructor(name: string, args: GatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, inCluster(`${TYPE} "${name}"`, opts));
    throwIfAny(`${TYPE} "${name}"`, validateGateway(name, args));
    this.nodes = createNodes(name, args, this);
    this.gatewayName = this.nodes.gateway.metadata.name;
    this.listener = args.https ? "https" : "http";
    this.dataPlane = args.dataPlane;
    this.implementation = args.implementation;
    this.url = args.https && `https://${args.https.hostname}`;
    const { gatewayName, listener, dataPlane, implementation, url } = this;
    this.registerOutputs({ gatewayName, listener, dataPlane, implementation, url });
  }
}

/** Every problem of the arguments. Pure. */
export function validateGateway(name: string, { gatewayClassName, dataPlane, https }: GatewayArgs): Problem[] {
  return [
    ...objectNameProblems("name", name),
    ...objectNameProblems("gatewayClassName", gatewayClassName, 253),
    ...unless(dataPlane.namespace !== undefined || Object.keys(dataPlane.labels).length > 0, {
      path: "dataPlane",
      value: "{}",
      allowed: "a namespace or labels: without them every pod would be let in",
      remedy: "look up where the implementation runs its proxies: kubectl get pods --all-namespaces --show-labels",
    }),
    ...unless(
      https === undefined ||
        /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(https.hostname),
      {
        path: "https.hostname",
        value: https?.hostname,
        allowed: "a lower-case domain name without a wildcard",
        remedy: "write the name that clients use, without scheme and port",
      },
    ),
  ];
}

function createNodes(name: string, args: GatewayArgs, parent: pulumi.Resource): GatewayNodes {
  const { placement, gatewayClassName, https, transform } = args;
  const custom = (
    slot: keyof NonNullable<GatewayArgs["transform"]>,
    called: string,
    [apiVersion, kind]: readonly [string, string],
    spec: object,
  ) =>
    new kubernetes.apiextensions.CustomResource(
      ...transformed<kubernetes.apiextensions.CustomResourceArgs>(
        transform?.[slot],
        called,
        { apiVersion, kind, metadata: metadataOf(placement, called), spec },
        { parent },
      ),
    );
  const tls = `${name}-tls`;
  const certificate =
    https &&
    custom("certificate", tls, ["cert-manager.io/v1", "Certificate"], {
      secretName: tls,
      dnsNames: [https.hostname],
      issuerRef: { group: "cert-manager.io", ...https.issuer },
      // A new key with each certificate, which is renewed by itself.
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
      usages: ["digital signature", "server auth"],
    });
  const gateway = custom("gateway", name, [API, "Gateway"], { gatewayClassName, listeners: listeners(https, tls) });
  const redirect =
    https &&
    custom("redirect", `${name}-redirect`, [API, "HTTPRoute"], {
      parentRefs: [{ name, sectionName: "http" }],
      hostnames: [https.hostname],
      rules: [{ filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }] }],
    });
  return { gateway, certificate, redirect };
}

/** Routes of the gateway's own namespace only: no other system can take over a path. */
function listeners(https: GatewayArgs["https"], secretName: string): object[] {
  const allowedRoutes = { namespaces: { from: "Same" } };
  const hostname = https && { hostname: https.hostname };
  return [
    { name: "http", protocol: "HTTP", port: 80, ...hostname, allowedRoutes },
    ...(https
      ? [
          {
            ...{ name: "https", protocol: "HTTPS", port: 443, ...hostname, allowedRoutes },
            tls: { mode: "Terminate", certificateRefs: [{ kind: "Secret", name: secretName }] },
          },
        ]
      : []),
  ];
}
