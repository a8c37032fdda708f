import { requireFileSystemEncryption } from "../../../policy/rules/encryption/require-file-system-encryption";
import { awsKey, ownKey, resource, specify, unknown } from "../support";

const fileSystem = (props: object) => resource("aws:efs/fileSystem:FileSystem", { ...props });

specify(requireFileSystemEncryption, {
  compliant: [fileSystem({ encrypted: true, kmsKeyId: ownKey })],
  violating: [
    [fileSystem({ encrypted: false, kmsKeyId: ownKey }), ["it: encrypted is false"]],
    [
      fileSystem({ encrypted: true, kmsKeyId: awsKey("elasticfilesystem") }),
      [`it: kmsKeyId is "${awsKey("elasticfilesystem")}"`],
    ],
  ],
  notApplicable: [resource("aws:efs/mountTarget:MountTarget", {})],
  missing: [[fileSystem({}), ["it: encrypted is not set", "it: kmsKeyId is not set"]]],
  unknown: [
    [fileSystem({ encrypted: unknown, kmsKeyId: unknown }), []],
    [fileSystem({ encrypted: false, kmsKeyId: unknown }), ["it: encrypted is false"]],
  ],
});
