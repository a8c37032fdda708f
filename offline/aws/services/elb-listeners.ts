// Elastic Load Balancing: listeners and their rules.
import type { Cards } from "../card";
import type { Failure } from "../../providers/core/check";
import type { Constraint } from "../../providers/core/rules";
import { UNKNOWN, type Values, plainAll, text } from "../../providers/core/values";
import type { World } from "../../providers/core/world";
import {
  BALANCER,
  LISTENER,
  SUBNET,
  TARGETS,
  failure,
  isGiven,
  numberAt,
  objectAt,
  objectsAt,
  textOf,
  textsAt,
} from "../inputs";
import { type References, balancer, certificate, listener, targets } from "../references";

const headers = ["Credentials", "Headers", "Methods", "Origin"].map(
  (part) => `routingHttpResponseAccessControlAllow${part}HeaderValue`,
);

/** A listener's or rule's ways to target groups, which stay meanwhile. */
const forwardReferences = (actions: string): References => ({
  [`${actions}[].targetGroupArn`]: targets,
  [`${actions}[].forward.targetGroups[].arn`]: targets,
});

function* certificateRegion(path: string, certificate: string | undefined, balancer: string | undefined) {
  const [theirs, ours] = [certificate, balancer].map((arn) => arn?.split(":")[3]);
  if (theirs !== undefined && ours !== undefined && theirs !== ours)
    yield failure(path, `the certificate is of ${theirs}, the load balancer of ${ours}: request one in ${ours}`);
}

