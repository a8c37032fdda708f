// EFS: file systems.
import type { Cards } from "../card";
import type { Constraint } from "../../providers/core/rules";
import { UNKNOWN } from "../../providers/core/values";
import { addressInSubnet } from "../addresses";
import { SUBNET, failure, isFilled, isGiven, textOf } from "../inputs";
import { logs } from "../times";

/** internal/service/efs/file_system.go */
const fileSystem: Constraint = function* ({ inputs }) {
  if (isFilled(inputs.kmsKeyId) && inputs.encrypted !== true && inputs.encrypted !== UNKNOWN)
    yield failure("encrypted", "must be true where kmsKeyId is given");
};

const throughput: Constraint = function* ({ inputs, text: known }) {
  if (known("throughputMode") === "provisioned" && !isGiven(inputs, "provisionedThroughputInMibps"))
    yield failure("provisionedThroughputInMibps", "is missing: throughputMode provisioned says how much");
};

/** A file system has one mount target in a zone, and all of one VPC. */
const mountTarget: Constraint = function* ({ type, text }, world) {
  const [files, subnet] = [text("fileSystemId"), text("subnetId")];
  if (files === undefined || subnet === undefined) return;
  const [zone, vpc] = ["availabilityZone", "vpcId"].map((each) => textOf(world.get(SUBNET, subnet), each));
  for (const other of world.users({ type: "aws:efs/fileSystem:FileSystem", id: files }, type)) {
    const theirs = world.get(SUBNET, textOf(other, "subnetId") ?? "");
    if (zone !== undefined && textOf(theirs, "availabilityZone") === zone)
      yield failure(
        "subnetId",
        `${files} has a mount target in ${zone} already (MountTargetConflict): make one in each zone`,
      );
    else if (vpc !== undefined && theirs && textOf(theirs, "vpcId") !== vpc)
      yield failure(
        "subnetId",
        `"${subnet}" is in ${vpc}, another mount target of ${files} in ${textOf(theirs, "vpcId") ?? "another VPC"}: name subnets of one VPC`,
      );
  }
};

export const cards: Cards = {
  "aws:efs/accessPoint:AccessPoint": {
    references: { fileSystemId: { type: "aws:efs/fileSystem:FileSystem" } },
  },
  "aws:efs/backupPolicy:BackupPolicy": {
    references: { fileSystemId: { type: "aws:efs/fileSystem:FileSystem" } },
  },
  "aws:efs/fileSystem:FileSystem": {
    source: "efs/file_system.go",
    replaces: "availabilityZoneName creationToken encrypted kmsKeyId performanceMode",
    constraints: [fileSystem, throughput],
    holds: "files",
  },
  "aws:efs/fileSystemPolicy:FileSystemPolicy": {
    references: { fileSystemId: { type: "aws:efs/fileSystem:FileSystem" } },
    policies: { policy: "resource" },
  },
  "aws:efs/mountTarget:MountTarget": {
    references: { fileSystemId: { type: "aws:efs/fileSystem:FileSystem", keeps: true } },
    constraints: [mountTarget, addressInSubnet],
    creation: {
      runs: "1m24s",
      source: `${logs("aws_efs_mount_target")}; one to two minutes by https://alchemy.run/providers/aws/efs/mounttarget`,
    },
  },
};
