// The OpenTelemetry collector of a namespace. Services send to it without rights and without waiting; it alone has the way out and the credential. When it fails,
// services go on without traces.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import { mebibytes, throwIfAny, transformed } from "../../kit";
import {
  connect,
  containerSecurity,
  containerSignals,
  type Grant,
  inCluster,
  type Labels,
  metadataOf,
  podSecurity,
  type Reach,
  selectorOf,
  type Signal,
  spreadOver,
} from "../kit";
import type { CollectorArgs, CollectorOutputs } from "./args";
import { AUTHORIZATION, configuration, PORTS } from "./collector-config";
import { COLLECTOR_DEFAULTS as DEFAULTS, validateCollector } from "./validate-collector";

const TYPE = "archipelago:kubernetes:Collector";
const FOLDER = "/etc/archipelago/collector";
/** The user of the image. */
const UID = 10_001;

/** The children. */
export interface CollectorNodes {
  readonly configMap: kubernetes.core.v1.ConfigMap;
  readonly serviceAccount: kubernetes.core.v1.ServiceAccount;
  readonly networkPolicies: Readonly<Record<string, kubernetes.networking.v1.NetworkPolicy>>;
  readonly deployment: kubernetes.apps.v1.Deployment;
  readonly service: kubernetes.core.v1.Service;
  readonly disruptionBudget: kubernetes.policy.v1.PodDisruptionBudget;
}

/**
 * A Deployment of the OpenTelemetry Collector with a Service: it takes OTLP over HTTP and sends it on. It costs what its pods take of the nodes. Everything
 * changes in place; a new name replaces everything.
 *
 * @example
 * new Collector("collector", { placement, image: "docker.io/otel/opentelemetry-collector:0.139.0", otlpEndpoint: "https://otlp.example.com", stack: "shop-dev" }, { provider });
 */
export class Collector extends pulumi.ComponentResource implements CollectorOutputs {
  readonly endpoint: pulumi.Output<string>;
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: CollectorNodes;
  private readonly selector: Labels;

  constructor(
    private readonly name: string,
    args: CollectorArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, inCluster(`${TYPE} "${name}"`, opts));
    throwIfAny(`${TYPE} "${name}"`, validateCollector(name, args));
    this.selector = selectorOf(name, "collector");
    this.nodes = createNodes(name, args, this.selector, this);
    this.endpoint = pulumi.interpolate`http://${name}.${args.placement.namespace}.svc:${PORTS.otlp}`;
    this.signals = containerSignals(name);
    const { endpoint } = this;
    this.registerOutputs({ endpoint });
  }

  grantSend(): Grant {
    return {
      environment: {
        OTEL_EXPORTER_OTLP_ENDPOINT: this.endpoint,
        OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
        OTEL_TRACES_EXPORTER: "otlp",
        OTEL_METRICS_EXPORTER: "otlp",
      },
      reaches: [{ to: this.name, port: PORTS.otlp, pods: { labels: this.selector } }],
    };
  }
}

function createNodes(name: string, args: CollectorArgs, selector: Labels, parent: pulumi.Resource): CollectorNodes {
  const { placement, transform } = args;
  const metadata = metadataOf(placement, name, selector);
  const child = { parent };
  const text = JSON.stringify(configuration(args));
  const configMap = new kubernetes.core.v1.ConfigMap(
    ...transformed<kubernetes.core.v1.ConfigMapArgs>(
      transform?.configMap,
      name,
      { metadata, data: { "config.json": text } },
      child,
    ),
  );
  const serviceAccount = new kubernetes.core.v1.ServiceAccount(
    ...transformed<kubernetes.core.v1.ServiceAccountArgs>(
      transform?.serviceAccount,
      name,
      { metadata, automountServiceAccountToken: false },
      child,
    ),
  );
  const networkPolicies = connect({
    ...{ name, placement, selector, parent },
    grants: { destination: { reaches: [destinationOf(args)] } },
    transform: transform?.networkPolicy,
  });
  const deployment = new kubernetes.apps.v1.Deployment(
    ...transformed<kubernetes.apps.v1.DeploymentArgs>(
      transform?.deployment,
      name,
      {
        metadata,
        spec: {
          replicas: args.replicas ?? DEFAULTS.replicas,
          selector: { matchLabels: { ...selector } },
          strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
          revisionHistoryLimit: 3,
          template: {
            metadata: {
              labels: { ...placement.labels, ...selector },
              // The collector reads its configuration when it starts.
              annotations: {
                "archipelago/configuration": createHash("sha256").update(text).digest("hex").slice(0, 10),
              },
            },
            spec: podSpec(name, args, selector, serviceAccount.metadata.name),
          },
        },
      },
      { ...child, dependsOn: [configMap, ...Object.values(networkPolicies)] },
    ),
  );
  return { configMap, serviceAccount, networkPolicies, deployment, ...createAccess(name, args, selector, parent) };
}

