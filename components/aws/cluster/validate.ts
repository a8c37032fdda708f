// What can be wrong with a cluster's arguments. Pure; everything is found at once.
import {
  durationWithin,
  lowerCaseProblems,
  nameTooLong,
  type Problem,
  retentionProblems,
  unless,
  wholeNumber,
} from "../../kit";
import type { ClusterArgs } from "./args";
import { CLUSTER_DEFAULTS } from "./resolve";

const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** Everything that is wrong with the arguments. */
export function validateCluster(name: string, args: ClusterArgs): Problem[] {
  // Load balancers' names hold 32 characters, and begin with anything but "internal-".
  const tooLong = nameTooLong(name, "alb", 32);
  return [
    ...(tooLong ? [tooLong] : []),
    ...nameProblems(name),
    ...capacityProblems(args),
    ...namespaceProblems(args),
    ...retentionProblems("logRetentionInDays", args.logRetentionInDays),
    ...wholeNumber("accessLogRetentionInDays", args.accessLogRetentionInDays, 1, Infinity),
    ...durationWithin("idleTimeout", args.idleTimeout, "1s", "4000s"),
    ...exposureProblems(args),
    ...httpsProblems(args),
  ];
}

function nameProblems(name: string): Problem[] {
  return [
    ...lowerCaseProblems("name", name, "rename the component: the load balancer's name begins with it"),
    ...unless(!name.startsWith("internal-"), {
      path: "name",
      value: name,
      allowed: 'a name without "internal-" in front, which AWS keeps for itself',
      remedy: "rename the component: the load balancer's name begins with it",
    }),
  ];
}

function capacityProblems({ capacity = CLUSTER_DEFAULTS.capacity }: ClusterArgs): Problem[] {
  const limits = { base: 100_000, onDemandWeight: 1000, spotWeight: 1000 };
  const problems = (["base", "onDemandWeight", "spotWeight"] as const).flatMap((key) =>
    wholeNumber(`capacity.${key}`, capacity[key], 0, limits[key]),
  );
  if (problems.length > 0 || capacity.onDemandWeight + capacity.spotWeight > 0) return problems;
  const remedy = "give one of the weights; only their proportion counts";
  return [{ path: "capacity", value: capacity, allowed: "a weight above 0", remedy }];
}

function namespaceProblems({ namespace }: ClusterArgs): Problem[] {
  if (namespace === undefined || DOMAIN.test(namespace)) return [];
  const allowed = 'a domain name of two labels or more, in lower case ("microservices.local")';
  return [{ path: "namespace", value: namespace, allowed, remedy: "correct the name" }];
}

function exposureProblems({ internetFacing = false, https, network }: ClusterArgs): Problem[] {
  if (!internetFacing) return [];
  const problems: Problem[] = [];
  if (!https) {
    problems.push({
      path: "https",
      value: https,
      allowed: "a domain or a certificate, as soon as the load balancer is internet-facing",
      remedy: "set `https`, or leave the load balancer internal and put a gateway in front of it",
    });
  }
  if (!network.publicSubnetIds) {
    problems.push({
      path: "network.publicSubnetIds",
      value: undefined,
      allowed: "subnets with a route to the internet, in at least two zones",
      remedy: "name them, or leave the load balancer internal",
    });
  }
  return problems;
}

function httpsProblems({ https, placement }: ClusterArgs): Problem[] {
  if (!https) return [];
  if ("domainName" in https) {
    const plain = https.domainName.replace(/^\*\./, "");
    if (DOMAIN.test(plain) && plain === https.domainName) return [];
    const allowed = 'a host name in lower case ("api.example.com"), without a wildcard';
    return [{ path: "https.domainName", value: https.domainName, allowed, remedy: "correct the name" }];
  }
  const { certificateArn } = https;
  const prefix = `arn:${placement.partition}:acm:${placement.region}:`;
  if (typeof certificateArn !== "string" || certificateArn.startsWith(prefix)) return [];
  const remedy = "request the certificate in the load balancer's region";
  return [{ path: "https.certificateArn", value: certificateArn, allowed: `${prefix}…`, remedy }];
}
