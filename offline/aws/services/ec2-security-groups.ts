// Security groups and their rules.
import type { Cards } from "../card";
import type { Failure } from "../../providers/core/check";
import type { Existing } from "../../providers/core/record";
import type { Constraint, TypeRule } from "../../providers/core/rules";
import { type Values, plainAll, text as known } from "../../providers/core/values";
import type { World } from "../../providers/core/world";
import { blockFault } from "../addresses";
import { ec2Id } from "../identifiers";
import { GROUP, When, failure, isGiven, numberAt, objectsAt, textOf, textsAt } from "../inputs";
import { group, loose, vpc } from "../references";
import { peered } from "../vpcs";
import { ec2, owner } from "./ec2-network";

const NAMED: ReadonlySet<string> = new Set(["tcp", "udp", "icmp", "icmpv6", "-1"]);
const WITH_PORTS: ReadonlySet<string> = new Set(["tcp", "udp", "6", "17"]);

/** Validates protocol and ports: a protocol of AWS; for TCP and UDP two valid ports, the lower one first. */
export function* portFaults(rule: Values, protocolAt: string, at = ""): Iterable<Failure> {
  const [from, to] = [numberAt(rule, "fromPort"), numberAt(rule, "toPort")];
  if (from !== undefined && to !== undefined && from > to)
    yield failure(`${at}fromPort`, `${from} is above toPort ${to}: write the lower port first`);
  const protocol = known(rule[protocolAt])?.toLowerCase();
  if (protocol === undefined) return;
  if (!NAMED.has(protocol) && protocol !== "all" && !(/^\d{1,3}$/.test(protocol) && Number(protocol) <= 255))
    yield failure(
      `${at}${protocolAt}`,
      `"${protocol}" is unknown (InvalidParameterValue): tcp, udp, icmp, icmpv6, -1 for all, or a number from 0 to 255`,
    );
  if (!WITH_PORTS.has(protocol)) return;
  for (const property of ["fromPort", "toPort"]) {
    const port = numberAt(rule, property);
    if (!isGiven(rule, property))
      yield failure(
        `${at}${property}`,
        `a rule of ${protocol} needs fromPort and toPort (InvalidParameterValue): give both`,
      );
    else if (port !== undefined && (port < 0 || port > 65_535))
      yield failure(`${at}${property}`, `${port} is no port (InvalidParameterValue): 0 to 65535`);
  }
}

export function* blockFaults(cidr: string | undefined, path: string): Iterable<Failure> {
  const reason = cidr === undefined || cidr === "" ? undefined : blockFault(cidr);
  if (reason !== undefined) yield failure(path, reason);
}

/** Sources of a rule that takes lists of them. */
function* listedSources(rule: Values, at: string, more: readonly string[]): Iterable<Failure> {
  for (const list of ["cidrBlocks", "ipv6CidrBlocks"])
    for (const { value, at: place } of textsAt(rule, list)) yield* blockFaults(value, `${at}${place}`);
  const lists = ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", ...more];
  const none = lists.every((name) => {
    const value = rule[name] ?? null;
    return value === null || value === false || (Array.isArray(value) && value.length === 0);
  });
  if (none) yield failure(`${at}cidrBlocks`, `a rule needs a source or a destination: one of ${lists.join(", ")}`);
}

/** How many rules something counts as, of IPv4 and of IPv6: a group or a prefix list counts as one of each. */
interface Weight {
  readonly v4: number;
  readonly v6: number;
}

const sum = (weights: readonly Weight[]): Weight => ({
  v4: weights.reduce((total, { v4 }) => total + v4, 0),
  v6: weights.reduce((total, { v6 }) => total + v6, 0),
});

