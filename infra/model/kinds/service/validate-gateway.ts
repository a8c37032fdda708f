// What the routes of a system need from a stack: a check that can't be made must stop the run, never be left out.
import type { Findings } from "../../findings";
import { rateLimited, tokenChecked } from "./priorities";
import type { PartialSettings } from "../../settings";
import type { System } from "../../system";

/** WAF holds ten rate-based rules in a web ACL, and the one for everything else is there always. */
const MOST_LIMITED = 9;

/** No more services have a limit of their own than one firewall can count. */
export function checkLimits(system: System, findings: Findings): void {
  for (const service of rateLimited(system).slice(MOST_LIMITED)) {
    findings.require(
      false,
      `services.${service}.exposes.rateLimit`,
      system.services[service]?.exposes?.rateLimit,
      `in at most ${MOST_LIMITED} services of a system: the firewall counts for no more`,
      "remove it: the firewall's own limit is for every route without one",
    );
  }
}

/** Routes with `jwt` have somebody who signs tokens and a listener that checks them; routes with a limit have who counts. */
export function checkGateway(system: System, settings: PartialSettings, findings: Findings): void {
  const checked = tokenChecked(system);
  const whose = `the routes of ${checked.join(", ")} in ${system.name} say authentication: "jwt"`;
  findings.require(
    checked.length === 0 || settings.identity !== undefined,
    "archipelago:identity",
    settings.identity,
    `who signs the tokens: ${whose}`,
    "name issuer and jwksEndpoint of your identity provider in Pulumi.<stack>.yaml",
  );
  const open = checked.filter((service) => audienceOf(system, service) === undefined);
  findings.require(
    open.length === 0 || settings.identity === undefined || settings.identity.audience !== undefined,
    "archipelago:identity.audience",
    undefined,
    `whom the tokens are for: without it any token of the issuer opens the routes of ${open.join(", ")}`,
    "name it here, or in each route: authentication: { jwt: { audience } }",
  );
  findings.require(
    checked.length === 0 || settings.domain !== undefined,
    "archipelago:domain",
    settings.domain,
    `a domain: tokens are checked on HTTPS only, and ${whose}`,
    "set archipelago:domain and archipelago:hostedZoneId",
  );
  const limited = rateLimited(system);
  findings.require(
    limited.length === 0 || settings.waf !== false,
    "archipelago:waf",
    settings.waf,
    `true, or no such key: the firewall holds the limits of ${limited.join(", ")}`,
    "remove the key, or remove rateLimit from these services",
  );
}

/** Whom a route's tokens are for, where the route says it itself. */
function audienceOf(system: System, service: string): string | undefined {
  const authentication = system.services[service]?.exposes?.authentication;
  return typeof authentication === "object" ? authentication.jwt.audience : undefined;
}
