// Validates a stack's settings, system and environment together for AWS, before there is a plan.
import { ALL_REGIONS, offers, partitionOf } from "../../../components/kit/partitions";
import { secretPlaceProblems } from "../../../components/kit/existing-secret";
import { parseImage } from "../../../components/kit/image";
import type { Problem } from "../../../components/kit/problems";
import type { Environment } from "../../model/environment";
import { Findings, nearest } from "../../model/findings";
import { unreached } from "../../model/kinds/entrance/derive";
import { ownMigrations } from "../../model/kinds/database/migration";
import { rateLimited, tokenChecked } from "../../model/kinds/service/priorities";
import { checkHosts } from "../../model/parse-settings";
import { NAMESPACE } from "../../model/read-settings";
import type { PartialSettings } from "../../model/settings";
import type { System } from "../../model/system";
import { checkRange } from "../../model/validate-environment";
import type { Conflicts, Stack } from "../target";
import { engineOffers } from "./engine-offers";
import { checkEntrances, checkLegacy } from "./entrance-conflicts";
import { checkUserPool } from "./user-pool-conflicts";
import { checkSystemLimits } from "./system-limits";
import type { AwsSettings, PartialAwsSettings } from "./settings";

/** Everything that does not fit, and what is left out in the region. */
export function conflictsOnAws(stack: Stack<AwsSettings>): Conflicts {
  const findings = new Findings();
  const own = withKnownRegion(stack.own);
  checkZones(own, findings);
  checkNetwork(own, stack.settings, findings);
  if (!stack.offline) checkReal(own, findings);
  const { system, environment, settings } = stack;
  if (system === undefined || environment === undefined) return { problems: findings.problems, warnings: [] };
  const checked = { system, environment, settings, own, offline: stack.offline };
  checkEnvironment(checked, findings);
  const migrations = ownMigrations(system);
  for (const [service, image] of Object.entries(settings.images ?? {})) {
    if (service in system.services || migrations.has(service)) checkImage(service, image, checked, findings);
  }
  checkGateway(checked, findings);
  checkEntrances(system, settings, own, findings);
  if (own.userPool) checkUserPool(system, settings, own.userPool, environment, findings);
  checkLegacy(system, settings, own.legacy, findings);
  checkSystemLimits(system, findings);
  checkSecretPlaces(checked, findings);
  checkCollector(checked, findings);
  const offered = engineOffers({ system, environment, settings, region: own.region });
  return {
    problems: [...findings.problems, ...offered.problems],
    warnings: [...leftOut(system, own), ...unreached(system), ...offered.warnings],
  };
}

/** Tasks reach the collector's image, and a header has somewhere to go. A collector without a traced system is not used, and does no harm. */
function checkCollector({ system, own: { collector, region }, offline }: Checked, findings: Findings): void {
  const ecr = parseImage(collector?.image ?? "")?.ecr;
  const inside = Object.entries(system.services).filter(([, { internetEgress }]) => internetEgress === undefined);
  const traced = collector !== undefined && system.tracing !== undefined;
  findings.require(
    !traced || region === undefined || ecr?.region === region || inside.length === 0,
    `${NAMESPACE}:collector.image`,
    collector?.image,
    `an ECR repository in ${region ?? "the region"}: tasks of ${inside.map(([name]) => name).join(", ")} can't reach the internet`,
    "copy the image to an ECR repository in this region",
  );
  findings.require(
    offline || !traced || ecr === undefined || !isPlaceholderAccount(ecr.accountId),
    `${NAMESPACE}:collector.image`,
    collector?.image,
    "a registry of yours; this account is AWS's documentation example",
    "replace the account in Pulumi.<stack>.yaml, or run with OFFLINE=1",
  );
  findings.require(
    collector?.authorization === undefined || collector.otlpEndpoint !== undefined,
    `${NAMESPACE}:collector.authorization`,
    "[not shown]",
    "nothing without otlpEndpoint: X-Ray takes the role of the task",
    "remove it, or set otlpEndpoint",
  );
}

interface Checked {
  readonly system: System;
  readonly environment: Environment;
  readonly settings: PartialSettings;
  readonly own: PartialAwsSettings;
  readonly offline: boolean;
}

