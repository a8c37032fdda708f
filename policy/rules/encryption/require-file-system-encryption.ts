import type { ResourceRule } from "../rule";
import { requireOn, requireOwnKey } from "./keys";

export const requireFileSystemEncryption: ResourceRule = {
  id: "require-file-system-encryption",
  title: "File systems are encrypted with a key of the account's own",
  description: "A file system is encrypted with a customer managed key.",
  severity: "high",
  controls: ["CIS-AWS-3.0 2.4.1", "PCI-DSS-4.0 3.5.1", "NIST-800-53 SC-28", "HIPAA 164.312(a)(2)(iv)"],
  remediation:
    "set encrypted to true and kmsKeyId to the ARN of a customer managed key; both replace a file system that exists",
  appliesTo: ["aws:efs/fileSystem:FileSystem"],
  check(fileSystem, report) {
    requireOn(fileSystem, "encrypted", report);
    requireOwnKey(fileSystem, "kmsKeyId", report);
  },
};
