// What can be wrong with a network's arguments. Pure; everything is found at once.
import {
  addresses,
  formatRange,
  LARGEST_PREFIX as LARGEST,
  longestPrefixFor,
  MAX_ZONES,
  nameTooLong,
  parseRange,
  type Problem,
  retentionProblems,
  SMALLEST_PREFIX as SMALLEST,
  tiersOf,
  wholeNumber,
  zoneSlot,
} from "../../kit";
import type { NetworkArgs } from "./args";
import { NETWORK_DEFAULTS } from "./resolve";

/** Everything that is wrong with the arguments. */
export function validateNetwork(name: string, args: NetworkArgs): Problem[] {
  // IAM role names hold 64 characters.
  const tooLong = nameTooLong(name, "flow-logs", 64);
  return [
    ...(tooLong ? [tooLong] : []),
    ...rangeProblems(args),
    ...zoneProblems(args),
    ...natProblems(args),
    ...endpointProblems(args),
    ...retentionProblems("flowLogRetentionInDays", args.flowLogRetentionInDays),
  ];
}

function rangeProblems(args: NetworkArgs): Problem[] {
  const tiers = tiersOf(args.masks);
  const problems = tiers.flatMap(({ name, mask }) =>
    wholeNumber(`masks.${name}`, mask, LARGEST, SMALLEST, "choose a prefix length that AWS has subnets of"),
  );
  const range = parseRange(args.cidr);
  if (!range || range.prefix < LARGEST || range.prefix > SMALLEST) {
    const remedy = "write the first address of the range and its prefix length";
    const allowed = `an IPv4 range from /${LARGEST} to /${SMALLEST} ("10.0.0.0/16")`;
    return [...problems, { path: "cidr", value: args.cidr, allowed, remedy }];
  }
  const fits = longestPrefixFor(tiers);
  if (problems.length > 0 || range.prefix <= fits) return problems;
  const masks = tiers.map(({ name, mask }) => `/${mask} ${name}`).join(", ");
  if (fits < LARGEST) {
    const allowed = `masks that fit ${MAX_ZONES} times each into a /${LARGEST}, the largest VPC`;
    return [{ path: "masks", value: masks, allowed, remedy: "make the subnets smaller" }];
  }
  const wider = formatRange({ start: range.start - (range.start % addresses(fits)), prefix: fits });
  return [
    {
      path: "cidr",
      value: args.cidr,
      allowed: `/${fits} or larger: room for ${MAX_ZONES} zones of ${masks}, so that a new zone moves nothing`,
      remedy: `write "${wider}", or make the subnets smaller with \`masks\``,
    },
  ];
}

function zoneProblems({ zones, placement: { region } }: NetworkArgs): Problem[] {
  const problems: Problem[] = [];
  if (zones.length < 2 || zones.length > MAX_ZONES) {
    problems.push({
      path: "zones",
      value: zones,
      allowed: `2 to ${MAX_ZONES} zones`,
      remedy: zones.length < 2 ? "name another zone: load balancers and databases need two" : "leave zones out",
    });
  }
  zones.forEach((zone, index) => {
    const path = `zones[${index}]`;
    if (zones.indexOf(zone) < index) {
      problems.push({ path, value: zone, allowed: "each zone once", remedy: "leave it out, or name another zone" });
    }
    if (!zone.startsWith(region) || !/^[a-z]$/.test(zone.slice(region.length))) {
      const allowed = `a zone of ${region} ("${region}a")`;
      problems.push({ path, value: zone, allowed, remedy: "name a zone of the placement's region" });
    } else if (zoneSlot(zone) === undefined) {
      const allowed = "a zone with a letter from a to f: the letter chooses the subnets' blocks";
      problems.push({ path, value: zone, allowed, remedy: "name another zone of the region" });
    }
  });
  return problems;
}

function natProblems({ nat = NETWORK_DEFAULTS.nat, zones }: NetworkArgs): Problem[] {
  if (typeof nat !== "object") return [];
  if ("instanceType" in nat) {
    if (/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(nat.instanceType)) return [];
    const remedy = "name an instance type; the smallest Graviton one carries a development environment";
    return [{ path: "nat.instanceType", value: nat.instanceType, allowed: 'an EC2 type ("t4g.nano")', remedy }];
  }
  const remedy = nat.count === 0 ? 'write "none"' : "take at most one for each zone, or add zones";
  return wholeNumber("nat.count", nat.count, 1, zones.length, remedy);
}

function endpointProblems({ endpoints = [], endpointZones, zones }: NetworkArgs): Problem[] {
  const problems: Problem[] = [];
  endpoints.forEach((service, index) => {
    const path = `endpoints[${index}]`;
    if (["s3", "dynamodb"].includes(service)) {
      const remedy = "leave it out: it always has a gateway endpoint, which costs nothing";
      problems.push({ path, value: service, allowed: "services without a gateway endpoint", remedy });
    } else if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(service)) {
      const allowed = 'what follows the region in the service\'s endpoint name ("ecr.api")';
      problems.push({ path, value: service, allowed, remedy: "correct the name" });
    }
    if (endpoints.indexOf(service) < index) {
      problems.push({ path, value: service, allowed: "each service once", remedy: "leave it out" });
    }
  });
  const remedy = "take at most all zones, or add zones";
  return [...problems, ...wholeNumber("endpointZones", endpointZones, 1, zones.length, remedy)];
}