/** In place of a misspelt region the one that was probably meant, to check the rest by. */
function withKnownRegion({ region = "", ...own }: PartialAwsSettings): PartialAwsSettings {
  return { ...own, region: ALL_REGIONS.includes(region) ? region : nearest(region, ALL_REGIONS) };
}

/** The last zone of regions that have more than three: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html */
const LAST_ZONE: Readonly<Record<string, string>> = {
  ...{ "us-east-1": "f", "us-west-2": "d", "ca-central-1": "d", "ca-west-1": "c" },
  ...{ "ap-northeast-1": "d", "ap-northeast-2": "d", "cn-north-1": "d" },
};

function checkZones({ region, zones = [] }: PartialAwsSettings, findings: Findings): void {
  zones.forEach((zone, index) => {
    const path = `${NAMESPACE}:zones[${index}]`;
    const letters = LAST_ZONE[region ?? ""] ?? "c";
    const letter = region !== undefined && zone.startsWith(region) ? zone.slice(region.length) : "";
    const holds = region === undefined || (/^[a-z]$/.test(letter) && letter <= letters);
    const allowed = `a zone of ${region ?? "the region"}: ${region ?? ""}a to ${region ?? ""}${letters}`;
    findings.require(holds, path, zone, allowed, "name the region's own zones");
    findings.require(zones.indexOf(zone) === index, path, zone, "each zone once", "remove the repetition");
  });
}

// The zone is named, not looked up: a look-up would need credentials at preview.
function checkNetwork(
  { hostedZoneId, cidr, network }: PartialAwsSettings,
  { domain }: PartialSettings,
  findings: Findings,
): void {
  findings.require(
    (hostedZoneId === undefined) === (domain === undefined),
    `${NAMESPACE}:hostedZoneId`,
    hostedZoneId,
    "set when archipelago:domain is set, and only then",
    "name the Route 53 hosted zone that the domain lies in, or leave out both keys",
  );
  if (network === undefined) return;
  findings.require(
    cidr === undefined,
    `${NAMESPACE}:cidr`,
    cidr,
    "not set with archipelago:network: the VPC that exists has a range of its own",
    "remove the key",
  );
  findings.require(
    (network.endpointSecurityGroupIds ?? []).length === 0 || (network.endpoints ?? "existing") === "existing",
    `${NAMESPACE}:network.endpointSecurityGroupIds`,
    network.endpointSecurityGroupIds,
    'not set unless endpoints is "existing"',
    "remove one of the two keys",
  );
  const taken = new Set<string>();
  for (const tier of ["publicSubnetIds", "privateSubnetIds", "isolatedSubnetIds"] as const) {
    for (const [index, id] of (network[tier] ?? []).entries()) {
      const path = `${NAMESPACE}:network.${tier}[${index}]`;
      findings.require(!taken.has(id), path, id, "each subnet once, in one tier", "remove the repetition");
      taken.add(id);
    }
  }
}

// Account IDs of AWS's documentation: allowed in examples, refused in a run.
const DOCUMENTATION_ACCOUNTS = ["111122223333", "444455556666", "777788889999", "123456789012"];

/** Whether an account stands in an example only. */
function isPlaceholderAccount(accountId: string): boolean {
  return DOCUMENTATION_ACCOUNTS.includes(accountId);
}

/** A run for an account is refused with the values of examples. */
function checkReal({ account, hostedZoneId, alertEmail, alertWebhook }: PartialAwsSettings, findings: Findings): void {
  const replace = "replace it in Pulumi.<stack>.yaml, or run with OFFLINE=1";
  findings.require(
    account === undefined || !isPlaceholderAccount(account),
    `${NAMESPACE}:account`,
    account,
    "an account of yours; this one is AWS's documentation example",
    replace,
  );
  checkHosts(
    [
      ["alertEmail", alertEmail, alertEmail?.split("@")[1]],
      ["alertWebhook", alertWebhook, alertWebhook === undefined ? undefined : new URL(alertWebhook).hostname],
    ],
    findings,
  );
  findings.require(
    !hostedZoneId?.includes("EXAMPLE"),
    `${NAMESPACE}:hostedZoneId`,
    hostedZoneId,
    "a zone of yours; this one stands in an example only",
    replace,
  );
}

