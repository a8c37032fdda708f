// What the routes of a system need from a stack: a check that can't be made must stop the run, never be left out.
import type { Findings } from "../../findings";
import { rateLimited } from "./priorities";
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
