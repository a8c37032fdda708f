// Validates the entrances of a system against a stack on AWS and against the limits of API Gateway.
import { tokenRules } from "../../../components/aws/gateway/open-api";
import { mebibytes, seconds } from "../../../components/kit/units";
import type { Findings } from "../../model/findings";
import type { Entrance } from "../../model/kinds/entrance/description";
import { domainOf, entrancesOf } from "../../model/kinds/entrance/derive";
import { sorted } from "../../model/order";
import type { PartialSettings } from "../../model/settings";
import type { LegacySystem, PartialAwsSettings } from "./settings";
import type { Exposure, System } from "../../model/system";
import { tokensOf } from "./user-pool-conflicts";

/** Longest answer, in seconds (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html). */
const LONGEST_ANSWER = 29;
/** Largest body, in MiB (the same page). */
const LARGEST_BODY = 10;
/** Label of the load balancer below the stack's domain. */
const OF_BALANCER = "services";

/** Problems of a system's entrances in a stack. */
export function checkEntrances(
  system: System,
  settings: PartialSettings,
  { waf, userPool }: Pick<PartialAwsSettings, "waf" | "userPool">,
  findings: Findings,
): void {
  const all = entrancesOf(system);
  const names = new Map<string, string>();
  for (const [name, entrance] of all) {
    const path = `${system.name}.entrances.${name}`;
    if (settings.domain !== undefined) {
      const domain = domainOf(name, entrance, settings.domain);
      const owner =
        domain === domainOf(OF_BALANCER, {} as Entrance, settings.domain) ? "the load balancer" : names.get(domain);
      findings.require(
        owner === undefined,
        `${path}.domain`,
        domain,
        `a name of its own: ${owner ?? ""} has it`,
        "give the entrance another domain, such as api, web or mobile",
      );
      names.set(domain, owner ?? `entrance ${name}`);
    }
    checkTokens(path, entrance, settings, userPool !== undefined, findings);
    if (userPool === undefined) checkRules(path, entrance, system, findings);
    for (const [key, { service = key }] of Object.entries(entrance.routes)) {
      const exposes = system.services[service]?.exposes;
      if (exposes) checkAnswers(`${path}.routes.${key}`, service, exposes, findings);
    }
  }
  const rest = all.filter(([, { kind = "rest" }]) => kind === "rest");
  findings.require(
    all.length === 0 || rest.length > 0 || waf === undefined || waf === false,
    "archipelago:waf",
    waf,
    "false: the only entrances are HTTP APIs, and AWS WAF can't protect an HTTP API",
    'remove the key, or write kind: "rest" in an entrance',
  );
}

/** Characters of the rules of an authorizer: all variables of a function together have 4 KB. */
const LONGEST_RULES = 3000;

/** The function that checks tokens at a REST API has its rules in a variable. */
function checkRules(path: string, { kind = "rest", routes }: Entrance, { services }: System, findings: Findings): void {
  if (kind !== "rest") return;
  const asking = Object.entries(routes).flatMap(([key, { service = key, paths, bodies, authentication }]) => {
    const tokens = tokensOf(authentication);
    if (tokens === undefined) return [];
    const { audience = "", scopes = [] } = tokens;
    const all = paths ?? services[service]?.exposes?.paths ?? [];
    return [[key, { paths: all, ...(bodies && { bodies }), tokens: { audience, scopes } }] as const];
  });
  const { length } = JSON.stringify(tokenRules(Object.fromEntries(asking)));
  findings.require(
    length <= LONGEST_RULES,
    `${path}.routes`,
    `${length} characters of paths, audiences and scopes with JWT validation`,
    `at most ${LONGEST_RULES}: the function that checks tokens has them in a variable`,
    'take paths together (/api/orders/*), or write kind: "http"',
  );
}

