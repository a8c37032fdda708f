// The container definition: what runs, and how little it may do. It only arranges what it is given.
import * as pulumi from "@pulumi/pulumi";
import { type ContainerHealthCheck, seconds, type SecretLink } from "../../kit";
import type { Settings } from "./resolve";

/** Everything that a container definition says of this service alone. */
export interface ContainerInput {
  readonly name: string;
  readonly image: pulumi.Input<string>;
  /** Undefined: the image's own. */
  readonly command: readonly string[] | undefined;
  readonly settings: Settings;
  readonly variables: Readonly<Record<string, pulumi.Input<string>>>;
  readonly secrets: Readonly<Record<string, SecretLink>>;
  readonly healthCheck: ContainerHealthCheck | undefined;
  /** Most MiB that the process may use; undefined: all of the task's. */
  readonly memory: number | undefined;
  readonly logGroupName: pulumi.Input<string>;
  readonly region: string;
  /** Container that starts before it and stops after it; undefined: none. */
  readonly startsAfter: string | undefined;
}

/** A container definition as the ECS API takes it, with inputs inside. */
export function containerDefinition(input: ContainerInput): Record<string, unknown> {
  const { name, image, command, settings, variables, secrets, healthCheck } = input;
  const { port } = settings;
  return {
    name,
    image,
    ...(command && { command }),
    essential: true,
    ...(input.startsAfter !== undefined && { dependsOn: [{ containerName: input.startsAfter, condition: "START" }] }),
    // A process that grows is stopped by its own limit, and not the proxy by the task's.
    ...(input.memory !== undefined && { memory: input.memory }),
    user: settings.user,
    readonlyRootFilesystem: settings.readonlyRootFilesystem,
    stopTimeout: settings.stopTimeout,
    linuxParameters: linuxParameters(settings),
    portMappings:
      port === undefined ? [] : [{ name, containerPort: port, hostPort: port, protocol: "tcp", appProtocol: "http" }],
    environment: Object.entries(variables).map(([variable, value]) => ({ name: variable, value })),
    secrets: Object.entries(secrets)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([variable, secret]) => ({ name: variable, valueFrom: secretReference(secret) })),
    ...(healthCheck && { healthCheck: resolveHealthCheck(healthCheck) }),
    logConfiguration: logConfiguration(input.logGroupName, input.region, name),
  };
}

/**
 * Logs to CloudWatch without ever blocking the process: in the default mode a slow CloudWatch stops a service that
 * logs. At most 25 MiB wait; what comes on top is dropped.
 */
export function logConfiguration(group: pulumi.Input<string>, region: string, streamPrefix: string) {
  return {
    logDriver: "awslogs",
    options: {
      "awslogs-group": group,
      "awslogs-region": region,
      "awslogs-stream-prefix": streamPrefix,
      mode: "non-blocking",
      "max-buffer-size": "25m",
    },
  };
}

/** Fargate offers no privileged containers and no `no-new-privileges`; without capabilities there are none to gain. */
function linuxParameters({ user, writablePaths }: Settings): Record<string, unknown> {
  return {
    initProcessEnabled: true,
    capabilities: { drop: ["ALL"] },
    ...(writablePaths.length > 0 && {
      tmpfs: writablePaths.map(({ path, mebibytes, allowExecution }) => ({
        containerPath: path,
        size: mebibytes,
        mountOptions: ["rw", "nosuid", "nodev", allowExecution ? "exec" : "noexec", ...ownedBy(user)],
      })),
    }),
  };
}

/**
 * Mount options for the owner of a tmpfs. Without options root owns it, and it has the mode of the folder in the image, most often 0755
 * (runc, libcontainer/rootfs_linux.go): a user other than root can't write to it. `mode` lets every user of the container write, as in
 * `/tmp`; `uid` and `gid` help where a runtime keeps the image's mode.
 */
function ownedBy(user: string): string[] {
  const [uid = "", gid = ""] = user.split(":");
  const numeric = /^\d+$/;
  return ["mode=1777", ...(numeric.test(uid) ? [`uid=${uid}`] : []), ...(numeric.test(gid) ? [`gid=${gid}`] : [])];
}

/** `arn:field:stage:version`, with what is left out empty (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html). */
function secretReference({ arn, field, versionId }: SecretLink): pulumi.Input<string> {
  if (field === undefined && versionId === undefined) return arn;
  return pulumi.interpolate`${arn}:${field ?? ""}::${versionId ?? ""}`;
}

function resolveHealthCheck(check: ContainerHealthCheck): Record<string, unknown> {
  return {
    command: check.command,
    interval: seconds(check.interval ?? "30s"),
    timeout: seconds(check.timeout ?? "5s"),
    retries: check.retries ?? 3,
    startPeriod: seconds(check.startPeriod ?? "30s"),
  };
}
