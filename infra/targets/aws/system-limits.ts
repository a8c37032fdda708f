// What SNS and WAF do not take of a description.
import type { Findings } from "../../model/findings";
import { queuesOf, typesOf } from "../../model/kinds/queue/selection";
import { rateLimited } from "../../model/kinds/service/priorities";
import type { System } from "../../model/system";

/** WAF holds ten rate-based rules in a web ACL, and one of them is for all other requests. */
const MOST_LIMITED = 9;
/** https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const MOST_FILTERED = 150;

/** Refuses more rate limits than a web ACL counts, and longer filters than a subscription has. */
export function checkSystemLimits(system: System, findings: Findings): void {
  for (const service of rateLimited(system).slice(MOST_LIMITED)) {
    findings.require(
      false,
      `${system.name}.services.${service}.exposes.rateLimit`,
      system.services[service]?.exposes?.rateLimit,
      `in at most ${MOST_LIMITED} services of a system: the firewall counts for no more`,
      "remove it: the firewall's own limit is for every route without one",
    );
  }
  const queues = Object.entries(system.services).flatMap(([name, service]) =>
    queuesOf(name, service).map(({ path, from = {} }) => ({ at: `${system.name}.services.${name}.${path}`, from })),
  );
  for (const { at, from } of queues) {
    for (const [topic, selection] of Object.entries(from)) {
      const types = typesOf(selection);
      findings.require(
        types === undefined || types.length <= MOST_FILTERED,
        `${at}.from.${topic}`,
        `${types?.length ?? 0} event types`,
        `at most ${MOST_FILTERED} event types, or "all": a filter of SNS holds no more values`,
        'take "all" and let the consumer pass over what it does not need, or split the topic',
      );
    }
  }
}
