// `archipelago:network`: a VPC that exists already, instead of one of the stack's own.
import { parseRange } from "../../components/kit/subnets";
import { isPrivate } from "./private-range";
import type { Findings } from "./findings";
import type { RawConfig } from "./raw-config";
import type { ExistingNetworkSettings } from "./network-settings";

const KEY = "archipelago:network";
const EXAMPLE = "{ vpcId: vpc-…, privateSubnetIds: [subnet-…, subnet-…], isolatedSubnetIds: [subnet-…, subnet-…] }";
const ENDPOINTS = ["existing", "make", "over-internet"] as const;
const KEYS = [
  "vpcId",
  "cidr",
  "publicSubnetIds",
  "privateSubnetIds",
  "isolatedSubnetIds",
  "endpoints",
  "endpointSecurityGroupIds",
  "internetEgress",
];

/** Reads the key; undefined when it is not set. What is wrong is reported, and what could be read is returned. */
export function parseExistingNetwork(config: RawConfig): ExistingNetworkSettings | undefined {
  const { findings } = config;
  if (config.text("network", "", "", "optional") === undefined) return undefined;
  const given = config.mapping("network", `a mapping such as ${EXAMPLE}`, "correct the mapping", "optional");
  if (given === undefined) return undefined;
  for (const key of Object.keys(given)) findings.requireKnown(key, KEYS, `${KEY}.${key}`, "key", given[key]);
  const both = config.text("cidr", "", "", "optional");
  findings.require(
    both === undefined,
    "archipelago:cidr",
    both,
    "not set with archipelago:network: the VPC that exists has a range of its own",
    "remove the key",
  );
  const { cidr, endpoints = "existing", internetEgress } = given;
  const [publics, privates, isolated] = ["publicSubnetIds", "privateSubnetIds", "isolatedSubnetIds"].map((tier) =>
    subnets(tier, given, findings),
  );
  const groups = ids("endpointSecurityGroupIds", "sg-", given, findings);
  const range = typeof cidr === "string" ? parseRange(cidr) : undefined;
  findings.require(
    cidr === undefined || (range !== undefined && isPrivate(range)),
    `${KEY}.cidr`,
    cidr,
    "the VPC's private IPv4 range, such as 10.20.0.0/16; it is looked up when it is not set",
    "write the range of the VPC, or remove the key",
  );
  const mode = ENDPOINTS.find((one) => one === endpoints);
  findings.require(
    mode !== undefined,
    `${KEY}.endpoints`,
    endpoints,
    ENDPOINTS.join(", "),
    "write existing (the VPC has interface endpoints), make (the stack makes them), or over-internet (by NAT)",
  );
  findings.require(
    internetEgress === undefined || typeof internetEgress === "boolean",
    `${KEY}.internetEgress`,
    internetEgress,
    "true or false: whether private subnets have a route to the internet",
    "write one of the two, without quotes",
  );
  findings.require(
    groups.length === 0 || mode === "existing",
    `${KEY}.endpointSecurityGroupIds`,
    groups,
    'not set unless endpoints is "existing"',
    "remove one of the two keys",
  );
  return {
    vpcId: vpcId(given.vpcId, findings),
    ...(typeof cidr === "string" && { cidr }),
    publicSubnetIds: publics ?? [],
    privateSubnetIds: privates ?? [],
    isolatedSubnetIds: isolated ?? [],
    endpoints: mode ?? "existing",
    endpointSecurityGroupIds: groups,
    internetEgress: internetEgress !== false,
  };
}

function vpcId(value: unknown, findings: Findings): string {
  const holds = typeof value === "string" && /^vpc-[0-9a-z]+$/.test(value);
  findings.require(
    holds,
    `${KEY}.vpcId`,
    value,
    "the id of a VPC (vpc-0a1b2c3d4e5f60718)",
    "look it up in the console",
  );
  return typeof value === "string" ? value : "";
}

/** A tier needs subnets in two zones; public subnets may be missing altogether. Each subnet is in one tier. */
function subnets(tier: string, given: Readonly<Record<string, unknown>>, findings: Findings): readonly string[] {
  const found = ids(tier, "subnet-", given, findings);
  const optional = tier === "publicSubnetIds" && given[tier] === undefined;
  findings.require(
    optional || (found.length >= 2 && found.length <= 6),
    `${KEY}.${tier}`,
    given[tier],
    "2 to 6 subnets, each in a zone of its own: load balancers, databases and caches need two zones",
    "list the subnets of this tier",
  );
  const others = KEYS.filter((key) => key.endsWith("SubnetIds") && KEYS.indexOf(key) < KEYS.indexOf(tier));
  const taken = new Set(others.flatMap((key) => (Array.isArray(given[key]) ? (given[key] as unknown[]) : [])));
  found.forEach((id, index) => {
    const once = found.indexOf(id) === index && !taken.has(id);
    findings.require(once, `${KEY}.${tier}[${index}]`, id, "each subnet once, in one tier", "remove the repetition");
  });
  return found;
}

function ids(
  key: string,
  prefix: string,
  given: Readonly<Record<string, unknown>>,
  findings: Findings,
): readonly string[] {
  const value = given[key];
  if (value === undefined) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  findings.require(Array.isArray(value), `${KEY}.${key}`, value, `a list of ids (${prefix}…)`, "write a list");
  list.forEach((id, index) => {
    const holds = typeof id === "string" && id.startsWith(prefix) && /^[0-9a-z]+$/.test(id.slice(prefix.length));
    findings.require(holds, `${KEY}.${key}[${index}]`, id, `an id that begins with ${prefix}`, "correct the id");
  });
  return list.filter((id) => typeof id === "string");
}
