// Constraints of every type that has such inputs: one VPC, five security groups, zones and certificates of the region, fifty tags.
import type { Failure } from "../providers/core/check";
import type { Candidate, Constraint } from "../providers/core/rules";
import { isObject, plainAll, text, type Value, type Values } from "../providers/core/values";
import type { World } from "../providers/core/world";
import { spots, type Spot } from "./references-by-form";
import { foreignGroups, peered, scatteredSubnets, zoneFault } from "./vpcs";
import { failure, GROUP, objectAt, SUBNET, textOf, textsAt } from "./inputs";

const of = (found: readonly Spot[], type: string): readonly Spot[] =>
  found.filter(({ reference }) => reference.type === type);

/** Types that name several VPCs, or have words of their own for it. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:ecs/service:Service",
  "aws:apigatewayv2/vpcLink:VpcLink",
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:vpc/securityGroupVpcAssociation:SecurityGroupVpcAssociation",
]);

/** The subnets that a resource has through its subnet group, under the group's property. */
function* throughGroup({ type, inputs }: Candidate, world: World): Iterable<{ value: string; at: string }> {
  const service = type.split(":")[1]?.split("/")[0] ?? "";
  for (const [property, value] of Object.entries(inputs)) {
    const name = text(value);
    if (name === undefined || !/[sS]ubnetGroup(Name|Id|Identifier)?$/.test(property)) continue;
    const group =
      world.get(`aws:${service}/subnetGroup:SubnetGroup`, name) ??
      world.get(`aws:${service}/replicationSubnetGroup:ReplicationSubnetGroup`, name);
    for (const { value: subnet } of textsAt(group ? plainAll(group.inputs) : {}, "subnetIds"))
      yield { value: subnet, at: property };
  }
}

/** Subnets, security groups, route tables and access lists of one resource are of one VPC. */
const oneVpc: Constraint = function* (candidate, world) {
  const { type, inputs } = candidate;
  if (OWN_WORDS.has(type)) return;
  const found = spots(type, inputs);
  const subnets = of(found, SUBNET);
  const vpcId = candidate.text("vpcId");
  const groups = of(found, GROUP);
  if (vpcId === undefined) {
    yield* scatteredSubnets(world, subnets);
    yield* foreignGroups(world, subnets.length > 0 ? subnets : [...throughGroup(candidate, world)], groups);
  }
  const named = [
    ...["aws:ec2/routeTable:RouteTable", "aws:ec2/networkAcl:NetworkAcl"].map((each) => [each, "table"] as const),
    ...(vpcId === undefined ? [] : ([[SUBNET, "subnet"], [GROUP, "security group"]] as const)), // prettier-ignore
  ] as const;
  const [first] = subnets;
  const own = vpcId ?? (first && textOf(world.get(SUBNET, first.value), "vpcId"));
  for (const [each, what] of named)
    for (const { value, at } of of(found, each)) {
      const theirs = textOf(world.get(each, value), "vpcId");
      if (own === undefined || theirs === undefined || theirs === own || peered(world, own, theirs)) continue;
      const it = type === "aws:ec2/vpcEndpoint:VpcEndpoint" ? "the endpoint in" : "the rest in";
      yield failure(at, `"${value}" is in ${theirs}, ${it} ${own}: name a ${what} of the same VPC`);
    }
};

/** What may get other subnets while it exists, but none of another VPC. */
const ROOTED = /^aws:((rds|docdb|elasticache)\/subnetGroup|a?lb\/loadBalancer|eks\/cluster|opensearch\/domain):/;

const staysInVpc: Constraint = function* ({ type, inputs, olds }, world) {
  if (olds === undefined || !ROOTED.test(type)) return;
  const vpcOf = ({ value }: { readonly value: string }): string | undefined =>
    textOf(world.get(SUBNET, value), "vpcId");
  const before = of(spots(type, olds), SUBNET).map(vpcOf).find((id) => id !== undefined); // prettier-ignore
  const moved = of(spots(type, inputs), SUBNET).find((spot) => (vpcOf(spot) ?? before) !== before);
  if (before === undefined || moved === undefined) return;
  const stays = `"${moved.value}" is in ${vpcOf(moved) ?? ""}, and this exists in ${before}, where it must stay`;
  yield failure(moved.at, `${stays}: name subnets of ${before}, or make another beside it under another name`);
};

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const GROUPS_PER_INTERFACE = 5;

