// The container definition: what runs, and how little it may do. It only arranges what it is given.
import * as pulumi from "@pulumi/pulumi";
import { seconds } from "../base";
import type { ContainerHealthCheck, SecretLink } from "./args";
import type { Settings } from "./resolve";

/** Everything that a container definition says of this service alone. */
export interface ContainerInput {
  readonly name: string;
  readonly image: pulumi.Input<string>;
  readonly settings: Settings;
  readonly variables: Readonly<Record<string, pulumi.Input<string>>>;
  readonly secrets: Readonly<Record<string, SecretLink>>;
  readonly healthCheck: ContainerHealthCheck | undefined;
  readonly logGroupName: pulumi.Input<string>;
  readonly region: string;
}

/** A container definition as the ECS API takes it, with inputs inside. */
export function containerDefinition(input: ContainerInput): Record<string, unknown> {
  const { name, image, settings, variables, secrets, healthCheck } = input;
  const { port } = settings;
  return {
    name,
    image,
    essential: true,
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

/**
 * Fargate offers no privileged containers and no `no-new-privileges`; without capabilities there are none to gain. Its
 * tmpfs (since January 2026) is writable for any user; a bind mount would be root's unless the image prepared the folder.
 */
function linuxParameters({ writablePaths }: Settings): Record<string, unknown> {
  return {
    initProcessEnabled: true,
    capabilities: { drop: ["ALL"] },
    ...(writablePaths.length > 0 && {
      tmpfs: writablePaths.map(({ path, mebibytes, allowExecution }) => ({
        containerPath: path,
        size: mebibytes,
        mountOptions: ["rw", "nosuid", "nodev", allowExecution ? "exec" : "noexec"],
      })),
    }),
  };
}

/** `arn:field::` is how ECS names one field of a secret's current version. */
function secretReference({ arn, field }: SecretLink): pulumi.Input<string> {
  return field === undefined ? arn : pulumi.interpolate`${arn}:${field}::`;
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
