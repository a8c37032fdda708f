import { refers } from "../relations";
import type { StackRule, Finding } from "../rule";
import { at, isMissing } from "../value";
import { requireOn, requireOwnKey } from "./keys";

const EXEC = "configuration.executeCommandConfiguration";

export const requireExecSessionEncryption: StackRule = {
  id: "require-exec-session-encryption",
  title: "Sessions in containers are encrypted with a key of the account's own",
  description:
    "A cluster on which containers can be entered encrypts the sessions and their logs with a customer managed key.",
  severity: "medium",
  controls: ["PCI-DSS-4.0 4.2.1", "NIST-800-53 SC-8", "HIPAA 164.312(e)(1)"],
  remediation:
    "set configuration.executeCommandConfiguration.kmsKeyId of the cluster, and the encryption of its log configuration",
  appliesTo: ["aws:ecs/cluster:Cluster"],
  checkStack(stack, report) {
    for (const cluster of stack.ofType("aws:ecs/cluster:Cluster")) {
      const tell = (finding: Finding) => {
        report(cluster, finding);
      };
      const props = cluster.given;
      const entered = stack
        .ofType("aws:ecs/service:Service")
        .some(
          (service) =>
            at(service.given, "enableExecuteCommand") === true && refers(stack, service, "cluster", cluster) === "yes",
        );
      if (entered || !isMissing(at(props, EXEC))) requireOwnKey({ ...cluster, props }, `${EXEC}.kmsKeyId`, tell);
      const logs = `${EXEC}.logConfiguration`;
      if (!isMissing(at(props, `${logs}.cloudWatchLogGroupName`)))
        requireOn({ ...cluster, props }, `${logs}.cloudWatchEncryptionEnabled`, tell);
      if (!isMissing(at(props, `${logs}.s3BucketName`)))
        requireOn({ ...cluster, props }, `${logs}.s3BucketEncryptionEnabled`, tell);
    }
  },
};
