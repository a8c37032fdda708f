// The keys of a stack (`archipelago:*` in Pulumi.<stack>.yaml) on Kubernetes, beside those of infra/model/settings.ts.
import type * as v from "valibot";
import { imageProblems } from "../../../components/kit/image";
import { parseRange } from "../../../components/kit/subnets";
import { flag, list, matching, object, oneOf, optional, record, text } from "../../model/schema/words";
import { textThat } from "../../model/settings";

const ObjectName = (what: string) =>
  matching(
    /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/,
    `${what}: lower-case letters, digits, dashes and dots`,
    "correct the name",
    253,
  );

/** A bucket that exists. */
const ExistingBucket = object({
  /** Name of the bucket. */
  bucket: matching(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "a bucket's name, 3 to 63 characters", "correct the name", 63),
  /** Secret in the stack's namespace with the keys `accessKeyId` and `secretAccessKey`. */
  secretName: ObjectName("a Secret"),
});

/** An object store with the protocol of S3: buckets are not made on this target, but named. */
export interface ObjectStore extends v.InferOutput<typeof ObjectStore> {}
export const ObjectStore = object({
  /** `https://s3.example.com` */
  endpoint: matching(
    /^https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/,
    "an https URL without a path",
    "write it like https://s3.example.com",
    256,
  ),
  /** Region that requests are signed for. @default "us-east-1" */
  region: optional(matching(/^[a-z0-9-]{1,40}$/, "a region, such as us-east-1", "correct it", 40)),
  /** IPv4 range of the endpoint: NetworkPolicies know no names. @default the internet */
  cidr: optional(
    textThat(
      (given) => parseRange(given) !== undefined,
      "an IPv4 range, such as 10.40.0.0/16",
      "write the range that the endpoint's addresses lie in",
    ),
  ),
  /** By `<service>-<bucket>` (`product-images`). */
  buckets: record(text(), ExistingBucket),
});

/** Prometheus Operator. */
export const Monitoring = object({
  /** Namespace of Prometheus, which may read the metrics of stores. */
  namespace: ObjectName("a namespace"),
  /** Labels by which Prometheus selects monitors and rules (`release: kube-prometheus-stack`). @default none: it selects all */
  labels: optional(
    record(
      matching(/^[A-Za-z0-9][A-Za-z0-9./_-]{0,251}[A-Za-z0-9]$/, "a label's name", "correct it", 253),
      matching(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/, "a label's value", "correct it", 63),
    ),
  ),
});

const Image = (example: string) =>
  textThat(
    (given) => imageProblems("", given).length === 0,
    "an image reference with a tag or digest",
    `write it like ${example}`,
  );

/** Images of what the stack runs beside services: with digests, or from a registry of one's own. CloudNativePG has its image by each database's version. */
export const StoreImages = object({
  /** RabbitMQ with the management plugin (`docker.io/library/rabbitmq`). @default the component's, by its version */
  rabbitmq: optional(Image("docker.io/library/rabbitmq@sha256:…")),
  /** Node.js, which loads queues and topics into RabbitMQ (`docker.io/library/node`). @default the component's, by its version */
  node: optional(Image("docker.io/library/node@sha256:…")),
  /** Valkey (`docker.io/valkey/valkey`). @default the component's, by its version */
  valkey: optional(Image("docker.io/valkey/valkey@sha256:…")),
  /** HAProxy before Valkey's nodes (`docker.io/library/haproxy`). @default the component's, by its version */
  haproxy: optional(Image("docker.io/library/haproxy@sha256:…")),
});

