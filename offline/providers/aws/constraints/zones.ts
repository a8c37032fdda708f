// What must stand in several zones, or once in each.
import type { Constraint } from "../../core/rules";
import type { Value, Values } from "../../core/values";
import { zonesOf } from "./network";
import { failure, numberAt, objectAt, SUBNET, textOf, textsAt } from "./support";

/** The object or list at a path such as `vpcConfig.subnetIds`. */
function holder(inputs: Values, path: string): { readonly within: Values; readonly last: string } {
  const steps = path.split(".");
  const last = steps.pop() ?? path;
  return { within: steps.reduce((values, step) => objectAt(values, step), inputs), last };
}

/** The zones of a list of subnets; undefined while a subnet or its zone is unknown. */
function knownZones(
  world: Parameters<Constraint>[1],
  inputs: Values,
  path: string,
): readonly (readonly [subnet: string, zone: string])[] | undefined {
  const { within, last } = holder(inputs, path);
  const [given, list] = [textsAt(within, last), within[last]];
  const zones = zonesOf(world, given);
  if (!Array.isArray(list) || list.length === 0 || given.length !== list.length) return undefined;
  const pairs = given.flatMap(({ value }, at): (readonly [string, string])[] => {
    const zone = zones[at];
    return zone === undefined ? [] : [[value, zone]];
  });
  return pairs.length === given.length ? pairs : undefined;
}

/** Subnets that are all of one zone, where the service wants two. */
export const twoZones = (path: string, what: string, error: string): Constraint =>
  function* ({ inputs }, world) {
    const zones = new Set(knownZones(world, inputs, path)?.map(([, zone]) => zone));
    if (zones.size === 1)
      yield failure(
        path,
        `all subnets are in ${[...zones].join("")}, and ${what} covers two zones at least (${error}): add one of another zone`,
      );
  };

/** Brokers are spread evenly over the zones of their subnets, of which there is one each. */
const brokers: Constraint = function* ({ inputs }, world) {
  const path = "brokerNodeGroupInfo.clientSubnets";
  const pairs = knownZones(world, inputs, path);
  if (!pairs) return;
  const zones = pairs.map(([, zone]) => zone);
  const twice = zones.find((zone, at) => zones.indexOf(zone) !== at);
  if (twice !== undefined)
    yield failure(path, `two subnets are in ${twice} (BadRequestException): name one subnet of each zone`);
  else if (zones.length < 2)
    yield failure(path, "one subnet: brokers stand in two zones or three, name a subnet of each");
  const count = numberAt(inputs, "numberOfBrokerNodes");
  if (count !== undefined && count % zones.length !== 0)
    yield failure(
      "numberOfBrokerNodes",
      `${count} is no multiple of the ${zones.length} subnets (BadRequestException): each zone has as many brokers`,
    );
};

/** A domain that is aware of zones has a subnet and nodes for each. */
const domain: Constraint = function* ({ inputs }, world) {
  const cluster = objectAt(inputs, "clusterConfig");
  const pairs = knownZones(world, inputs, "vpcOptions.subnetIds");
  const aware = cluster.zoneAwarenessEnabled === true;
  const unsaid: Value = cluster.zoneAwarenessEnabled ?? false;
  const wanted = numberAt(objectAt(cluster, "zoneAwarenessConfig"), "availabilityZoneCount") ?? 2;
  if (aware && wanted !== 2 && wanted !== 3)
    yield failure("clusterConfig.zoneAwarenessConfig.availabilityZoneCount", `${wanted} is not offered: 2 or 3`);
  const nodes = numberAt(cluster, "instanceCount") ?? 1;
  if (aware && nodes < wanted)
    yield failure(
      "clusterConfig.instanceCount",
      `${nodes} nodes can't stand in ${wanted} zones (ValidationException): one for each at least`,
    );
  if (!pairs) return;
  const zones = new Set(pairs.map(([, zone]) => zone));
  if (aware && (zones.size !== wanted || pairs.length !== wanted))
    yield failure(
      "vpcOptions.subnetIds",
      `${pairs.length} subnets in ${zones.size} zones, and the domain stands in ${wanted} (ValidationException): name one subnet of each zone`,
    );
  else if (unsaid === false && pairs.length > 1)
    yield failure(
      "vpcOptions.subnetIds",
      `${pairs.length} subnets, and a domain without zone awareness takes one (ValidationException): name one, or set clusterConfig.zoneAwarenessEnabled to true`,
    );
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

const DB = "DBSubnetGroupDoesNotCoverEnoughAZs";

export const zones: Readonly<Record<string, readonly Constraint[]>> = {
  "aws:rds/subnetGroup:SubnetGroup": [twoZones("subnetIds", "a DB subnet group", DB)],
  "aws:docdb/subnetGroup:SubnetGroup": [twoZones("subnetIds", "a DB subnet group", DB)],
  "aws:neptune/subnetGroup:SubnetGroup": [twoZones("subnetIds", "a DB subnet group", DB)],
  "aws:rds/proxy:Proxy": [twoZones("vpcSubnetIds", "a proxy", "InvalidSubnet")],
  "aws:eks/cluster:Cluster": [twoZones("vpcConfig.subnetIds", "a cluster", "InvalidParameterException")],
  "aws:msk/cluster:Cluster": [brokers],
  "aws:opensearch/domain:Domain": [domain],
  "aws:elasticsearch/domain:Domain": [domain],
  "aws:efs/mountTarget:MountTarget": [mountTarget],
};
