// Validates the arguments as EKS would; all problems at once, before anything is created.
import { lowerCaseProblems, parseRange, placementProblems, type Problem, retentionProblems, unless } from "../../kit";
import { rightsProblems } from "../kit";
import type { KubernetesClusterArgs, PodIdentitySettings } from "./args";

/** Names of roles hold 64 characters: `-cluster-role` and Pulumi's suffix come behind the name. */
const NAME_LIMIT = 40;
const OLDEST_MINOR = 32;
const CIDR = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,2})$/;

/** Everything that is wrong with the arguments. */
export function validateKubernetesCluster(name: string, args: KubernetesClusterArgs): Problem[] {
  const { version, publicAccessCidrs = [] } = args;
  const subnets = args.network.privateSubnetIds;
  const minor = Number(/^1\.(\d+)$/.exec(version ?? "1.34")?.[1] ?? NaN);
  return [
    ...placementProblems(args.placement),
    ...lowerCaseProblems("name", name, "rename the component: roles are named after it", NAME_LIMIT),
    ...unless(minor >= OLDEST_MINOR, {
      path: "version",
      value: version,
      allowed: `"1.<minor>", ${OLDEST_MINOR} or later`,
      remedy: 'write "1.34"',
    }),
    ...publicAccessCidrs.flatMap((range, index) =>
      unless(CIDR.test(range) && Number(CIDR.exec(range)?.[2]) >= 8, {
        path: `publicAccessCidrs[${index}]`,
        value: range,
        allowed: "an IPv4 range of /8 or smaller, never the whole internet",
        remedy: "name the range of your office or pipeline, or leave it out and connect through the VPC",
      }),
    ),
    ...serviceRangeProblems(args.serviceCidr),
    ...retentionProblems("logRetentionInDays", args.logRetentionInDays),
    ...unless(!Array.isArray(subnets) || subnets.length >= 2, {
      path: "network.privateSubnetIds",
      value: subnets,
      allowed: "two subnets or more, in different zones",
      remedy: "give one private subnet a zone",
    }),
    ...["administrators" as const, "viewers" as const].flatMap((group) =>
      Object.keys(args[group] ?? {}).flatMap((principal) =>
        lowerCaseProblems(`${group}.${principal}`, principal, "name it plainly: resources are named after it", 40),
      ),
    ),
    ...Object.keys(args.viewers ?? {}).flatMap((principal) =>
      unless(!Object.hasOwn(args.administrators ?? {}, principal), {
        path: `viewers.${principal}`,
        value: principal,
        allowed: "a name that no administrator has: access entries are named after it",
        remedy: "remove it, or rename it",
      }),
    ),
  ];
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html */
function serviceRangeProblems(given: string | undefined): Problem[] {
  const range = given === undefined ? undefined : parseRange(given);
  const isPrivate = /^(?:10\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.)/.test(given ?? "");
  return unless(given === undefined || (range !== undefined && isPrivate && range.prefix >= 12 && range.prefix <= 24), {
    path: "serviceCidr",
    value: given,
    allowed: "a private IPv4 range from /12 to /24 that starts at its first address",
    remedy: 'write it like "172.20.0.0/16", outside of the VPC\'s range',
  });
}

/** Everything that is wrong with a service's identity. */
export function validateIdentity(
  service: string,
  { namespace, serviceAccount, grants }: PodIdentitySettings,
): Problem[] {
  const label = (path: string, value: string): Problem[] =>
    unless(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(value), {
      path,
      value,
      allowed: "a name of Kubernetes: lower-case letters, digits and dashes, at most 63",
      remedy: "respell it",
    });
  return [
    ...lowerCaseProblems("service", service, "shorten it: a role is named after it", NAME_LIMIT),
    ...label("namespace", namespace),
    ...label("serviceAccount", serviceAccount),
    ...rightsProblems(grants),
  ];
}
