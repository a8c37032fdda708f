import type { ResourceRule, Resource } from "../rule";
import { at, each, isMissing, isObject } from "../value";
import { requireOn } from "./keys";

/** Types that are one volume. */
const WHOLE = ["aws:ebs/volume:Volume", "aws:ebs/snapshotCopy:SnapshotCopy", "aws:ec2/amiCopy:AmiCopy"];

export const requireVolumeEncryption: ResourceRule = {
  id: "require-volume-encryption",
  title: "Disks of instances are encrypted",
  description: "Volumes, copies of snapshots and the disks of instances and of what launches them are encrypted.",
  severity: "high",
  controls: ["CIS-AWS-3.0 2.2.1", "PCI-DSS-4.0 3.5.1", "NIST-800-53 SC-28", "HIPAA 164.312(a)(2)(iv)"],
  remediation: "set encrypted to true on the volume or on each block device, the root device included",
  appliesTo: [
    "aws:ebs/volume:Volume",
    "aws:ebs/snapshotCopy:SnapshotCopy",
    "aws:ec2/amiCopy:AmiCopy",
    "aws:ec2/instance:Instance",
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    "aws:ec2/launchTemplate:LaunchTemplate",
    "aws:ec2/launchConfiguration:LaunchConfiguration",
  ],
  check(resource, report) {
    if (WHOLE.includes(resource.type)) {
      requireOn(resource, "encrypted", report);
      return;
    }
    for (const path of devices(resource)) requireOn(resource, `${path}.encrypted`, report);
  },
};

/** Paths of the block devices that could be encrypted; the root device of an instance is there even when it is not named. */
function devices(resource: Resource): readonly string[] {
  const { props } = resource;
  if (resource.type === "aws:ec2/launchTemplate:LaunchTemplate") {
    return each(props, "blockDeviceMappings[*]")
      .filter(({ value }) => isObject(value) && isObject(value.ebs))
      .map(({ path }) => `${path}.ebs`);
  }
  const data = each(props, "ebsBlockDevices[*]").filter(({ value }) => isObject(value) && isMissing(value.snapshotId));
  const root = at(props, "rootBlockDevice");
  // The launch template, or the image that it names, may say it instead.
  const named = isMissing(at(props, "launchTemplate")) || isObject(root);
  return [...(named ? ["rootBlockDevice"] : []), ...data.map(({ path }) => path)];
}
