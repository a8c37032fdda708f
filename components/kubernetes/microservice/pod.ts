// The pod spec of a workload with its security context, built from resolved arguments.
import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { dirname } from "node:path/posix";
import { type ContainerHealthCheck, type Duration, seconds as secondsOf } from "../../kit";
import { containerSecurity, type Labels, type MountedFile, podSecurity, spreadOver } from "../kit";
import type { MicroserviceArgs, WorkloadArgs } from "./args";
import { DRAIN_SECONDS, type PodSettings, type Settings } from "./resolve";
import { secretsOf } from "./validate";

type Core = kubernetes.types.input.core.v1.PodSpec;
type Container = kubernetes.types.input.core.v1.Container;
type Template = kubernetes.types.input.core.v1.PodTemplateSpec;

/** Everything that a pod says of this workload alone. */
export interface PodInput {
  readonly name: string;
  readonly args: Omit<WorkloadArgs, "containerHealthCheck" | "startTime">;
  readonly settings: PodSettings;
  readonly selector: Labels;
  readonly variables: Readonly<Record<string, pulumi.Input<string>>>;
  readonly serviceAccountName: pulumi.Input<string>;
  /** Ports and probes. */
  readonly container: Partial<Container>;
  /** Annotations of the pods. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Fields of the pod spec that differ between kinds of workloads. */
  readonly spec: Partial<Core>;
}

/** The template of a workload's pods. */
export function podTemplate(input: PodInput): Template {
  const { name, args, settings, selector, serviceAccountName } = input;
  const { labels = {} } = args.placement;
  const { volumes, volumeMounts } = volumesOf(args, settings);
  return {
    metadata: { labels: { ...labels, ...selector }, ...annotations(input) },
    spec: {
      serviceAccountName,
      automountServiceAccountToken: false,
      // Variables of each Service of the namespace: they would collide with the declared ones (ORDER_SERVICE_PORT).
      enableServiceLinks: false,
      securityContext: podSecurity(settings.uid, settings.gid),
      nodeSelector: { "kubernetes.io/os": "linux", "kubernetes.io/arch": settings.architecture },
      ...(args.imagePullSecrets && { imagePullSecrets: args.imagePullSecrets.map((secret) => ({ name: secret })) }),
      ...input.spec,
      volumes,
      containers: [
        {
          name,
          image: args.image,
          // The kubelet checks the pull credentials at each start, so no pod runs a cached image that its namespace has no right to.
          imagePullPolicy: "Always",
          ...(args.command && { command: [...args.command] }),
          securityContext: containerSecurity(settings.readonlyRootFilesystem),
          resources: resourcesOf(settings),
          env: environmentOf(input),
          volumeMounts,
          ...input.container,
        },
      ],
    },
  };
}

/** Requests and limits are the same (the class Guaranteed): a pod has what it was measured with, whatever its neighbours do. */
export function resourcesOf({ millicpu, memory, disk }: PodSettings) {
  const size = { cpu: `${millicpu}m`, memory: `${memory}Mi` };
  return {
    requests: { ...size, "ephemeral-storage": `${Math.min(disk, 256)}Mi` },
    limits: { ...size, "ephemeral-storage": `${disk}Mi` },
  };
}

function environmentOf({ args, variables }: PodInput): Container["env"] {
  const secrets = secretsOf(args).sort((a, b) => (a.variable < b.variable ? -1 : 1));
  return [
    ...Object.entries(variables).map(([name, value]) => ({ name, value })),
    ...secrets.map(({ variable, link: { secretName, key } }) => ({
      name: variable,
      valueFrom: { secretKeyRef: { name: secretName, key } },
    })),
  ];
}

/** A pod reads variables when it starts: a new revision of a secret makes a new template, and so new pods. */
function annotations({ args, annotations: own }: PodInput) {
  const revisions = secretsOf(args).flatMap(({ variable, link: { revision } }) =>
    revision === undefined ? [] : [pulumi.interpolate`${variable}=${revision}`],
  );
  if (revisions.length === 0) return own && { annotations: own };
  const revision = pulumi.all(revisions).apply((all) => all.sort().join(" "));
  return { annotations: { ...own, "archipelago/secret-revisions": revision } };
}

