// The objects of a cache.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { protectedWhen, transformed } from "../../kit";
import { createCertificate, DNS_EGRESS, type Labels, metadataOf, type StoreCertificate } from "../kit";
import type { CacheArgs } from "./args";
import { PORT, routeConfig, SENTINEL_PORT, serverConfig } from "./config";
import { nodeLabels, nodePod, nodesName, peersOf, type Read, routeLabels, routePod } from "./pods";
import type { ResolvedCache } from "./resolve";
import { digest, type Owner, type Users } from "./passwords";

/** The objects of a cache but for its users. */
export interface CacheNodes {
  readonly certificate: StoreCertificate;
  readonly config: kubernetes.core.v1.ConfigMap;
  readonly serviceAccount: kubernetes.core.v1.ServiceAccount;
  readonly services: Readonly<Record<"nodes" | "primary", kubernetes.core.v1.Service>>;
  readonly statefulSet: kubernetes.apps.v1.StatefulSet;
  /** Only with three nodes or more. */
  readonly route?: kubernetes.apps.v1.Deployment;
  readonly disruptionBudgets: readonly kubernetes.policy.v1.PodDisruptionBudget[];
  readonly networkPolicies: readonly kubernetes.networking.v1.NetworkPolicy[];
}

/** Host name of the Service that leads to the primary. */
export function hostOf(name: string, { placement }: CacheArgs): pulumi.Output<string> {
  return pulumi.interpolate`${name}.${placement.namespace}.svc`;
}

const file = (name: string): string => readFileSync(join(__dirname, name), "utf8");

/** Creates the nodes, and HAProxy before them. */
export function createNodes(owner: Owner, users: Users): CacheNodes {
  const { parent, name, args, resolved } = owner;
  const { placement, transform } = args;
  const peers = peersOf(name, args, resolved);
  const host = hostOf(name, args);
  const labels = nodeLabels(name);
  const certificate = createCertificate({
    parent,
    name,
    placement,
    labels,
    dnsNames: [host, pulumi.interpolate`${host}.cluster.local`, ...peers],
    transform: transform?.certificate,
  });
  const data = configOf(resolved, peers);
  const config = new kubernetes.core.v1.ConfigMap(
    ...transformed<kubernetes.core.v1.ConfigMapArgs>(
      transform?.configMap,
      `${name}-config`,
      { metadata: metadataOf(placement, `${name}-config`, labels), data },
      { parent },
    ),
  );
  const serviceAccount = new kubernetes.core.v1.ServiceAccount(
    ...transformed<kubernetes.core.v1.ServiceAccountArgs>(
      transform?.serviceAccount,
      name,
      { metadata: metadataOf(placement, name, labels), automountServiceAccountToken: false },
      { parent },
    ),
  );
  const read: Read = {
    configName: config.metadata.name,
    usersName: users.file.metadata.name,
    internalName: users.internal.metadata.name,
    tlsName: certificate.secretName,
    serviceAccountName: serviceAccount.metadata.name,
    revision: pulumi
      .all([users.revision, data])
      .apply(([revision, texts]) => digest(JSON.stringify([revision, texts]))),
  };
  const networkPolicies = createNetworkPolicies(owner);
  const services = createServices(owner);
  const statefulSet = createStatefulSet(owner, read, [...networkPolicies, ...certificate.nodes, services.nodes]);
  const isRouted = resolved.nodes > 1;
  const route = isRouted ? createRoute(owner, read, [...networkPolicies, statefulSet]) : undefined;
  const disruptionBudgets = isRouted
    ? [createDisruptionBudget(owner, name, labels), createDisruptionBudget(owner, `${name}-route`, routeLabels(name))]
    : [];
  const made = { certificate, config, serviceAccount, services, statefulSet, disruptionBudgets, networkPolicies };
  return { ...made, ...(route && { route }) };
}

function configOf(resolved: ResolvedCache, peers: pulumi.Output<string>[]) {
  const isRouted = resolved.nodes > 1;
  return {
    "valkey.conf": serverConfig(resolved),
    "server.sh": file("server.sh"),
    "primary.sh": file("primary.sh"),
    ...(isRouted && {
      "stop.sh": file("stop.sh"),
      "sentinel.sh": file("sentinel.sh"),
      "haproxy.cfg": pulumi.all(peers).apply((hosts) => routeConfig(hosts)),
    }),
  };
}

