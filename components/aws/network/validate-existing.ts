// Arguments of a network that exists, as far as they say something by themselves. Pure.
import { lowerCaseProblems, parseRange, type Problem } from "../../kit";
import type { ExistingNetworkArgs } from "./args";

/** Everything that is wrong with the arguments. */
export function validateExisting(name: string, args: ExistingNetworkArgs): Problem[] {
  const { vpcId, cidr, publicSubnetIds = [], privateSubnetIds, isolatedSubnetIds, endpoints } = args;
  const all = [...publicSubnetIds, ...privateSubnetIds, ...isolatedSubnetIds];
  return [
    ...lowerCaseProblems("name", name, "respell it: children are named after it"),
    ...idProblems("vpcId", "vpc-", [vpcId]),
    ...(typeof cidr !== "string" || parseRange(cidr)
      ? []
      : [{ path: "cidr", value: cidr, allowed: "an IPv4 range (10.0.0.0/16)", remedy: "write the VPC's range" }]),
    ...idProblems("publicSubnetIds", "subnet-", publicSubnetIds),
    ...idProblems("privateSubnetIds", "subnet-", privateSubnetIds),
    ...idProblems("isolatedSubnetIds", "subnet-", isolatedSubnetIds),
    ...(args.publicSubnetIds ? countProblems("publicSubnetIds", args.publicSubnetIds) : []),
    ...countProblems("privateSubnetIds", privateSubnetIds),
    ...countProblems("isolatedSubnetIds", isolatedSubnetIds),
    ...all
      .filter((id, index) => all.indexOf(id) < index)
      .map((id) => ({ path: "subnetIds", value: id, allowed: "each subnet once, in one tier", remedy: "remove it" })),
    ...(endpoints === "over-internet" && args.internetEgress === false
      ? [
          {
            path: "endpoints",
            value: endpoints,
            allowed: "endpoints that exist or are made: private subnets have no way to the internet",
            remedy: "set endpoints, or internetEgress",
          },
        ]
      : []),
  ];
}

function idProblems(path: string, prefix: string, ids: readonly string[]): Problem[] {
  return ids
    .filter((id) => !id.startsWith(prefix) || !/^[0-9a-z]+$/.test(id.slice(prefix.length)))
    .map((id) => ({ path, value: id, allowed: `an id that begins with ${prefix}`, remedy: "correct the id" }));
}

function countProblems(path: string, ids: readonly string[]): Problem[] {
  if (ids.length >= 2 && ids.length <= 6) return [];
  const allowed = "2 to 6 subnets, each in a zone of its own";
  return [
    { path, value: ids, allowed, remedy: "name a subnet of each zone: balancers, databases and caches need two" },
  ];
}
