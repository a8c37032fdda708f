import { requireStreamEncryption } from "../../../policy/rules/encryption/require-stream-encryption";
import { ownKey, resource, specify, unknown } from "../support";

const stream = (props: object) => resource("aws:kinesis/stream:Stream", { ...props });

specify(requireStreamEncryption, {
  compliant: [stream({ encryptionType: "KMS", kmsKeyId: ownKey })],
  violating: [
    [stream({ encryptionType: "NONE" }), ['it: encryptionType is "NONE"']],
    [stream({ encryptionType: "KMS", kmsKeyId: "alias/aws/kinesis" }), ['it: kmsKeyId is "alias/aws/kinesis"']],
  ],
  notApplicable: [resource("aws:kinesis/streamConsumer:StreamConsumer", {})],
  missing: [
    [stream({}), ["it: encryptionType is not set"]],
    [stream({ encryptionType: "KMS" }), ["it: kmsKeyId is not set"]],
  ],
  unknown: [
    [stream({ encryptionType: unknown, kmsKeyId: unknown }), []],
    [stream({ encryptionType: "KMS", kmsKeyId: unknown }), []],
  ],
});