/** As many zones as the environment uses, and a range with room for its subnets. */
function checkEnvironment({ environment, own }: Checked, findings: Findings): void {
  const { zoneCount } = environment.network;
  findings.require(
    own.zones === undefined || own.zones.length === zoneCount,
    "archipelago:zones",
    own.zones,
    `${zoneCount} zones: ${environment.name} uses as many`,
    "list exactly as many zones, in an order that stays",
  );
  const { cidr = environment.network.cidr, masks } = own;
  if (own.cidr !== undefined || masks)
    checkRange({ cidr, masks: { ...environment.network.masks, ...masks } }, "archipelago:cidr", findings);
}

function checkImage(service: string, reference: string, { system, own, offline }: Checked, findings: Findings): void {
  const path = `archipelago:images.${service}`;
  const image = parseImage(reference);
  if (image === undefined) return;
  const owner = system.services[service];
  // A migration has no way to the internet, whatever its service has.
  const { migration } = owner?.owns?.database ?? {};
  const migrates = migration !== undefined && migration.image !== "own";
  const reachesInternet = owner?.internetEgress !== undefined && !migrates;
  const reachable = own.region === undefined || image.ecr?.region === own.region || reachesInternet;
  findings.require(
    reachable,
    path,
    reference,
    `an ECR repository in ${own.region ?? "the region"}: ${migrates ? "the migration" : "tasks"} of ${service} can't reach the internet`,
    "copy the image to an ECR repository in this region",
  );
  findings.require(
    offline || image.ecr === undefined || !isPlaceholderAccount(image.ecr.accountId),
    path,
    reference,
    "a registry of yours; this account is AWS's documentation example",
    "replace the account in Pulumi.<stack>.yaml, or run with OFFLINE=1",
  );
}

/** Secrets that exist are where the stack's tasks reach them. */
function checkSecretPlaces({ system, settings, own }: Checked, findings: Findings): void {
  const place = { region: own.region, accountId: own.account, partition: own.region && partitionOf(own.region) };
  for (const [service, { secrets = {} }] of Object.entries(system.services)) {
    for (const [variable, secret] of Object.entries(secrets)) {
      const path = `${system.name}.services.${service}.secrets.${variable}`;
      if ("arn" in secret) findings.problems.push(...secretPlaceProblems(path, secret, place));
    }
  }
  for (const [name, secret] of Object.entries(settings.secrets ?? {})) {
    findings.problems.push(...secretPlaceProblems(`archipelago:secrets.${name}`, secret, place));
  }
}

/** Routes with `jwt` need an identity provider and an HTTPS listener; routes with a rate limit need the firewall. */
function checkGateway({ system, settings, own }: Checked, findings: Findings): void {
  const checked = tokenChecked(system);
  const whose = `the routes of ${checked.join(", ")} in ${system.name} say authentication: "jwt"`;
  findings.require(
    checked.length === 0 || settings.identity !== undefined || own.userPool !== undefined,
    "archipelago:identity",
    settings.identity,
    `who signs the tokens: ${whose}`,
    "name issuer and jwksEndpoint of your identity provider in Pulumi.<stack>.yaml, or set archipelago:userPool",
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
    limited.length === 0 || own.waf !== false,
    "archipelago:waf",
    own.waf,
    `true, or no such key: the firewall holds the limits of ${limited.join(", ")}`,
    "remove the key, or remove rateLimit from these services",
  );
}

/** Audience of a route's tokens, where the route sets it. */
function audienceOf(system: System, service: string): string | undefined {
  const authentication = system.services[service]?.exposes?.authentication;
  return typeof authentication === "object" ? authentication.jwt.audience : undefined;
}

/** Warnings about optional parts that the region does not offer; the system runs without them. */
function leftOut({ topics }: System, { region }: PartialAwsSettings): Problem[] {
  const contracts = Object.values(topics).some(({ events }) => Object.values(events).some(({ schema }) => schema));
  if (region === undefined || !contracts || offers(region, "schema-registry")) return [];
  return [
    {
      path: "archipelago:region",
      value: region,
      allowed: "no schema registry there: EventBridge has none in this partition",
      remedy: "nothing: contracts are checked with the description, and docs/catalog holds them",
    },
  ];
}