/** The OpenTelemetry collector of a system that is traced. */
export const Collector = object({
  /** Image of the OpenTelemetry Collector (`otel/opentelemetry-collector`), with a tag or a digest. */
  image: textThat(
    (given) => imageProblems("", given).length === 0,
    "an image reference with a tag or digest",
    "name a version of otel/opentelemetry-collector",
  ),
  /** URL that takes OTLP over HTTP, without `/v1/traces`; `http` only with `namespace`. */
  otlpEndpoint: matching(
    /^https?:\/\/[^\s@#?]+$/,
    "an http or https URL without a user and a query",
    "write it like https://otlp.example.com, or http://tempo.monitoring.svc:4318 with namespace",
    256,
  ),
  /** Namespace of the pods behind `otlpEndpoint`. @default none: it is outside the cluster */
  namespace: optional(ObjectName("a namespace")),
  /** IPv4 range of `otlpEndpoint` outside the cluster. @default the internet */
  cidr: optional(
    textThat(
      (given) => parseRange(given) !== undefined,
      "an IPv4 range, such as 10.40.0.0/16",
      "write the range that the endpoint's addresses lie in",
    ),
  ),
  /** Key of a Secret in the stack's namespace with the value of the header `Authorization`. @default none */
  authorization: optional(object({ secretName: ObjectName("a Secret"), key: text(253) })),
});

/** Keys of a stack on Kubernetes. */
export interface KubernetesSettings extends v.InferOutput<typeof KubernetesSettings> {}
export const KubernetesSettings = object({
  /** File of the kubeconfig. @default KUBECONFIG, or ~/.kube/config */
  kubeconfig: optional(text(500)),
  /** Context of the kubeconfig. The current context is never taken: it may be another cluster. */
  context: text(253),
  /** The cluster's identity: the uid of its namespace kube-system. @default the context alone decides */
  clusterId: optional(
    matching(
      /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      "a uid",
      "kubectl --context <context> get namespace kube-system --output jsonpath={.metadata.uid}",
      36,
    ),
  ),
  /** StorageClass of volumes. @default the cluster's default class */
  storageClass: optional(ObjectName("a StorageClass")),
  /** GatewayClass; needed where a service is exposed. @default none */
  gatewayClass: optional(ObjectName("a GatewayClass")),
  /**
   * Implementation of the GatewayClass; needed for `authentication: "jwt"`, `rateLimit` and `slowStart`, which Gateway API itself has not.
   * @default none: routes of Gateway API's core alone
   */
  gatewayImplementation: optional(oneOf("envoy-gateway")),
  /** Namespace of the pods that forward the gateway's requests; needed where a service is exposed. @default none */
  gatewayNamespace: optional(ObjectName("a namespace")),
  /** ClusterIssuer of cert-manager that signs the gateway's certificate; needed with `domain`. @default none */
  clusterIssuer: optional(ObjectName("a ClusterIssuer")),
  /** Namespace of KEDA, which reads the length of queues. @default "keda" */
  kedaNamespace: optional(ObjectName("a namespace")),
  /** Images of stores and of what stands beside them. @default upstream's, by version */
  storeImages: optional(StoreImages),
  /** The collector of traces and metrics, for a system that is traced. @default none: identifiers are passed on, and no trace is kept */
  collector: optional(Collector),
  /** Prometheus Operator of the cluster: alerts, monitors of the stores and a dashboard of Grafana are made for it. @default none: nothing is watched */
  monitoring: optional(Monitoring),
  /** Whether a run waits until databases are ready. @default true */
  waitForStores: optional(flag()),
  /** Secrets (kubernetes.io/dockerconfigjson) in the stack's namespace that open the registry of the images. @default the nodes' own rights */
  imagePullSecrets: optional(list(ObjectName("a Secret"), { most: 10 })),
  /**
   * Things of the system that this target has nothing for (`saga.order-processing`), each with the reason why the system may run without it.
   * @default none: a system with such a thing is refused
   */
  leaveOut: optional(
    record(
      matching(/^[a-z]+\.[A-Za-z0-9-]+$/, "<kind>.<name>, such as saga.order-processing", "correct it", 100),
      matching(/^.{15,300}$/, "a reason, 15 to 300 characters", "say why the system may run without it", 300),
    ),
  ),
  /** Where buckets are. @default none: a system with buckets is refused */
  objectStore: optional(ObjectStore),
});
