// What answers a request: actions of listeners, health checks, firewalls, routes of HTTP APIs; and file systems' throughput.
import type { Failure } from "../../core/check";
import type { Constraint } from "../../core/rules";
import { text, UNKNOWN, type Values } from "../../core/values";
import { failure, isGiven, LISTENER, numberAt, objectAt, objectsAt, TARGETS } from "./support";

/** What a redirect may change, and what stands for leaving it. */
const REDIRECTS: readonly (readonly [property: string, same: string])[] = [
  ["protocol", "#{protocol}"],
  ["port", "#{port}"],
  ["host", "#{host}"],
  ["path", "/#{path}"],
];

const actions = (list: string): Constraint =>
  function* ({ inputs }) {
    for (const { value, at } of objectsAt(inputs, list)) yield* actionFaults(value, at);
  };

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

const policy: Constraint = function* ({ text: known }) {
  const name = known("sslPolicy");
  if (name !== undefined && name !== "" && !name.startsWith("ELBSecurityPolicy-"))
    yield failure("sslPolicy", `"${name}" is no policy: such as ELBSecurityPolicy-TLS13-1-2-2021-06`);
};

const health: Constraint = function* ({ inputs, text: known }) {
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

/** Statements whose rules have actions of their own. */
const GROUPS = ["managedRuleGroupStatement", "ruleGroupReferenceStatement"];

const firewall: Constraint = function* ({ inputs, text: known, region }) {
  const scope = known("scope");
  if (scope !== undefined && scope !== "REGIONAL" && scope !== "CLOUDFRONT")
    yield failure("scope", `"${scope}" is not one of "REGIONAL", "CLOUDFRONT"`);
  if (scope === "CLOUDFRONT" && region !== "us-east-1")
    yield failure(
      "scope",
      `what guards CloudFront is made in us-east-1, and this is ${region}: use a provider of us-east-1`,
    );
  const taken = new Map<number, string>();
  for (const { value: rule, at } of objectsAt(inputs, "rules")) {
    const priority = numberAt(rule, "priority");
    const other = priority === undefined ? undefined : taken.get(priority);
    if (other !== undefined)
      yield failure(`${at}.priority`, `${priority ?? ""} is what "${other}" has: each rule has its own`);
    if (priority !== undefined) taken.set(priority, text(rule.name) ?? "");
    if (rule.statement === UNKNOWN) continue;
    const group = GROUPS.some((name) => isGiven(objectAt(rule, "statement"), name));
    const [needed, wrong] = group ? ["overrideAction", "action"] : ["action", "overrideAction"];
    if (!isGiven(rule, needed))
      yield failure(`${at}.${needed}`, `is missing: a rule ${group ? "that refers to a group" : "of its own"} has it`);
    if (isGiven(rule, wrong))
      yield failure(`${at}.${wrong}`, `leave it out: a rule has either action or overrideAction`);
  }
};

const API = "aws:apigatewayv2/api:Api";
const METHOD = /^(ANY|GET|HEAD|OPTIONS|PATCH|POST|PUT|DELETE) \/\S*$/;

const route: Constraint = function* ({ text: known }, world) {
  const [key, id] = [known("routeKey"), known("apiId")];
  const api = id === undefined ? undefined : world.get(API, id);
  if (key === undefined || api?.inputs.protocolType !== "HTTP" || key === "$default" || METHOD.test(key)) return;
  yield failure("routeKey", `"${key}": a method and a path, such as "GET /orders/{id}", or $default`);
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html, in milliseconds. */
const LONGEST = 30_000;

const integration: Constraint = function* ({ inputs, text: known }, world) {
  const [timeout, id] = [numberAt(inputs, "timeoutMilliseconds"), known("apiId")];
  const api = id === undefined ? undefined : world.get(API, id);
  if (timeout !== undefined && timeout > LONGEST && api?.inputs.protocolType === "HTTP")
    yield failure("timeoutMilliseconds", `${timeout} ms, and an HTTP API waits ${LONGEST} at most`);
};

const throughput: Constraint = function* ({ inputs, text: known }) {
  if (known("throughputMode") === "provisioned" && !isGiven(inputs, "provisionedThroughputInMibps"))
    yield failure("provisionedThroughputInMibps", "is missing: throughputMode provisioned says how much");
};

export const requests: Readonly<Record<string, readonly Constraint[]>> = {
  [LISTENER]: [actions("defaultActions"), policy],
  "aws:lb/listenerRule:ListenerRule": [actions("actions")],
  [TARGETS]: [health],
  "aws:wafv2/webAcl:WebAcl": [firewall],
  "aws:apigatewayv2/route:Route": [route],
  "aws:apigatewayv2/integration:Integration": [integration],
  "aws:efs/fileSystem:FileSystem": [throughput],
};