/** The kind of a load balancer: `application` or `network`. */
export const kindOf = (arn: string): string | undefined =>
  ({ app: "application", net: "network" })[/[:/](?:loadbalancer|listener)\/(app|net)\//.exec(arn)?.[1] ?? ""];

export const HTTP: ReadonlySet<string> = new Set(["HTTP", "HTTPS"]);
const NETWORK: ReadonlySet<string> = new Set(["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"]);

/** A target group that an action names, and where it stands. */
interface Forward {
  readonly arn: string;
  readonly at: string;
}

/** Every target group of a list of actions, whether it stands alone or is weighed against others. */
function forwards(inputs: Values, actions: string): readonly Forward[] {
  return objectsAt(inputs, actions).flatMap(({ value, at }) => {
    const [single, among] = [text(value.targetGroupArn), objectsAt(objectAt(value, "forward"), "targetGroups")];
    const weighed = among.flatMap(({ value: group, at: place }) => {
      const arn = text(group.arn);
      return arn === undefined ? [] : [{ arn, at: `${at}.forward.${place}.arn` }];
    });
    return [...(single === undefined ? [] : [{ arn: single, at: `${at}.targetGroupArn` }]), ...weighed];
  });
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

/** The VPC that a load balancer stands in, by its subnets. */
function vpcOf(world: World, balancer: string): string | undefined {
  const inputs = plainAll(world.get(BALANCER, balancer)?.inputs ?? {});
  const mapped = objectsAt(inputs, "subnetMappings").flatMap(({ value }) => text(value.subnetId) ?? []);
  return [...textsAt(inputs, "subnets").map(({ value }) => value), ...mapped]
    .map((subnet) => textOf(world.get(SUBNET, subnet), "vpcId"))
    .find((vpc) => vpc !== undefined);
}

/** Target groups of another VPC than their load balancer. */
function* foreignTargets(world: World, found: readonly Forward[], balancer: string): Iterable<Failure> {
  const ours = vpcOf(world, balancer);
  for (const { arn, at } of found) {
    const theirs = textOf(world.get(TARGETS, arn), "vpcId");
    if (ours !== undefined && theirs !== undefined && theirs !== "" && theirs !== ours)
      yield failure(
        at,
        `the target group is in ${theirs}, the load balancer in ${ours} (InvalidConfigurationRequest): name a target group of the same VPC`,
      );
  }
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ForwardActionConfig.html */
const GROUPS_AN_ACTION = 5;
const WEIGHT = 999;

/** How many target groups an action weighs against each other, and how heavy they may be. */
function* weights(inputs: Values, actions: string): Iterable<Failure> {
  for (const { value, at } of objectsAt(inputs, actions)) {
    const groups = objectsAt(objectAt(value, "forward"), "targetGroups");
    if (groups.length > GROUPS_AN_ACTION)
      yield failure(
        `${at}.forward.targetGroups`,
        `${groups.length} target groups, and an action forwards to ${GROUPS_AN_ACTION} at most (TooManyTargetGroups): leave some out`,
      );
    for (const { value: group, at: place } of groups) {
      const weight = numberAt(group, "weight");
      if (weight !== undefined && (weight < 0 || weight > WEIGHT))
        yield failure(`${at}.forward.${place}.weight`, `${weight} is out of range: 0 to ${WEIGHT}`);
    }
  }
}

const listenerFits: Constraint = function* ({ inputs, text }, world) {
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

const RULE = "aws:lb/listenerRule:ListenerRule";

/** The load balancer of a listener. */
const balancerOf = (listener: string): string =>
  listener.replace(":listener/", ":loadbalancer/").replace(/\/[^/]+$/, "");

/** A target group serves one load balancer. */
function* sharedGroups(world: World, found: readonly Forward[], balancer: string) {
  for (const { arn: id, at } of found) {
    const others = [
      ...world.users({ type: TARGETS, id }, LISTENER).map((other) => textOf(other, "loadBalancerArn")),
      ...world.users({ type: TARGETS, id }, RULE).map((other) => balancerOf(textOf(other, "listenerArn") ?? "")),
    ];
    const other = others.find((arn) => arn !== undefined && arn !== "" && arn !== balancer);
    if (other !== undefined)
      yield failure(
        at,
        `${other} forwards to it already (TargetGroupAssociationLimit): make a target group for each load balancer`,
      );
  }
}

const listenerTargets: Constraint = function* ({ inputs, text }, world) {
  const port = numberAt(inputs, "port");
  if (port !== undefined && (port < 1 || port > 65_535)) yield failure("port", `${port} is no port: 1 to 65535`);
  const balancer = text("loadBalancerArn");
  if (balancer !== undefined) yield* sharedGroups(world, forwards(inputs, "defaultActions"), balancer);
};

/** Parts of a URL that a redirect may change, with the placeholder that keeps each. */
const REDIRECTS: readonly (readonly [property: string, same: string])[] = [
  ["protocol", "#{protocol}"],
  ["port", "#{port}"],
  ["host", "#{host}"],
  ["path", "/#{path}"],
];

function* actionFaults(action: Values, at: string): Iterable<Failure> {
  if (action.type === "forward" && !isGiven(action, "targetGroupArn") && !isGiven(action, "forward"))
    yield failure(`${at}.targetGroupArn`, "is missing: an action of type forward names a target group");
  if (action.type !== "redirect" || action.redirect === UNKNOWN) return;
  const redirect = objectAt(action, "redirect");
  if (REDIRECTS.every(([property, same]) => (redirect[property] ?? same) === same))
    yield failure(
      `${at}.redirect`,
      "leads to where it came from (InvalidLoadBalancerAction): change the protocol, port, host or path",
    );
}

const actionsOf = (list: string): Constraint =>
  function* ({ inputs }) {
    for (const { value, at } of objectsAt(inputs, list)) yield* actionFaults(value, at);
  };

const sslPolicy: Constraint = function* ({ text: known }) {
  const name = known("sslPolicy");
  if (name !== undefined && name !== "" && !name.startsWith("ELBSecurityPolicy-"))
    yield failure("sslPolicy", `"${name}" is no policy: such as ELBSecurityPolicy-TLS13-1-2-2021-06`);
};

const ruleFits: Constraint = function* ({ type, inputs, text }, world) {
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

const ruleTargets: Constraint = function* ({ inputs, text }, world) {
  const arn = text("listenerArn");
  if (arn !== undefined) yield* sharedGroups(world, forwards(inputs, "actions"), balancerOf(arn));
};

export const cards: Cards = {
  "aws:lb/listener:Listener": {
    source: "elbv2/listener.go",
    id: (resource) => {
      const arn = resource.text("loadBalancerArn");
      return `${arn.replace(":loadbalancer/", ":listener/")}/${resource.hex(16)}`;
    },
    computed: {
      arn: (resource) => resource.id,
      protocol: "HTTP",
      sslPolicy: (resource) => (/^(HTTPS|TLS)$/.test(resource.text("protocol")) ? "ELBSecurityPolicy-2016-08" : ""),
      tcpIdleTimeoutSeconds: 350,
      ...Object.fromEntries(headers.map((name) => [name, ""])),
    },
    references: { loadBalancerArn: balancer, certificateArn: certificate, ...forwardReferences("defaultActions") },
    replaces: "loadBalancerArn",
    constraints: [listenerFits, listenerTargets, actionsOf("defaultActions"), sslPolicy],
  },
  "aws:lb/listenerRule:ListenerRule": {
    source: "elbv2/listener_rule.go",
    id: (resource) => `${resource.text("listenerArn").replace(":listener/", ":listener-rule/")}/${resource.hex(16)}`,
    computed: {
      arn: (resource) => resource.id,
      priority: (resource) => 1 + (Number.parseInt(resource.hex(4, "priority"), 16) % 49_999),
    },
    references: { listenerArn: listener, ...forwardReferences("actions") },
    replaces: "listenerArn",
    constraints: [ruleFits, ruleTargets, actionsOf("actions")],
  },
  "aws:lb/listenerCertificate:ListenerCertificate": {
    source: "elbv2/listener_certificate.go",
    id: (resource) => `${resource.text("listenerArn")}_${resource.text("certificateArn")}`,
    references: { listenerArn: listener, certificateArn: certificate },
    replaces: "certificateArn listenerArn",
    constraints: [({ text }) => certificateRegion("certificateArn", text("certificateArn"), text("listenerArn"))],
  },
};