function createServices({ parent, name, args, resolved }: Owner) {
  const create = (called: string, spec: kubernetes.types.input.core.v1.ServiceSpec) =>
    new kubernetes.core.v1.Service(
      ...transformed<kubernetes.core.v1.ServiceArgs>(
        args.transform?.service,
        called,
        // The Service of the primary has no endpoints until the nodes run, so Pulumi does not wait for endpoints.
        {
          metadata: {
            ...metadataOf(args.placement, called, nodeLabels(name)),
            annotations: { "pulumi.com/skipAwait": "true" },
          },
          spec,
        },
        { parent },
      ),
    );
  const selector = resolved.nodes > 1 ? routeLabels(name) : nodeLabels(name);
  return {
    // Nodes find each other before they are ready.
    nodes: create(nodesName(name), {
      clusterIP: "None",
      publishNotReadyAddresses: true,
      selector: { ...nodeLabels(name) },
      ports: [
        { name: "valkey", port: PORT, targetPort: PORT },
        ...(resolved.nodes > 1 ? [{ name: "sentinel", port: SENTINEL_PORT, targetPort: SENTINEL_PORT }] : []),
      ],
    }),
    primary: create(name, {
      type: "ClusterIP",
      selector: { ...selector },
      ports: [{ name: "valkey", port: PORT, targetPort: PORT }],
    }),
  };
}

function createStatefulSet(owner: Owner, read: Read, dependsOn: pulumi.Resource[]): kubernetes.apps.v1.StatefulSet {
  const { parent, name, args, resolved } = owner;
  const labels = nodeLabels(name);
  return new kubernetes.apps.v1.StatefulSet(
    ...transformed<kubernetes.apps.v1.StatefulSetArgs>(
      args.transform?.statefulSet,
      nodesName(name),
      {
        metadata: metadataOf(args.placement, nodesName(name), labels),
        spec: {
          serviceName: nodesName(name),
          replicas: resolved.nodes,
          selector: { matchLabels: { ...labels } },
          template: nodePod(name, args, resolved, read),
          persistentVolumeClaimRetentionPolicy: {
            whenDeleted: resolved.protectData ? "Retain" : "Delete",
            whenScaled: "Retain",
          },
          volumeClaimTemplates: [
            {
              metadata: { name: "data", labels: { ...labels } },
              spec: {
                accessModes: ["ReadWriteOnce"],
                ...(args.storageClass !== undefined && { storageClassName: args.storageClass }),
                resources: { requests: { storage: `${resolved.storage}Mi` } },
              },
            },
          ],
        },
      },
      { parent, dependsOn, ...protectedWhen(resolved.protectData) },
    ),
  );
}

function createRoute({ parent, name, args, resolved }: Owner, read: Read, dependsOn: pulumi.Resource[]) {
  const called = `${name}-route`;
  const labels = routeLabels(name);
  return new kubernetes.apps.v1.Deployment(
    ...transformed<kubernetes.apps.v1.DeploymentArgs>(
      args.transform?.deployment,
      called,
      {
        metadata: metadataOf(args.placement, called, labels),
        spec: {
          replicas: 2,
          selector: { matchLabels: { ...labels } },
          strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
          template: routePod(name, resolved, read),
        },
      },
      { parent, dependsOn },
    ),
  );
}

function createDisruptionBudget({ parent, args }: Owner, called: string, labels: Labels) {
  return new kubernetes.policy.v1.PodDisruptionBudget(
    ...transformed<kubernetes.policy.v1.PodDisruptionBudgetArgs>(
      args.transform?.disruptionBudget,
      called,
      {
        metadata: metadataOf(args.placement, called, labels),
        spec: { maxUnavailable: 1, selector: { matchLabels: { ...labels } } },
      },
      { parent },
    ),
  );
}

/** The nodes among themselves, and HAProxy to the nodes. Each service opens its own way to the primary. */
function createNetworkPolicies({ parent, name, args, resolved }: Owner) {
  const isRouted = resolved.nodes > 1;
  const nodes = { podSelector: { matchLabels: { ...nodeLabels(name) } } };
  const route = { podSelector: { matchLabels: { ...routeLabels(name) } } };
  const port = (value: number) => ({ port: value, protocol: "TCP" });
  const among = [port(PORT), port(SENTINEL_PORT)];
  const create = (called: string, spec: kubernetes.types.input.networking.v1.NetworkPolicySpec) =>
    new kubernetes.networking.v1.NetworkPolicy(
      ...transformed<kubernetes.networking.v1.NetworkPolicyArgs>(
        args.transform?.networkPolicy,
        called,
        {
          metadata: metadataOf(args.placement, called, nodeLabels(name)),
          spec: { ...spec, policyTypes: ["Ingress", "Egress"] },
        },
        { parent },
      ),
    );
  const own = create(nodesName(name), {
    ...nodes,
    ingress: isRouted
      ? [
          { from: [nodes], ports: among },
          { from: [route], ports: [port(PORT)] },
        ]
      : [],
    egress: isRouted ? [{ to: [nodes], ports: among }, DNS_EGRESS] : [DNS_EGRESS],
  });
  if (!isRouted) return [own];
  return [
    own,
    create(`${name}-route`, { ...route, ingress: [], egress: [{ to: [nodes], ports: [port(PORT)] }, DNS_EGRESS] }),
  ];
}