function weightOf(rule: Values): Weight {
  const both =
    textsAt(rule, "securityGroups").length +
    textsAt(rule, "prefixListIds").length +
    (rule.self === true ? 1 : 0) +
    ["prefixListId", "referencedSecurityGroupId", "sourceSecurityGroupId"].filter((name) => known(rule[name])).length;
  const single = (list: string, one: string): number => textsAt(rule, list).length + (known(rule[one]) ? 1 : 0);
  return { v4: both + single("cidrBlocks", "cidrIpv4"), v6: both + single("ipv6CidrBlocks", "cidrIpv6") };
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html: of each direction, IPv4 and IPv6 for themselves. */
const RULES_PER_GROUP = 60;

const inlineRules: Constraint = function* ({ inputs }) {
  for (const direction of ["ingress", "egress"]) {
    const rules = objectsAt(inputs, direction);
    for (const { value, at } of rules) {
      yield* portFaults(value, "protocol", `${at}.`);
      yield* listedSources(value, `${at}.`, ["securityGroups", "self"]);
    }
    const { v4, v6 } = sum(rules.map(({ value }) => weightOf(value)));
    if (Math.max(v4, v6) > RULES_PER_GROUP)
      yield failure(
        direction,
        `${Math.max(v4, v6)} rules, and ${RULES_PER_GROUP} is the quota of a group (RulesPerSecurityGroupLimitExceeded): name a security group or a prefix list instead of single addresses`,
      );
  }
};

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
const SPOKEN = /^[A-Za-z0-9. _\-:/()#,@[\]+=&;{}!$*]*$/;

const groupNames: Constraint = function* ({ text }) {
  const [name, description] = [text("name"), text("description")];
  if (name !== undefined && (/^sg-/i.test(name) || !SPOKEN.test(name) || name.length > 255))
    yield failure(
      "name",
      `"${name}": up to 255 ASCII letters, digits and any of ._-:/()#,@[]+=&;{}!$*, and not "sg-" first`,
    );
  if (description !== undefined && !SPOKEN.test(description))
    yield failure(
      "description",
      `"${description}": ASCII letters, digits, blanks and any of ._-:/()#,@[]+=&;{}!$* only`,
    );
};

const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const LISTED = "aws:ec2/securityGroupRule:SecurityGroupRule";

/** The rules that a group has in a direction. */
function held(world: World, id: string, direction: "ingress" | "egress"): Weight {
  const target = { type: GROUP, id };
  const rules = [
    ...world.users(target, direction === "ingress" ? INGRESS : EGRESS, "securityGroupId"),
    ...world.users(target, LISTED, "securityGroupId").filter((rule) => textOf(rule, "type") === direction),
  ].map(({ inputs }: Existing) => plainAll(inputs));
  const inline = objectsAt(plainAll(world.get(GROUP, id)?.inputs ?? {}), direction).map(({ value }) => value);
  return sum([...rules, ...inline].map(weightOf));
}

function* tooMany(world: World, id: string, direction: "ingress" | "egress", own: Weight): Iterable<Failure> {
  const there = held(world, id, direction);
  for (const family of ["v4", "v6"] as const) {
    if (own[family] === 0 || there[family] + own[family] <= RULES_PER_GROUP) continue;
    const limit = `${id} has ${there[family]} rules of this direction, and ${RULES_PER_GROUP} is the quota (RulesPerSecurityGroupLimitExceeded)`;
    yield failure("securityGroupId", `${limit}: name a security group or a prefix list instead of single addresses`);
    return;
  }
}

function* otherVpc(world: World, id: string, named: string | undefined, path: string): Iterable<Failure> {
  const [ours, theirs] = [id, named ?? id].map((each) => textOf(world.get(GROUP, each), "vpcId"));
  if (ours !== undefined && theirs !== undefined && ours !== theirs && !peered(world, ours, theirs))
    yield failure(path, `"${named}" is in ${theirs}, ${id} in ${ours}: name a group of the same VPC`);
}

const rulesByList: Constraint = function* ({ inputs, text }, world) {
  yield* portFaults(inputs, "protocol");
  yield* listedSources(inputs, "", ["self", "sourceSecurityGroupId"]);
  const [id, direction] = [text("securityGroupId"), text("type")];
  if (id === undefined) return;
  if (direction === "ingress" || direction === "egress") yield* tooMany(world, id, direction, weightOf(inputs));
  yield* otherVpc(world, id, text("sourceSecurityGroupId"), "sourceSecurityGroupId");
};

const groupRule = (name: string): TypeRule => ({
  id: ec2Id("sgr"),
  autoname: false,
  computed: {
    arn: ec2("security-group-rule"),
    securityGroupRuleId: (resource) => resource.id,
    [name]: (resource) => resource.id,
  },
});

// A group takes its own rules with it, but not those of others that name it.
const securityGroupRule = { securityGroupId: loose(group), referencedSecurityGroupId: group };

/** Exactly one of these is given. */
const RULE_SOURCES = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];
const sourceOf = (rule: Values): string | undefined => RULE_SOURCES.find((name) => rule[name] !== undefined);

/** A rule of a security group takes another source of the same kind only. */
const byOtherSource = Object.fromEntries(
  RULE_SOURCES.map((name): [string, When] => [name, (olds, news) => sourceOf(olds) !== sourceOf(news)]),
);

const SOURCES = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"] as const;

const shapeOf = (inputs: Values): string =>
  JSON.stringify([
    inputs.ipProtocol,
    inputs.fromPort ?? null,
    inputs.toPort ?? null,
    ...SOURCES.map((name) => inputs[name] ?? null),
  ]);

/** A rule has an order of ports, and is not there already. */
const ruleFits: Constraint = function* ({ type, inputs, text }, world) {
  for (const property of ["cidrIpv4", "cidrIpv6"]) yield* blockFaults(text(property), property);
  yield* portFaults(inputs, "ipProtocol");
  const id = text("securityGroupId");
  if (id === undefined) return;
  yield* tooMany(world, id, type === INGRESS ? "ingress" : "egress", weightOf(inputs));
  if (
    world.users({ type: GROUP, id }, type, "securityGroupId").some((other) => shapeOf(other.inputs) === shapeOf(inputs))
  )
    yield failure(
      "securityGroupId",
      `${id} has this rule already (InvalidPermission.Duplicate): leave one of the two out`,
    );
  yield* otherVpc(world, id, text("referencedSecurityGroupId"), "referencedSecurityGroupId");
};

export const cards: Cards = {
  "aws:ec2/securityGroup:SecurityGroup": {
    source: "ec2/vpc_security_group.go",
    id: ec2Id("sg"),
    autoname: { property: "name", limit: 255 },
    uniqueWithin: ["vpcId"],
    computed: {
      arn: ec2("security-group"),
      ownerId: owner,
      ingress: [],
      egress: [],
      vpcId: (resource) => `vpc-0${resource.hex(16, "vpc")}`,
    },
    defaults: { description: "Managed by Pulumi", revokeRulesOnDelete: false },
    references: { vpcId: vpc },
    replaces: "description name namePrefix vpcId",
    constraints: [inlineRules, groupNames],
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    source: "ec2/vpc_default_security_group.go",
    id: ec2Id("sg"),
    computed: {
      arn: ec2("security-group"),
      ownerId: owner,
      name: "default",
      description: "default VPC security group",
      namePrefix: "",
    },
    autoname: false,
    replaces: "vpcId",
  },
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    source: "ec2/vpc_security_group_rule.go",
    id: (resource) => `sgrule-${Number.parseInt(resource.hex(8), 16)}`,
    computed: { securityGroupRuleId: (resource) => `sgr-0${resource.hex(16, "rule")}`, sourceSecurityGroupId: "" },
    references: { securityGroupId: loose(group), sourceSecurityGroupId: group },
    replaces: `
      cidrBlocks fromPort ipv6CidrBlocks prefixListIds protocol securityGroupId self sourceSecurityGroupId
      toPort type
    `,
    constraints: [rulesByList],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    drift: { cidrIpv4: "0.0.0.0/0" },
    source: "ec2/vpc_security_group_ingress_rule.go",
    ...groupRule("id"),
    references: securityGroupRule,
    replaces: "securityGroupId",
    replacesWhen: byOtherSource,
    constraints: [ruleFits],
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    source: "ec2/vpc_security_group_egress_rule.go",
    ...groupRule("id"),
    references: securityGroupRule,
    replaces: "securityGroupId",
    replacesWhen: byOtherSource,
    constraints: [ruleFits],
  },
};
