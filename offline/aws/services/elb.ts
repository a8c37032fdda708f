// Elastic Load Balancing: load balancers and target groups.
import type { Cards } from "../card";
import type { Failure } from "../../providers/core/check";
import type { NewResource, Constraint } from "../../providers/core/rules";
import { type Value, type Values, hasUnknown, same, text, text as known } from "../../providers/core/values";
import { UPPER, dnsSuffix, physicalName } from "../identifiers";
import { When, failure, isGiven, numberAt, objectAt, textsAt } from "../inputs";
import { bucket, group, subnet, targets, vpc } from "../references";
import { endings, logs } from "../times";
import { foreignGroups, scatteredSubnets, zonesOf } from "../vpcs";
import { HTTP } from "./elb-listeners";

const balancerKind = (resource: NewResource): string =>
  ({ network: "net", gateway: "gwy" })[resource.text("loadBalancerType")] ?? "app";

const suffixOf = (arn: string, marker: string): string => arn.slice(arn.indexOf(marker) + marker.length);

function balancerDns(resource: NewResource): string {
  const name = physicalName(resource);
  const [digits, suffix] = [Number.parseInt(resource.hex(8, "dns"), 16), dnsSuffix(resource.partition)];
  if (resource.text("loadBalancerType") === "network")
    return `${name}-${resource.hex(16, "dns")}.elb.${resource.region}.${suffix}`;
  return `${resource.inputs.internal === true ? "internal-" : ""}${name}-${digits}.${resource.region}.elb.${suffix}`;
}

const ZONES: Readonly<Record<string, string>> = {
  "us-east-1": "Z35SXDOTRQ7X7K",
  "eu-central-1": "Z215JYRZR1TBD5",
  "eu-west-1": "Z32O12XQLNTSW2",
  "us-west-2": "Z1H1FL5HABSF5",
};

const kindIn = ({ loadBalancerType }: Values): Value => loadBalancerType ?? "application";

const itemsOf = (value: Value | undefined): readonly Value[] =>
  Array.isArray(value) ? (value as readonly Value[]) : [];

/** A network load balancer has security groups from the beginning or never. */
const groupsReplace: When = (olds, news) =>
  kindIn(news) === "network" &&
  !hasUnknown(news.securityGroups) &&
  (itemsOf(olds.securityGroups).length === 0) !== (itemsOf(news.securityGroups).length === 0);

/** Items of one list that the other has too. */
function shared(one: readonly Value[], other: readonly Value[]): number {
  return one.filter((item) => other.some((each) => same(each, item))).length;
}

/** Mappings come or, with an application load balancer, go; none of those that stay changes. */
const mappingsReplace: When = (olds, news) => {
  const [kind, before, after] = [kindIn(news), itemsOf(olds.subnetMappings), itemsOf(news.subnetMappings)];
  if (hasUnknown(news.subnetMappings) || (kind !== "network" && kind !== "application")) return false;
  if (after.length > before.length) return shared(before, after) < before.length;
  return kind === "network" || after.length === before.length || shared(before, after) < after.length;
};

/** A network load balancer takes more subnets, and gives none away. */
const subnetsReplace: When = (olds, news) =>
  kindIn(news) === "network" &&
  !hasUnknown(news.subnets) &&
  itemsOf(news.subnets).length <= itemsOf(olds.subnets).length;

const NAME_LIMIT = 32;

const balancerOrTargetsName: Constraint = function* ({ text }) {
  const given = text("name");
  if (given === undefined) return;
  if (given.length > NAME_LIMIT)
    yield failure("name", `"${given}" has ${given.length} characters, and ${NAME_LIMIT} is the limit: shorten it`);
  else if (!/^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/.test(given))
    yield failure("name", `"${given}": letters, digits and inner hyphens are allowed`);
};

// https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/elbv2/validate.go: validName refuses it, validTargetGroupName
// does not. The DNS names of internal load balancers begin so; a target group has none.
const balancerName: Constraint = function* ({ text }) {
  if (text("name")?.startsWith("internal-") === true)
    yield failure("name", `"${text("name") ?? ""}": "internal-" is not allowed at the start`);
};

const balancerSubnets: Constraint = function* ({ inputs, text }, world) {
  const given = textsAt(inputs, "subnets");
  yield* scatteredSubnets(world, given);
  yield* foreignGroups(world, given, textsAt(inputs, "securityGroups"));
  const known = zonesOf(world, given).filter((zone) => zone !== undefined);
  const twice = known.find((zone, at) => known.indexOf(zone) !== at);
  if (twice !== undefined) yield failure("subnets", `two subnets are in ${twice}: a load balancer takes one a zone`);
  const application = (text("loadBalancerType") ?? "application") === "application";
  const whole = Array.isArray(inputs.subnets) && given.length === inputs.subnets.length;
  if (application && whole && known.length === given.length && new Set(known).size < 2)
    yield failure(
      "subnets",
      `an application load balancer needs subnets in two zones at least, and has ${known.join(", ") || "none"}`,
    );
};

