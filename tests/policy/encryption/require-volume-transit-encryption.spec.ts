import { requireVolumeTransitEncryption } from "../../../policy/rules/encryption/require-volume-transit-encryption";
import { resource, specify, unknown } from "../support";

const task = (...volumes: unknown[]) => resource("aws:ecs/taskDefinition:TaskDefinition", { volumes });
const efs = (transitEncryption?: unknown) => ({
  name: "data",
  efsVolumeConfiguration: { fileSystemId: "fs-1", ...(transitEncryption !== undefined && { transitEncryption }) },
});
const path = "efsVolumeConfiguration.transitEncryption";

specify(requireVolumeTransitEncryption, {
  compliant: [task(efs("ENABLED")), task({ name: "scratch" }), task()],
  violating: [[task(efs("ENABLED"), efs("DISABLED")), [`it: volumes[1].${path} is "DISABLED"`]]],
  notApplicable: [resource("aws:batch/jobDefinition:JobDefinition", { volumes: [efs()] })],
  missing: [[task(efs()), [`it: volumes[0].${path} is not set`]]],
  unknown: [
    [task(efs(unknown)), []],
    [task(unknown, efs("DISABLED")), [`it: volumes[1].${path} is "DISABLED"`]],
  ],
});
