// The pods of a cache: nodes of Valkey with a Sentinel each, and HAProxy. Pure.
import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { containerSecurity, type Labels, podSecurity, selectorOf, spreadOver } from "../kit";
import type { CacheArgs } from "./args";
import { FOLDERS, HEALTH_PORT, PORT, SENTINEL_PORT } from "./config";
import type { ResolvedCache } from "./resolve";

type Container = kubernetes.types.input.core.v1.Container;
type PodTemplate = kubernetes.types.input.core.v1.PodTemplateSpec;

/** No account of the images has this identifier. */
const UID = 10_001;

/** HAProxy takes variables in its configuration, and no files. */
const ROUTE_COMMAND = `HEALTH_PASSWORD=$(cat ${FOLDERS.secrets}/_health); export HEALTH_PASSWORD; exec haproxy -W -db -f ${FOLDERS.config}/haproxy.cfg`;

/** What pods read. */
export interface Read {
  readonly configName: pulumi.Input<string>;
  readonly usersName: pulumi.Input<string>;
  readonly internalName: pulumi.Input<string>;
  readonly tlsName: pulumi.Input<string>;
  readonly serviceAccountName: pulumi.Input<string>;
  /** Changes with what pods read when they start. */
  readonly revision: pulumi.Input<string>;
}

/** Labels of the nodes. */
export const nodeLabels = (name: string): Labels => selectorOf(name, "cache");
/** Labels of HAProxy. */
export const routeLabels = (name: string): Labels => selectorOf(`${name}-route`, "cache");
/** Name of the StatefulSet and of its headless Service. */
export const nodesName = (name: string): string => `${name}-nodes`;

/** Hosts of the nodes, in their order. */
export function peersOf(name: string, { placement }: CacheArgs, { nodes }: ResolvedCache): pulumi.Output<string>[] {
  const all = nodesName(name);
  return Array.from(
    { length: nodes },
    (_, index) => pulumi.interpolate`${all}-${index}.${all}.${placement.namespace}.svc`,
  );
}

/** Pods of the nodes. */
export function nodePod(name: string, args: CacheArgs, resolved: ResolvedCache, read: Read): PodTemplate {
  const labels = nodeLabels(name);
  const env = environmentOf(name, args, resolved);
  const { image, cpu, memory, nodes } = resolved;
  const server: Container = {
    ...base("server", image, cpu, memory),
    command: ["sh", `${FOLDERS.config}/server.sh`],
    env,
    ports: [{ name: "valkey", containerPort: PORT }],
    ...probes(),
    ...(nodes > 1 && { lifecycle: { preStop: { exec: { command: ["sh", `${FOLDERS.config}/stop.sh`] } } } }),
    volumeMounts: [
      ...mounts(["config", "users", "secrets", "tls"]),
      { name: "run", mountPath: FOLDERS.run },
      dataMount(),
    ],
  };
  const sentinel: Container = {
    ...base("sentinel", image, 64, 64),
    command: ["sh", `${FOLDERS.config}/sentinel.sh`],
    env,
    ports: [{ name: "sentinel", containerPort: SENTINEL_PORT }],
    readinessProbe: { tcpSocket: { port: SENTINEL_PORT }, periodSeconds: 10 },
    livenessProbe: { tcpSocket: { port: SENTINEL_PORT }, periodSeconds: 10, failureThreshold: 6 },
    volumeMounts: [...mounts(["config", "secrets", "tls"]), { name: "sentinel", mountPath: FOLDERS.run }],
  };
  return {
    metadata: { labels: { ...labels }, annotations: { "archipelago/revision": read.revision } },
    spec: {
      ...podBase(read),
      ...spreadOver(labels, false),
      terminationGracePeriodSeconds: 60,
      containers: nodes > 1 ? [server, sentinel] : [server],
      volumes: [
        { name: "config", configMap: { name: read.configName } },
        { name: "users", secret: { secretName: read.usersName } },
        { name: "secrets", secret: { secretName: read.internalName } },
        { name: "tls", secret: { secretName: read.tlsName } },
        { name: "run", emptyDir: { medium: "Memory", sizeLimit: "4Mi" } },
        ...(nodes > 1 ? [{ name: "sentinel", emptyDir: { medium: "Memory", sizeLimit: "4Mi" } }] : []),
      ],
    },
  };
}

