// What can be wrong with a network's arguments. Pure; everything is found at once.
import { nameTooLong, type Problem } from "../base";
import type { NetworkArgs } from "./args";
import { natCount, NETWORK_DEFAULTS, tiersOf } from "./resolve";
import { addresses, formatRange, longestPrefixFor, MAX_ZONES, parseRange } from "./subnets";

/** What CloudWatch takes for the retention of a log group. */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
/** The limits of AWS for VPCs and subnets alike. */
const [LARGEST, SMALLEST] = [16, 28];

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
    ...retentionProblems(args),
  ];
}

function rangeProblems(args: NetworkArgs): Problem[] {
  const tiers = tiersOf(args);
  const problems: Problem[] = tiers
    .filter(({ mask }) => !Number.isInteger(mask) || mask < LARGEST || mask > SMALLEST)
    .map(({ name, mask }) => ({
      path: `masks.${name}`,
      value: mask,
      allowed: `a whole number from ${LARGEST} to ${SMALLEST}`,
      remedy: "choose a prefix length that AWS has subnets of",
    }));
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
  const count = natCount(nat, zones.length);
  if (Number.isInteger(count) && count >= 1 && count <= zones.length) return [];
  return [
    {
      path: "nat.count",
      value: count,
      allowed: `a whole number from 1 to ${zones.length}, the number of zones`,
      remedy: count === 0 ? 'write "none"' : "lower it, or add zones",
    },
  ];
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
  if (
    endpointZones !== undefined &&
    !(Number.isInteger(endpointZones) && endpointZones >= 1 && endpointZones <= zones.length)
  ) {
    problems.push({
      path: "endpointZones",
      value: endpointZones,
      allowed: `a whole number from 1 to ${zones.length}, the number of zones`,
      remedy: "lower it, or add zones",
    });
  }
  return problems;
}

function retentionProblems({ flowLogRetentionInDays: days }: NetworkArgs): Problem[] {
  if (days === undefined || LOG_RETENTION_DAYS.includes(days)) return [];
  return [
    {
      path: "flowLogRetentionInDays",
      value: days,
      allowed: `one of ${LOG_RETENTION_DAYS.join(", ")}`,
      remedy: "take the next larger value",
    },
  ];
}
