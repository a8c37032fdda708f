// What can be wrong with a cluster's arguments. Pure; everything is found at once.
import { nameTooLong, type Problem } from "../base";
import type { ClusterArgs } from "./args";
import { CLUSTER_DEFAULTS } from "./resolve";

/** What CloudWatch takes for the retention of a log group. */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
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
    ...retentionProblems(args),
    ...exposureProblems(args),
    ...httpsProblems(args),
  ];
}

function nameProblems(name: string): Problem[] {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && !name.startsWith("internal-")) return [];
  const allowed = 'lower-case letters, digits and single dashes, a letter first, not "internal-" in front';
  return [
    { path: "name", value: name, allowed, remedy: "rename the component: the load balancer's name begins with it" },
  ];
}

function capacityProblems({ capacity = CLUSTER_DEFAULTS.capacity }: ClusterArgs): Problem[] {
  const limits = { base: 100_000, onDemandWeight: 1000, spotWeight: 1000 };
  const problems = (["base", "onDemandWeight", "spotWeight"] as const)
    .filter((key) => !Number.isInteger(capacity[key]) || capacity[key] < 0 || capacity[key] > limits[key])
    .map((key): Problem => {
      const allowed = `a whole number from 0 to ${limits[key]}`;
      return { path: `capacity.${key}`, value: capacity[key], allowed, remedy: "correct the number" };
    });
  if (problems.length > 0 || capacity.onDemandWeight + capacity.spotWeight > 0) return problems;
  const remedy = "give one of the weights; only their proportion counts";
  return [{ path: "capacity", value: capacity, allowed: "a weight above 0", remedy }];
}

function namespaceProblems({ namespace }: ClusterArgs): Problem[] {
  if (namespace === undefined || DOMAIN.test(namespace)) return [];
  const allowed = 'a domain name of two labels or more, in lower case ("microservices.local")';
  return [{ path: "namespace", value: namespace, allowed, remedy: "correct the name" }];
}

function retentionProblems({ logRetentionInDays, accessLogRetentionInDays: access }: ClusterArgs): Problem[] {
  const problems: Problem[] = [];
  if (logRetentionInDays !== undefined && !LOG_RETENTION_DAYS.includes(logRetentionInDays)) {
    problems.push({
      path: "logRetentionInDays",
      value: logRetentionInDays,
      allowed: `one of ${LOG_RETENTION_DAYS.join(", ")}`,
      remedy: "take the next larger value",
    });
  }
  if (access !== undefined && !(Number.isInteger(access) && access >= 1)) {
    const allowed = "a whole number from 1 on";
    problems.push({ path: "accessLogRetentionInDays", value: access, allowed, remedy: "correct the number" });
  }
  return problems;
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
