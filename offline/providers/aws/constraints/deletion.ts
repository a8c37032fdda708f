// What can't be deleted because it is protected, holds something, or runs something. What is merely named by others is kept by
// the references' own `keeps`.
import type { Existing } from "../../core/record";
import { plainAll } from "../../core/values";
import type { World } from "../../core/world";
import { imagesIn } from "../images";

type Undeletable = (existing: Existing, world: World) => string | undefined;

const protectedBy =
  (property: string, more: Undeletable = () => undefined): Undeletable =>
  (existing, world) =>
    plainAll(existing.outputs)[property] === true
      ? `${property} is on: set it to false and update first, then delete`
      : more(existing, world);

/** A final snapshot needs a name, unless it is waived. */
const snapshot: Undeletable = (existing) => {
  const { skipFinalSnapshot, finalSnapshotIdentifier } = plainAll(existing.inputs);
  return skipFinalSnapshot === true || (finalSnapshotIdentifier ?? null) !== null
    ? undefined
    : "finalSnapshotIdentifier is missing: name the last snapshot, or set skipFinalSnapshot to true and update first";
};

const full: Undeletable = (existing, world) => {
  const held = ["aws:s3/bucketObject:BucketObject", "aws:s3/bucketObjectv2:BucketObjectv2"].flatMap((type) =>
    world.users(existing, type),
  );
  return held.length === 0 || plainAll(existing.inputs).forceDestroy === true
    ? undefined
    : `it is not empty (BucketNotEmpty): it holds ${held.length} objects, such as "${held[0]?.id ?? ""}": delete them, or set forceDestroy to true and update first`;
};

const withImages: Undeletable = (existing, world) => {
  const held = imagesIn(existing, (name) => world.beside(name));
  return held.length === 0 || plainAll(existing.inputs).forceDelete === true
    ? undefined
    : `it is not empty (RepositoryNotEmptyException): it holds ${held.length} images, such as "${held[0]?.id ?? ""}": delete them, or set forceDelete to true and update first`;
};

/** Why what exists can't be deleted, by type. */
export const undeletable: Readonly<Record<string, Undeletable>> = {
  "aws:rds/instance:Instance": protectedBy("deletionProtection", snapshot),
  "aws:rds/cluster:Cluster": protectedBy("deletionProtection", snapshot),
  "aws:dynamodb/table:Table": protectedBy("deletionProtectionEnabled"),
  "aws:cloudwatch/logGroup:LogGroup": protectedBy("deletionProtectionEnabled"),
  "aws:lb/loadBalancer:LoadBalancer": protectedBy("enableDeletionProtection"),
  "aws:ecs/cluster:Cluster": (existing, world) => {
    const held = world.users(existing, "aws:ecs/service:Service");
    return held.length === 0
      ? undefined
      : `it runs ${held.length} services (ClusterContainsServicesException): delete those first`;
  },
  "aws:docdb/cluster:Cluster": protectedBy("deletionProtection", snapshot),
  "aws:neptune/cluster:Cluster": protectedBy("deletionProtection", snapshot),
  "aws:rds/globalCluster:GlobalCluster": protectedBy("deletionProtection"),
  "aws:eks/cluster:Cluster": protectedBy("deletionProtection"),
  "aws:networkfirewall/firewall:Firewall": protectedBy("deleteProtection"),
  "aws:ec2/instance:Instance": protectedBy("disableApiTermination"),
  "aws:cognito/userPool:UserPool": (existing) =>
    plainAll(existing.outputs).deletionProtection === "ACTIVE"
      ? "deletionProtection is ACTIVE: set it to INACTIVE and update first, then delete"
      : undefined,
  "aws:s3/bucket:Bucket": full,
  "aws:ecr/repository:Repository": withImages,
};