/** Folders in memory, which count towards the container's memory, and folders with the files of edges. */
function volumesOf(args: PodInput["args"], { writablePaths }: PodSettings) {
  const memory = writablePaths.map(({ path, mebibytes }, index) => ({
    path,
    readOnly: false,
    volume: { name: `memory-${index + 1}`, emptyDir: { medium: "Memory", sizeLimit: `${mebibytes}Mi` } },
  }));
  const files = foldersOf(args).map(([folder, sources], index) => ({
    path: folder,
    readOnly: true,
    // Every user in the container may read the files; no user may write.
    volume: { name: `files-${index + 1}`, projected: { defaultMode: 0o444, sources: [...sources] } },
  }));
  const all = [...memory, ...files];
  return {
    volumes: all.map(({ volume }) => volume),
    volumeMounts: all.map(({ volume, path, readOnly }) => ({
      name: volume.name,
      mountPath: path,
      ...(readOnly && { readOnly }),
    })),
  };
}

/** The sources of files by folder. A folder as a whole is mounted: single files (`subPath`) would not follow changes. */
function foldersOf({ grants = {} }: PodInput["args"]) {
  const folders = new Map<string, kubernetes.types.input.core.v1.VolumeProjection[]>();
  for (const { files = {} } of Object.values(grants)) {
    for (const [path, file] of Object.entries(files)) {
      const folder = dirname(path);
      folders.set(folder, [...(folders.get(folder) ?? []), sourceOf(path.slice(folder.length + 1), file)]);
    }
  }
  return [...folders].sort(([a], [b]) => (a < b ? -1 : 1));
}

function sourceOf(path: string, file: MountedFile): kubernetes.types.input.core.v1.VolumeProjection {
  const items = [{ key: file.key, path }];
  return "secretName" in file
    ? { secret: { name: file.secretName, items } }
    : { configMap: { name: file.configMapName, items } };
}

/** Ports, probes and the way out of a service's container. */
export function serviceContainer({ containerHealthCheck }: MicroserviceArgs, settings: Settings): Partial<Container> {
  const { port, startTime, healthCheck: check } = settings;
  const command = containerHealthCheck && commandProbes(containerHealthCheck);
  if (port === undefined) return command ?? {};
  const health = { httpGet: { path: check.path, port: "http" }, timeoutSeconds: check.timeout };
  return {
    ports: [{ name: "http", containerPort: port, protocol: "TCP" }],
    // Until it has succeeded once, the other probes do not run.
    startupProbe: {
      ...health,
      periodSeconds: START_PERIOD,
      failureThreshold: Math.max(1, Math.ceil(startTime / START_PERIOD)),
    },
    readinessProbe: {
      ...health,
      periodSeconds: check.interval,
      successThreshold: check.healthyThreshold,
      failureThreshold: check.unhealthyThreshold,
    },
    // Not the health path: it may ask stores, and restarts do not help a store.
    livenessProbe: command?.livenessProbe ?? {
      tcpSocket: { port: "http" },
      timeoutSeconds: 5,
      periodSeconds: 10,
      failureThreshold: 3,
    },
    // Proxies of other nodes send requests for some seconds after a pod has begun to stop: it goes on answering, and gets SIGTERM afterwards.
    lifecycle: { preStop: { sleep: { seconds: DRAIN_SECONDS } } },
  };
}

const START_PERIOD = 5;

/** Probes by a command inside the container: a worker has no other. */
function commandProbes({ command, interval, timeout, retries = 3 }: ContainerHealthCheck) {
  const probe = { exec: { command: probeCommand(command) }, timeoutSeconds: seconds(timeout, 5) };
  const livenessProbe = { ...probe, periodSeconds: seconds(interval, 30), failureThreshold: retries };
  return { readinessProbe: probe, livenessProbe };
}

/** `CMD` runs a program, `CMD-SHELL` a line of the shell, as in ECS. */
function probeCommand([form, ...rest]: readonly string[]): string[] {
  return form === "CMD-SHELL" ? ["/bin/sh", "-c", rest.join(" ")] : rest;
}

/** Fields of the pod spec that only services have. */
export function servicePod(selector: Labels, { port, stopTimeout }: Settings): Partial<Core> {
  return {
    ...spreadOver(selector, true),
    terminationGracePeriodSeconds: stopTimeout + (port === undefined ? 0 : DRAIN_SECONDS),
  };
}

function seconds(duration: Duration | undefined, otherwise: number): number {
  return (duration === undefined ? undefined : secondsOf(duration)) ?? otherwise;
}
