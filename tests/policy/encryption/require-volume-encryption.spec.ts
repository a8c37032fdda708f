import { requireVolumeEncryption } from "../../../policy/rules/encryption/require-volume-encryption";
import { resource, specify, unknown } from "../support";

const instance = (props: object) => resource("aws:ec2/instance:Instance", { ...props });
const template = (...blockDeviceMappings: unknown[]) =>
  resource("aws:ec2/launchTemplate:LaunchTemplate", { blockDeviceMappings });
const volume = (props: object) => resource("aws:ebs/volume:Volume", { ...props });
const root = { rootBlockDevice: { encrypted: true } };

specify(requireVolumeEncryption, {
  compliant: [
    volume({ encrypted: true }),
    instance(root),
    instance({ launchTemplate: { id: "lt-1" } }),
    instance({ ...root, ebsBlockDevices: [{ encrypted: true }, { snapshotId: "snap-1" }] }),
    template({ ebs: { encrypted: "true" } }, { virtualName: "ephemeral0" }),
  ],
  violating: [
    [volume({ encrypted: false }), ["it: encrypted is false"]],
    [instance({ rootBlockDevice: { encrypted: false } }), ["it: rootBlockDevice.encrypted is false"]],
    [
      instance({ ...root, ebsBlockDevices: [{ encrypted: true }, {}] }),
      ["it: ebsBlockDevices[1].encrypted is not set"],
    ],
    [template({ ebs: { encrypted: "false" } }), ['it: blockDeviceMappings[0].ebs.encrypted is "false"']],
  ],
  notApplicable: [resource("aws:ebs/snapshot:Snapshot", { encrypted: false })],
  missing: [
    [volume({}), ["it: encrypted is not set"]],
    [instance({}), ["it: rootBlockDevice.encrypted is not set"]],
    [template({ ebs: {} }), ["it: blockDeviceMappings[0].ebs.encrypted is not set"]],
    [resource("aws:ec2/launchConfiguration:LaunchConfiguration", {}), ["it: rootBlockDevice.encrypted is not set"]],
  ],
  unknown: [
    [volume({ encrypted: unknown }), []],
    [instance({ rootBlockDevice: unknown }), []],
    [
      instance({ rootBlockDevice: { encrypted: unknown }, ebsBlockDevices: [{ encrypted: false }] }),
      ["it: ebsBlockDevices[0].encrypted is false"],
    ],
    [template(unknown, { ebs: { encrypted: false } }), ["it: blockDeviceMappings[1].ebs.encrypted is false"]],
  ],
});
