import type { ResourceRule } from "../rule";
import { at, UNKNOWN } from "../value";
import { requireOwnKey } from "./keys";

export const requireStreamEncryption: ResourceRule = {
  id: "require-stream-encryption",
  title: "Streams are encrypted with a key of the account's own",
  description: "A Kinesis stream is encrypted with a customer managed key.",
  severity: "high",
  controls: ["PCI-DSS-4.0 3.5.1", "NIST-800-53 SC-28", "HIPAA 164.312(a)(2)(iv)"],
  remediation: "set encryptionType to KMS and kmsKeyId to a customer managed key",
  appliesTo: ["aws:kinesis/stream:Stream"],
  check(stream, report) {
    const found = at(stream.props, "encryptionType");
    if (found === "KMS" || found === UNKNOWN) requireOwnKey(stream, "kmsKeyId", report);
    else report({ path: "encryptionType", found, required: '"KMS"' });
  },
};
