// What load balancers, listeners, target groups and links to them must agree on.
import type { Failure } from "../../core/check";
import type { Constraint } from "../../core/rules";
import { text as known, type Values } from "../../core/values";
import type { World } from "../../core/world";
import { balancerOf, foreignTargets, type Forward, forwards, weights } from "./forwards";
import {
  BALANCER,
  failure,
  isGiven,
  LISTENER,
  numberAt,
  objectAt,
  objectsAt,
  TARGETS,
  textOf,
  textsAt,
} from "./support";
import { foreignGroups, scatteredSubnets, zonesOf } from "./network";

const NAME_LIMIT = 32;
const HTTP: ReadonlySet<string> = new Set(["HTTP", "HTTPS"]);
const NETWORK: ReadonlySet<string> = new Set(["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"]);

const name: Constraint = function* ({ text }) {
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

const subnets: Constraint = function* ({ inputs, text }, world) {
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

/** The kind of a load balancer: `application` or `network`. */
const kindOf = (arn: string): string | undefined =>
  ({ app: "application", net: "network" })[/[:/](?:loadbalancer|listener)\/(app|net)\//.exec(arn)?.[1] ?? ""];

const listener: Constraint = function* ({ inputs, text }, world) {
  const arn = text("loadBalancerArn");
  const protocol = text("protocol") ?? "HTTP";
  const port = numberAt(inputs, "port");
  const certificate = text("certificateArn");
  if (/^(HTTPS|TLS)$/.test(protocol) && !isGiven(inputs, "certificateArn"))
    yield failure(
      "certificateArn",
      `a listener of ${protocol} needs a certificate: give the ARN of one of this region`,
    );
  yield* certificateRegion("certificateArn", certificate, arn);
  if (arn === undefined) return;
  const kind = kindOf(arn);
  if (kind === "application" && !HTTP.has(protocol))
    yield failure("protocol", `"${protocol}": an application load balancer listens for HTTP or HTTPS`);
  if (kind === "network" && !NETWORK.has(protocol))
    yield failure("protocol", `"${protocol}": a network load balancer listens for ${[...NETWORK].join(", ")}`);
  if (world.users({ type: BALANCER, id: arn }, LISTENER).some((other) => numberAt(other.inputs, "port") === port))
    yield failure(
      "port",
      `port ${port} of this load balancer has a listener already (DuplicateListener): choose another`,
    );
  const found = forwards(inputs, "defaultActions");
  yield* fitting(world, kind, found);
  yield* foreignTargets(world, found, arn);
  yield* weights(inputs, "defaultActions");
};

function* certificateRegion(path: string, certificate: string | undefined, balancer: string | undefined) {
  const [theirs, ours] = [certificate, balancer].map((arn) => arn?.split(":")[3]);
  if (theirs !== undefined && ours !== undefined && theirs !== ours)
    yield failure(path, `the certificate is of ${theirs}, the load balancer of ${ours}: request one in ${ours}`);
}

/** Target groups speak what their load balancer does. */
function* fitting(world: World, kind: string | undefined, found: readonly Forward[]) {
  for (const { arn, at } of found) {
    const protocol = textOf(world.get(TARGETS, arn), "protocol");
    if (protocol === undefined || protocol === "" || kind === undefined) continue;
    if (kind === "application" && !HTTP.has(protocol))
      yield failure(at, `the target group speaks ${protocol}: an application load balancer forwards to HTTP or HTTPS`);
    if (kind === "network" && !NETWORK.has(protocol))
      yield failure(
        at,
        `the target group speaks ${protocol}: a network load balancer forwards to ${[...NETWORK].join(", ")}`,
      );
  }
}

const listenerRule: Constraint = function* ({ type, inputs, text }, world) {
  const priority = numberAt(inputs, "priority");
  if (priority !== undefined && (priority < 1 || priority > 50_000))
    yield failure("priority", `${priority} is out of range: 1 to 50000`);
  const arn = text("listenerArn");
  if (arn === undefined) return;
  const taken = world
    .users({ type: LISTENER, id: arn }, type)
    .find((other) => numberAt(other.inputs, "priority") === priority);
  if (taken && priority !== undefined)
    yield failure(
      "priority",
      `${priority} is taken by ${taken.urn.split("::").at(-1) ?? taken.id} (PriorityInUse): choose a free one`,
    );
  const protocol = textOf(world.get(LISTENER, arn), "protocol");
  const found = forwards(inputs, "actions");
  yield* fitting(world, kindOf(arn), found);
  yield* foreignTargets(world, found, balancerOf(arn));
  yield* weights(inputs, "actions");
  for (const { value, at } of objectsAt(inputs, "actions")) {
    if (value.type === "jwt-validation" && protocol === "HTTP")
      yield failure(`${at}.type`, "tokens are validated by listeners of HTTPS only: give the listener a certificate");
  }
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

const restLink: Constraint = function* ({ text }) {
  const arn = text("targetArn");
  if (arn !== undefined && kindOf(arn) !== "network")
    yield failure(
      "targetArn",
      `"${arn}" is not a network load balancer, and a REST API reaches no other: put one before it, or use an HTTP API`,
    );
};

const httpLink: Constraint = function* ({ inputs }, world) {
  const given = textsAt(inputs, "subnetIds");
  yield* scatteredSubnets(world, given);
  yield* foreignGroups(world, given, textsAt(inputs, "securityGroupIds"));
};

const record: Constraint = function* ({ type, inputs, text }, world) {
  const [zone, own, kind] = [text("zoneId"), text("name"), text("type")];
  if (zone === undefined || own === undefined || inputs.allowOverwrite === true || inputs.setIdentifier !== undefined)
    return;
  const same = world
    .users({ type: "aws:route53/zone:Zone", id: zone }, type)
    .some(
      (other) => other.inputs.name === own && other.inputs.type === kind && other.inputs.setIdentifier === undefined,
    );
  if (same)
    yield failure("name", `${zone} has a ${kind} record "${own}" already: change that one, or choose another name`);
};

export const loadBalancing: Readonly<Record<string, readonly Constraint[]>> = {
  [BALANCER]: [name, balancerName, subnets],
  [TARGETS]: [name, targetGroup],
  [LISTENER]: [listener],
  "aws:lb/listenerRule:ListenerRule": [listenerRule],
  "aws:lb/listenerCertificate:ListenerCertificate": [
    ({ text }) => certificateRegion("certificateArn", text("certificateArn"), text("listenerArn")),
  ],
  "aws:apigateway/vpcLink:VpcLink": [restLink],
  "aws:apigatewayv2/vpcLink:VpcLink": [httpLink],
  "aws:route53/record:Record": [record],
};
