import { requireExecSessionEncryption } from "../../../policy/rules/encryption/require-exec-session-encryption";
import { ownKey, resource, specify, unknown } from "../support";

const cluster = (executeCommandConfiguration?: unknown) =>
  resource(
    "aws:ecs/cluster:Cluster",
    { id: "c-1", ...(executeCommandConfiguration !== undefined && { configuration: { executeCommandConfiguration } }) },
    "main",
  );
const service = (enableExecuteCommand: unknown, of: unknown = "c-1") =>
  resource("aws:ecs/service:Service", { enableExecuteCommand, cluster: of }, "api", { cluster: ["main"] });
const path = "configuration.executeCommandConfiguration";

specify(requireExecSessionEncryption, {
  compliant: [
    [cluster()],
    [cluster(), service(false)],
    [
      cluster({
        kmsKeyId: ownKey,
        logging: "OVERRIDE",
        logConfiguration: { cloudWatchLogGroupName: "exec", cloudWatchEncryptionEnabled: true },
      }),
      service(true),
    ],
  ],
  violating: [
    [[cluster({ logging: "DEFAULT" })], [`main: ${path}.kmsKeyId is not set`]],
    [
      [cluster({ kmsKeyId: ownKey, logConfiguration: { cloudWatchLogGroupName: "exec" } })],
      [`main: ${path}.logConfiguration.cloudWatchEncryptionEnabled is not set`],
    ],
    [
      [cluster({ kmsKeyId: ownKey, logConfiguration: { s3BucketName: "exec", s3BucketEncryptionEnabled: false } })],
      [`main: ${path}.logConfiguration.s3BucketEncryptionEnabled is false`],
    ],
  ],
  notApplicable: [[resource("aws:eks/cluster:Cluster", { id: "c-1" }, "main"), service(true)]],
  missing: [[[cluster(), service(true)], [`main: ${path}.kmsKeyId is not set`]]],
  unknown: [
    [[cluster({ kmsKeyId: unknown }), service(true)], []],
    [[{ ...cluster(unknown), from: { configuration: ["api"] } }, service(true)], []],
    [[cluster(), service(true, unknown)], [`main: ${path}.kmsKeyId is not set`]],
    [[cluster(), service(unknown)], []],
  ],
});