function createAccess(
  name: string,
  { placement, transform }: CollectorArgs,
  selector: Labels,
  parent: pulumi.Resource,
) {
  const metadata = metadataOf(placement, name, selector);
  const service = new kubernetes.core.v1.Service(
    ...transformed<kubernetes.core.v1.ServiceArgs>(
      transform?.service,
      name,
      {
        // The Deployment is awaited.
        metadata: { ...metadata, annotations: { "pulumi.com/skipAwait": "true" } },
        spec: {
          type: "ClusterIP",
          selector: { ...selector },
          ports: [{ name: "otlp", port: PORTS.otlp, targetPort: "otlp", protocol: "TCP", appProtocol: "http" }],
        },
      },
      { parent },
    ),
  );
  const disruptionBudget = new kubernetes.policy.v1.PodDisruptionBudget(
    ...transformed<kubernetes.policy.v1.PodDisruptionBudgetArgs>(
      transform?.disruptionBudget,
      name,
      {
        metadata,
        spec: {
          maxUnavailable: 1,
          selector: { matchLabels: { ...selector } },
          unhealthyPodEvictionPolicy: "AlwaysAllow",
        },
      },
      { parent },
    ),
  );
  return { service, disruptionBudget };
}

function podSpec(name: string, args: CollectorArgs, selector: Labels, serviceAccountName: pulumi.Input<string>) {
  const { image, memory = DEFAULTS.memory, architecture = "X86_64", authorization, imagePullSecrets } = args;
  const size = { cpu: "200m", memory: `${mebibytes(memory) ?? 0}Mi`, "ephemeral-storage": "64Mi" };
  const probe = { httpGet: { path: "/", port: "health" }, timeoutSeconds: 5, periodSeconds: 10 };
  return {
    serviceAccountName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: podSecurity(UID, UID),
    nodeSelector: { "kubernetes.io/os": "linux", "kubernetes.io/arch": architecture === "ARM64" ? "arm64" : "amd64" },
    ...spreadOver(selector, true),
    ...(imagePullSecrets && { imagePullSecrets: imagePullSecrets.map((secret) => ({ name: secret })) }),
    containers: [
      {
        name,
        image,
        imagePullPolicy: "Always",
        args: [`--config=${FOLDER}/config.json`],
        securityContext: containerSecurity(),
        resources: { requests: size, limits: size },
        env: authorization
          ? [
              {
                name: AUTHORIZATION,
                valueFrom: { secretKeyRef: { name: authorization.secretName, key: authorization.key } },
              },
            ]
          : [],
        ports: [
          { name: "otlp", containerPort: PORTS.otlp, protocol: "TCP" },
          { name: "health", containerPort: PORTS.health, protocol: "TCP" },
        ],
        readinessProbe: probe,
        livenessProbe: { ...probe, initialDelaySeconds: 10 },
        volumeMounts: [{ name: "config", mountPath: FOLDER, readOnly: true }],
      },
    ],
    volumes: [{ name: "config", configMap: { name } }],
  };
}

function destinationOf({ otlpEndpoint, namespace, cidr = "0.0.0.0/0" }: CollectorArgs): Reach {
  const { port, protocol } = new URL(otlpEndpoint);
  const number = port === "" ? (protocol === "http:" ? 80 : 443) : Number(port);
  // A policy judges the port of the pod: the Service in front of it has the same.
  return namespace === undefined
    ? { to: "destination", port: number, cidr }
    : { to: "destination", port: number, pods: { labels: {}, namespace } };
}