/** Checks by TCP open a connection and read nothing; what speaks HTTP is not checked so. */
function* healthChecks(inputs: Values, protocol: string | undefined, kind: string): Iterable<Failure> {
  const check = objectAt(inputs, "healthCheck");
  if (known(check.protocol)?.toUpperCase() !== "TCP") return;
  for (const property of ["matcher", "path"])
    if ((known(check[property]) ?? "") !== "")
      yield failure(`healthCheck.${property}`, "a check by TCP has none: leave it out, or check by HTTP");
  const speaks = kind === "lambda" ? "a function" : HTTP.has(protocol ?? "") ? `a target of ${protocol}` : undefined;
  if (speaks !== undefined)
    yield failure("healthCheck.protocol", `${speaks} is not checked by TCP: check by HTTP or HTTPS`);
}

const targetGroup: Constraint = function* ({ inputs, text }) {
  const kind = text("targetType") ?? "instance";
  for (const property of ["port", "protocol", "vpcId"]) {
    if (kind !== "lambda" && !isGiven(inputs, property))
      yield failure(property, `a target group of ${kind} targets needs it`);
  }
  yield* healthChecks(inputs, text("protocol"), kind);
  if (text("loadBalancingAlgorithmType") === "least_outstanding_requests" && (numberAt(inputs, "slowStart") ?? 0) > 0)
    yield failure("slowStart", "tasks are warmed up with round_robin only: leave it out, or choose that algorithm");
};

const healthTimes: Constraint = function* ({ inputs, text: known }) {
  const check = objectAt(inputs, "healthCheck");
  const [interval, timeout] = [numberAt(check, "interval"), numberAt(check, "timeout")];
  if (interval !== undefined && timeout !== undefined && timeout >= interval)
    yield failure("healthCheck.timeout", `${timeout} s is not below the interval of ${interval} s: lower it`);
  const matcher = text(check.matcher);
  if (
    matcher !== undefined &&
    matcher !== "" &&
    known("protocolVersion") !== "GRPC" &&
    !/^\d{3}([,-]\d{3})*$/.test(matcher)
  )
    yield failure("healthCheck.matcher", `"${matcher}": codes such as 200, 200,202 or 200-299`);
};

export const cards: Cards = {
  "aws:lb/loadBalancer:LoadBalancer": {
    source: "elbv2/load_balancer.go",
    id: (resource) =>
      resource.arn(
        "elasticloadbalancing",
        `loadbalancer/${balancerKind(resource)}/${physicalName(resource)}/${resource.hex(16)}`,
      ),
    autoname: { property: "name", limit: 32 },
    computed: {
      arn: (resource) => resource.id,
      arnSuffix: (resource) => suffixOf(resource.id, "loadbalancer/"),
      dnsName: balancerDns,
      zoneId: (resource) => ZONES[resource.region] ?? `Z${resource.token(13, UPPER, "zone")}`,
      vpcId: (resource) => `vpc-0${resource.hex(16, "vpc")}`,
      subnetMappings: [],
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "",
    },
    defaults: {
      internal: false,
      ipAddressType: "ipv4",
      loadBalancerType: "application",
      clientKeepAlive: 3600,
      desyncMitigationMode: "defensive",
      dropInvalidHeaderFields: false,
      enableCrossZoneLoadBalancing: false,
      enableDeletionProtection: false,
      enableHttp2: true,
      enablePrefixForIpv6SourceNat: "",
      idleTimeout: 60,
      preserveHostHeader: false,
      xffHeaderProcessingMode: "append",
    },
    references: { "subnets[]": subnet, "securityGroups[]": group, "accessLogs.bucket": bucket },
    replaces: "customerOwnedIpv4Pool internal loadBalancerType name namePrefix",
    replacesWhen: { securityGroups: groupsReplace, subnetMappings: mappingsReplace, subnets: subnetsReplace },
    constraints: [balancerOrTargetsName, balancerName, balancerSubnets],
    protectedBy: "enableDeletionProtection",
    creation: {
      runs: "2m2s 2m6s 2m11s 2m15s 2m22s 2m25s 2m28s 2m36s 2m37s 2m41s 2m52s 2m56s 3m2s 3m7s",
      source: logs("aws_lb"),
    },
    deletion: { runs: "2m33s", source: endings("aws_lb") },
  },
  "aws:lb/targetGroup:TargetGroup": {
    source: "elbv2/target_group.go",
    id: (resource) => resource.arn("elasticloadbalancing", `targetgroup/${physicalName(resource)}/${resource.hex(16)}`),
    autoname: { property: "name", limit: 32 },
    computed: {
      arn: (resource) => resource.id,
      arnSuffix: (resource) => resource.id.split(":").at(-1),
      loadBalancerArns: [],
      loadBalancingAlgorithmType: "round_robin",
      protocolVersion: (resource) => (resource.text("protocol").startsWith("HTTP") ? "HTTP1" : ""),
      preserveClientIp: "",
    },
    defaults: {
      deregistrationDelay: 300,
      slowStart: 0,
      targetType: "instance",
      proxyProtocolV2: false,
      ipAddressType: "ipv4",
    },
    references: { vpcId: vpc },
    replaces: "ipAddressType name namePrefix port protocol protocolVersion targetType vpcId",
    constraints: [balancerOrTargetsName, targetGroup, healthTimes],
  },
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
    source: "elbv2/target_group_attachment.go",
    id: (resource) => `${resource.text("targetGroupArn")}-${resource.now.replace(/\D/g, "")}${resource.hex(8)}`,
    references: { targetGroupArn: targets },
    replaces: "availabilityZone port quicServerId targetGroupArn targetId",
  },
};