/** Pods of HAProxy. */
export function routePod(name: string, { routeImage }: ResolvedCache, read: Read): PodTemplate {
  const labels = routeLabels(name);
  const health = { httpGet: { path: "/", port: HEALTH_PORT }, periodSeconds: 5 };
  return {
    metadata: { labels: { ...labels }, annotations: { "archipelago/revision": read.revision } },
    spec: {
      ...podBase(read),
      ...spreadOver(labels, true),
      containers: [
        {
          ...base("haproxy", routeImage, 128, 128),
          command: ["sh", "-c", ROUTE_COMMAND],
          ports: [{ name: "valkey", containerPort: PORT }],
          readinessProbe: health,
          livenessProbe: { ...health, failureThreshold: 6 },
          // Clients of an ending pod reconnect to the other one.
          lifecycle: { preStop: { exec: { command: ["sleep", "5"] } } },
          volumeMounts: mounts(["config", "secrets", "tls"]),
        },
      ],
      volumes: [
        { name: "config", configMap: { name: read.configName } },
        {
          name: "secrets",
          secret: { secretName: read.internalName, items: [{ key: "_health", path: "_health" }] },
        },
        { name: "tls", secret: { secretName: read.tlsName, items: [{ key: "ca.crt", path: "ca.crt" }] } },
      ],
    },
  };
}

function podBase({ serviceAccountName }: Read) {
  return {
    serviceAccountName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: podSecurity(UID, UID),
  };
}

/** @param memory in MiB */
function base(name: string, image: string, cpu: number, memory: number) {
  const size = {
    cpu: `${Math.round((cpu * 1000) / 1024)}m`,
    memory: `${memory}Mi`,
    "ephemeral-storage": "64Mi",
  };
  return {
    name,
    image,
    imagePullPolicy: "Always",
    resources: { requests: size, limits: size },
    securityContext: containerSecurity(),
  };
}

function environmentOf(name: string, args: CacheArgs, resolved: ResolvedCache) {
  const all = nodesName(name);
  return [
    { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
    { name: "SELF", value: pulumi.interpolate`$(POD_NAME).${all}.${args.placement.namespace}.svc` },
    { name: "PEERS", value: pulumi.all(peersOf(name, args, resolved)).apply((hosts) => hosts.join(" ")) },
    { name: "BIND", value: "*" },
    { name: "PORT", value: String(PORT) },
    { name: "SENTINEL_PORT", value: String(SENTINEL_PORT) },
    { name: "CONFIG", value: FOLDERS.config },
    { name: "TLS", value: FOLDERS.tls },
    { name: "RUN", value: FOLDERS.run },
    { name: "SECRETS", value: FOLDERS.secrets },
  ];
}

/** A node is ready as the primary, or as a replica that has the primary's data; it is alive when it listens. */
function probes() {
  const role = `REDISCLI_AUTH=$(cat "$SECRETS/_health") valkey-cli --tls --cacert "$TLS/ca.crt" -h "$SELF" -p "$PORT" --user _health ROLE | grep -qE "^(master|connected)$"`;
  return {
    startupProbe: { tcpSocket: { port: PORT }, periodSeconds: 5, failureThreshold: 60 },
    readinessProbe: { exec: { command: ["sh", "-c", role] }, periodSeconds: 10, timeoutSeconds: 5 },
    livenessProbe: { tcpSocket: { port: PORT }, periodSeconds: 10, failureThreshold: 6 },
  };
}

function mounts(names: readonly (keyof typeof FOLDERS)[]) {
  return names.map((name) => ({ name, mountPath: FOLDERS[name], readOnly: true }));
}

const dataMount = () => ({ name: "data", mountPath: FOLDERS.data });