/** A route with `jwt` has an issuer, an audience, and a platform that checks both. */
function checkTokens(
  path: string,
  { kind = "rest", routes }: Entrance,
  { identity }: PartialSettings,
  hasUserPool: boolean,
  findings: Findings,
): void {
  for (const [key, { authentication }] of sorted(routes)) {
    findings.require(
      kind === "rest" || authentication !== undefined,
      `${path}.routes.${key}.authentication`,
      authentication,
      'said in an entrance of kind "http": without a firewall before it, each route says who may send requests',
      'write "jwt", or { public: <reason> }',
    );
    const tokens = tokensOf(authentication);
    if (tokens === undefined) continue;
    const at = `${path}.routes.${key}.authentication`;
    findings.require(
      identity !== undefined || hasUserPool,
      "archipelago:identity",
      undefined,
      `the issuer of tokens: ${at} is "jwt"`,
      "name issuer, jwksEndpoint and audience of your identity provider in Pulumi.<stack>.yaml, or set archipelago:userPool",
    );
    findings.require(
      hasUserPool || identity === undefined || (tokens.audience ?? identity.audience) !== undefined,
      at,
      authentication,
      "an audience: without it every token of the issuer opens the route",
      "write { jwt: { audience } }, or set archipelago:identity.audience",
    );
  }
}

/** Largest body that a load balancer sends to a function, in MiB (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html). */
const LARGEST_TO_FUNCTION = 1;

/** Legacy systems belong to services with routes, and are no part of the stack themselves. */
export function checkLegacy(
  system: System,
  { domain }: PartialSettings,
  legacy: Readonly<Record<string, LegacySystem>> = {},
  findings: Findings,
): void {
  for (const [name, { url }] of sorted(legacy)) {
    const path = `archipelago:legacy.${name}`;
    findings.requireKey(name, system.services, path, "service");
    const service = system.services[name];
    if (service === undefined) continue;
    findings.require(
      service.exposes !== undefined,
      path,
      name,
      "a service with exposes: the load balancer has no route to another",
      `add exposes to services.${name}, or remove the key`,
    );
    const { maxBodySize } = service.exposes ?? {};
    findings.require(
      maxBodySize === undefined || (mebibytes(maxBodySize) ?? 0) <= LARGEST_TO_FUNCTION,
      path,
      maxBodySize,
      `a service with bodies up to ${LARGEST_TO_FUNCTION} MiB: the load balancer sends no larger ones to the legacy system`,
      "let clients send larger files to a bucket with a presigned URL, or move the route at once, without this key",
    );
    const host = new URL(url).hostname;
    const own = [
      ...(domain === undefined ? [] : [`services.${domain}`]),
      ...entrancesOf(system).flatMap(([entrance, described]) =>
        domain === undefined ? [] : [domainOf(entrance, described, domain)],
      ),
    ];
    findings.require(
      !own.includes(host),
      `${path}.url`,
      url,
      "the address of the legacy system: this one belongs to the stack, and requests would go round in a circle",
      "give the legacy system another name, such as legacy.<domain>",
    );
  }
}

/** Problems of API Gateway's limits on response time and body size. */
function checkAnswers(path: string, name: string, exposes: Exposure, findings: Findings): void {
  const { responseTime, maxBodySize } = exposes;
  findings.require(
    responseTime === undefined || (responseTime !== "none" && (seconds(responseTime) ?? 0) <= LONGEST_ANSWER),
    path,
    name,
    `a service that answers within ${LONGEST_ANSWER}s: API Gateway ends the request then, and exposes.responseTime is ${responseTime ?? ""}`,
    "answer at once and let clients ask for the result, or leave the service out of the entrance",
  );
  findings.require(
    maxBodySize === undefined || (mebibytes(maxBodySize) ?? 0) <= LARGEST_BODY,
    path,
    name,
    `a service with bodies up to ${LARGEST_BODY} MiB: API Gateway refuses larger ones, and exposes.maxBodySize is ${maxBodySize ?? ""}`,
    "lower exposes.maxBodySize, and let clients send larger files to a bucket with a presigned URL",
  );
}
