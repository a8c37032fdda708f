// Validates a description against limits of SNS, WAF and Lambda.
import type { Findings } from "../../model/findings";
import { secretCountProblems } from "../../../components/kit/existing-secret";
import { OF_LAMBDA } from "../../../components/kit/variables";
import { describedFunctionsOf, type Uses } from "../../model/kinds/function/uses";
import type { Variable } from "../../model/kinds/kind";
import { variablesOf } from "../../model/kinds/service/variables";
import { queuesOf, typesOf } from "../../model/kinds/queue/selection";
import { rateLimited } from "../../model/kinds/service/priorities";
import type { Service, System } from "../../model/system";

/** WAF holds ten rate-based rules in a web ACL, and one of them is for all other requests. */
const MOST_LIMITED = 9;
/** https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const MOST_FILTERED = 150;

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html: names and values together. */
const MOST_VARIABLES = 4096;
/** A variable that a use sets: a name, and an ARN or a URL. */
const USED = 110;

/**
 * Queues, topics and streams of one service. Ten managed policies of IAM hold the rights on about 450; the rest is for its stores, its
 * sagas and its functions' queues (tests/infra/targets/ecs/many-channels.spec.ts).
 */
const MOST_CHANNELS = 350;

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
  checkFunctionVariables(system, findings);
  checkChannels(system, findings);
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

/** Refuses functions whose variables Lambda does not take, or that what they use sets as well. The sizes of the latter are estimated. */
function checkFunctionVariables(system: System, findings: Findings): void {
  for (const { path, owner, settings } of describedFunctionsOf(system)) {
    const { environment = {}, uses = {} } = settings;
    const setters = new Map(usedVariables(owner, uses, system).map(({ variable, path: by }) => [variable, by]));
    for (const variable of Object.keys(environment)) {
      const setter = setters.get(variable);
      const at = `${system.name}.${path}.environment.${variable}`;
      findings.require(
        !OF_LAMBDA.test(variable),
        at,
        variable,
        "a variable that Lambda does not set itself",
        "rename it",
      );
      findings.require(setter === undefined, at, variable, `a variable that ${setter ?? ""} does not set`, "rename it");
    }
    const own = Object.entries(environment).map(([name, value]) => Buffer.byteLength(name) + Buffer.byteLength(value));
    const used = Object.values(uses).map((names) => (typeof names === "object" ? Object.keys(names).length : 1) * USED);
    const size = [...own, ...used].reduce((sum, one) => sum + one, 0);
    findings.require(
      size <= MOST_VARIABLES,
      `${system.name}.${path}.environment`,
      `about ${size} bytes of variables`,
      `at most ${MOST_VARIABLES} bytes, those of what it uses among them: Lambda takes no more`,
      "put long values in the code or a bucket, or split the function",
    );
  }
}

/** The variables that a function gets for what it uses, called as a service's are. */
function usedVariables(owner: string, uses: Uses, system: System): readonly Variable[] {
  const service = system.services[owner];
  if (service === undefined) return [];
  const { context, description, scaling, owns = {} } = service;
  const { tables = {}, buckets = {}, publishes, sendsTo, writesTo, cache, database } = uses;
  const used = <T>(all: Readonly<Record<string, T>> | undefined, names: object): Record<string, T> =>
    Object.fromEntries(Object.entries(all ?? {}).filter(([name]) => Object.hasOwn(names, name)));
  const likeIt: Service = {
    ...{ context, description, scaling },
    ...(publishes && { publishes: Object.fromEntries(publishes.map((topic) => [topic, []])) }),
    ...(sendsTo && { sendsTo }),
    ...(writesTo && { writesTo }),
    ...(cache !== undefined && { usesCache: cache }),
    owns: {
      ...(database !== undefined && owns.database && { database: owns.database }),
      buckets: used(owns.buckets, buckets),
      tables: Object.fromEntries(
        Object.entries(used(owns.tables, tables)).map(([name, table]) => [
          name,
          { ...table, access: "reads" as const },
        ]),
      ),
    },
  };
  // Those without a path are of every service.
  return variablesOf(owner, likeIt, system).flatMap(({ variable, path }) =>
    path === "" ? [] : [{ variable, path: `uses (${path})` }],
  );
}

/** Refuses a service with more channels or secrets than the policies of its roles can name. */
function checkChannels(system: System, findings: Findings): void {
  for (const [name, service] of Object.entries(system.services)) {
    const { publishes = {}, consumes = {}, sendsTo = {}, writesTo = {}, secrets = {} } = service;
    const distinct = new Set(
      Object.entries(secrets).map(([variable, secret]) =>
        "length" in secret ? `made ${variable}` : "arn" in secret ? secret.arn : `existing ${secret.existing}`,
      ),
    );
    findings.problems.push(...secretCountProblems(`${system.name}.services.${name}.secrets`, distinct.size));
    const channels = [publishes, consumes, sendsTo, writesTo].flatMap((some) => Object.keys(some));
    findings.require(
      channels.length <= MOST_CHANNELS,
      `${system.name}.services.${name}`,
      `${channels.length} topics, queues and streams`,
      `at most ${MOST_CHANNELS} that a service publishes to, consumes, sends to and writes to: IAM gives a role no more policies to name them in`,
      "split the service, or let several events share a topic",
    );
  }
}