const groupsPerInterface: Constraint = function* ({ type, inputs }) {
  if (/securityGroup/i.test(type)) return;
  const lists = new Map<string, number>();
  for (const { path, at } of of(spots(type, inputs), GROUP)) {
    const list = path.endsWith("[]") ? at.replace(/\[\d+\]$/, "") : undefined;
    if (list !== undefined) lists.set(list, (lists.get(list) ?? 0) + 1);
  }
  for (const [list, count] of lists)
    if (count > GROUPS_PER_INTERFACE)
      yield failure(
        list,
        `${count} security groups, and ${GROUPS_PER_INTERFACE} is the quota of a network interface (SecurityGroupsPerInterfaceLimitExceeded): join some`,
      );
};

/** Every known text with the name of its property. */
function* texts(value: Value | undefined, property: string, at: string): Iterable<readonly [string, string, string]> {
  const known = text(value);
  if (known !== undefined) yield [property, known, at];
  else if (Array.isArray(value))
    for (const [index, item] of (value as readonly Value[]).entries()) yield* texts(item, property, `${at}[${index}]`);
  else if (isObject(value))
    for (const [name, item] of Object.entries(value))
      if (!name.startsWith("__") && !name.startsWith("tags"))
        yield* texts(item, name, at === "" ? name : `${at}.${name}`);
}

const zones: Constraint = function* ({ inputs, region }) {
  for (const [property, value, at] of texts(inputs, "", "")) {
    if (!/^(preferredA|a|.*A)vailabilityZones?$|^.*CacheClusterAzs$/.test(property)) continue;
    // Words that stand for a choice of the service's.
    if (/^(all|Multiple|)$/.test(value)) continue;
    const reason = zoneFault(value, region);
    if (reason !== undefined) yield failure(at, reason);
  }
};

const NORTH_VIRGINIA = "us-east-1";
/** Where a certificate must be, other than in the resource's region. */
const ELSEWHERE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "aws:cloudfront/distribution:Distribution": { "viewerCertificate.acmCertificateArn": NORTH_VIRGINIA },
  "aws:apigateway/domainName:DomainName": { certificateArn: NORTH_VIRGINIA },
  "aws:cognito/userPoolDomain:UserPoolDomain": { certificateArn: NORTH_VIRGINIA },
  "aws:appsync/domainName:DomainName": { certificateArn: NORTH_VIRGINIA },
  "aws:amplify/domainAssociation:DomainAssociation": { "certificateSettings.customCertificateArn": NORTH_VIRGINIA },
};

/** Listeners say it of their load balancer; certificates' own resources speak of any. */
const certificates: Constraint = function* ({ type, inputs, region }) {
  if (/^aws:(lb|alb|acm)\//.test(type)) return;
  for (const [property, value, at] of texts(inputs, "", "")) {
    if (!/[cC]ertificateArns?$/.test(property) || !/^arn:[^:]*:acm:/.test(value)) continue;
    const [theirs = "", needed] = [value.split(":")[3], ELSEWHERE[type]?.[at] ?? region];
    if (theirs !== needed)
      yield failure(at, `the certificate is of ${theirs}, and must be of ${needed}: request one in ${needed}`);
  }
};

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const TAGS = { count: 50, key: 128, value: 256 } as const;

const tags: Constraint = function* ({ inputs }): Iterable<Failure> {
  const given: Values = objectAt(inputs, "tags");
  const count = Object.keys(given).length;
  if (count > TAGS.count) yield failure("tags", `${count} tags, and a resource may have ${TAGS.count}: leave some out`);
  for (const [key, value] of Object.entries(given)) {
    const at = `tags["${key}"]`;
    if (/^aws:/i.test(key)) yield failure(at, 'keys that begin with "aws:" belong to AWS: choose another');
    if (key.length > TAGS.key || key === "")
      yield failure(at, `a key of ${key.length} characters: 1 to ${TAGS.key} are allowed`);
    const length = text(value)?.length ?? 0;
    if (length > TAGS.value)
      yield failure(at, `a value of ${length} characters: ${TAGS.value} are allowed, shorten it`);
  }
};

/** Judged for every type, with a card or without. */
export const commonConstraints: readonly Constraint[] = [
  oneVpc,
  staysInVpc,
  groupsPerInterface,
  zones,
  certificates,
  tags,
];
