import type { ResourceRule } from "../rule";
import { at, isMissing } from "../value";
import { requireOn } from "./keys";

export const requireKeyRotation: ResourceRule = {
  id: "require-key-rotation",
  title: "Keys are rotated every year",
  description: "A symmetric key that KMS made is rotated automatically.",
  severity: "medium",
  controls: ["CIS-AWS-3.0 3.6", "PCI-DSS-4.0 3.7.4", "NIST-800-53 SC-12"],
  remediation: "set enableKeyRotation to true",
  appliesTo: ["aws:kms/key:Key"],
  check(key, report) {
    // KMS can't rotate asymmetric and HMAC keys, nor keys whose material is in a custom key store.
    const spec = at(key.props, "customerMasterKeySpec");
    const usage = at(key.props, "keyUsage");
    const symmetric = isMissing(spec) || spec === "SYMMETRIC_DEFAULT";
    const encrypts = isMissing(usage) || usage === "ENCRYPT_DECRYPT";
    if (symmetric && encrypts && isMissing(at(key.props, "customKeyStoreId")))
      requireOn(key, "enableKeyRotation", report);
  },
};
