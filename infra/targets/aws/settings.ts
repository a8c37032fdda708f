// The keys of a stack (`archipelago:*` in Pulumi.<stack>.yaml) that every target on AWS has beside those of infra/model/settings.ts.
import type * as v from "valibot";
import { ALL_REGIONS } from "../../../components/kit/partitions";
import { LARGEST_PREFIX, parseRange, SMALLEST_PREFIX } from "../../../components/kit/subnets";
import { Masks } from "../../model/environment";
import { nearest } from "../../model/findings";
import { isPrivate } from "../../model/private-range";
import {
  duration,
  either,
  flag,
  list,
  matching,
  object,
  oneOf,
  optional,
  record,
  type Schema,
  text,
  value,
  whole,
} from "../../model/schema/words";
import { imageProblems } from "../../../components/kit/image";
import { isHttpsOrigin } from "../../../components/kit/https-origin";
import { isDomainPrefix, isReturnUrl } from "../../../components/kit/sign-in";
import { HOST, NamedSecret, textThat } from "../../model/settings";
import { QUOTAS } from "./quotas";

const Region = value<string>(
  (given) => typeof given === "string" && ALL_REGIONS.includes(given),
  "a region of AWS, such as eu-central-1",
  (given) => {
    const meant = nearest(String(given), ALL_REGIONS);
    return meant === undefined ? "write the region's name, as the AWS console shows it" : `did you mean "${meant}"?`;
  },
  "string",
);

const Account = value<string>(
  (given) => typeof given === "string" && /^\d{12}$/.test(given),
  "an AWS account: twelve digits, in quotes",
  (given) =>
    typeof given === "string" && /^\d{1,11}$/.test(given)
      ? 'write it in quotes: without them YAML reads a number, which has no leading zeros ("011122223333")'
      : "look it up in the AWS console",
  "string",
);

function isEmail(given: string): boolean {
  const [user = "", host = "", ...rest] = given.split("@");
  return /^[\w.+-]+$/.test(user) && HOST.test(host.toLowerCase()) && rest.length === 0;
}

const PrivateRange = (from: number, to: number, allowed: string, remedy: string): Schema<string> =>
  textThat(
    (given) => {
      const range = parseRange(given);
      return range !== undefined && isPrivate(range) && range.prefix >= from && range.prefix <= to;
    },
    allowed,
    remedy,
  );

const Subnets = list(matching(/^subnet-[0-9a-z]+$/, "an id that begins with subnet-", "correct the id"), {
  least: 2,
  most: 6,
  allowed: "2 to 6 subnets, each in a zone of its own: load balancers, databases and caches need two zones",
  remedy: "list the subnets of this tier",
});

/** A VPC that exists already. Nothing of it is created or changed, unless `endpoints` is "make". */
export interface ExistingNetwork extends v.InferOutput<typeof ExistingNetwork> {}
export const ExistingNetwork = object({
  vpcId: matching(/^vpc-[0-9a-z]+$/, "the id of a VPC (vpc-0a1b2c3d4e5f60718)", "look it up in the console"),
  /** IPv4 range of the VPC. @default looked up */
  cidr: optional(
    PrivateRange(
      LARGEST_PREFIX,
      SMALLEST_PREFIX,
      "the VPC's private IPv4 range, such as 10.20.0.0/16; it is looked up when it is not set",
      "write the range of the VPC, or remove the key",
    ),
  ),
  /** Subnets of the load balancer, where it faces the internet. @default none */
  publicSubnetIds: optional(Subnets),
  /** Subnets of tasks. */
  privateSubnetIds: Subnets,
  /** Subnets of databases and caches, without a route to an internet gateway. */
  isolatedSubnetIds: Subnets,
  /** Whether the VPC has interface endpoints, the stack makes them, or tasks reach AWS over the internet. @default "existing" */
  endpoints: optional(oneOf("existing", "make", "over-internet")),
  /** Groups of the interface endpoints that exist. @default looked up, when all of them share one */
  endpointSecurityGroupIds: optional(
    list(matching(/^sg-[0-9a-z]+$/, "an id that begins with sg-", "correct the id"), {
      allowed: "a list of ids (sg-…)",
    }),
  ),
  /** Whether private subnets have a route to the internet. @default true */
  internetEgress: optional(flag()),
});
/** The same, with what is read where a key is left out. */
export type ExistingNetworkSettings = Required<Omit<ExistingNetwork, "cidr">> & Pick<ExistingNetwork, "cidr">;

type QuotaName = keyof typeof QUOTAS;
const quotas = Object.entries(QUOTAS).map(([name, { value: least, called }]) => {
  const holds = (given: unknown): boolean => typeof given === "number" && Number.isSafeInteger(given) && given >= least;
  const allowed = `a whole number, AWS's default of ${least} or more ("${called}" in Service Quotas)`;
  return [name, optional(value<number>(holds, allowed, "write what AWS granted, without quotes", "number"))] as const;
});
/** Quotas that AWS has raised for the account, by their name here. */
export type Quotas = Readonly<Partial<Record<QuotaName, number>>>;
export const Quotas = object(Object.fromEntries(quotas)) as unknown as Schema<Quotas>;

/** The OpenTelemetry collector beside each service of a system that is traced. */
export interface Collector extends v.InferOutput<typeof Collector> {}
export const Collector = object({
  /** Image of the AWS Distro for OpenTelemetry, in a repository that tasks reach: copy it from public.ecr.aws/aws-observability/aws-otel-collector. */
  image: textThat(
    (given) => imageProblems("", given).length === 0,
    "an image reference with a tag or digest",
    "copy a version of the image into a repository of the account and name it",
  ),
  /** HTTPS URL that takes OTLP over HTTP, for traces and metrics. @default AWS X-Ray, for traces */
  otlpEndpoint: optional(
    textThat(
      (given) => /^https:\/\/[^\s@#?]+$/.test(given),
      "an https URL without a user and a query, such as https://otlp.example.com",
      "take it from the provider's documentation",
    ),
  ),
  /** Secret with the value of the header `Authorization` for `otlpEndpoint`. @default none */
  authorization: optional(NamedSecret),
});

/** A legacy system that answers a part of the requests to a service. */
export interface LegacySystem extends v.InferOutput<typeof LegacySystem> {}
export const LegacySystem = object({
  /** https URL without a path. Requests keep their path; the certificate is verified; the internet has to reach it. */
  url: textThat(
    isHttpsOrigin,
    "an https URL of scheme and host, such as https://old.example.com",
    "leave out path, query and user; requests keep their own path",
  ),
  /** Percent of the requests that the service answers. With 100, the legacy system gets none, and nothing of it is built. */
  servicePercent: whole(0, 100),
  /** Path of the load balancer's health check, every 35 seconds; an answer from 200 to 399 is healthy. @default "/health" */
  healthPath: optional(matching(/^\/\S*$/, "a path that begins with /", "correct it")),
  /** Requests to the legacy system at the same time; more are answered with 502. @default 100 */
  concurrency: optional(whole(1, 900)),
});

const ReturnUrls = list(
  textThat(
    isReturnUrl,
    "a URL with https, http on localhost, or a scheme of an app (myapp://signed-in); without a fragment and a wildcard",
    "write the whole URL, such as https://shop.example.com/signed-in",
  ),
  { least: 1, most: 100, remedy: "name the page that people come back to" },
);

/** Accounts of people in Amazon Cognito: the stack's own issuer of tokens. */
export interface UserPool extends v.InferOutput<typeof UserPool> {}
export const UserPool = object({
  /** Programs that sign people in, by the entrance that they send requests to: each entrance with JWT validation has one. */
  clients: record(
    text(),
    object({
      /** URLs that people come back to when they have signed in. */
      callbackUrls: ReturnUrls,
      /** URLs that people come back to when they have signed out. @default none */
      logoutUrls: optional(ReturnUrls),
    }),
    { allowed: "at least one entrance", remedy: "name an entrance and its callbackUrls" },
  ),
  /** Whether people may create accounts themselves. @default false: administrators create them */
  selfSignUp: optional(flag()),
  /** Second factor, by an authenticator app. @default "required" where the environment protects data, otherwise "optional" */
  mfa: optional(oneOf("required", "optional")),
  /**
   * Detection of stolen passwords and unusual sign-ins: `audit` records them, `enforced` also blocks them. It takes Cognito's feature plan Plus:
   * about 0.02 USD for each user that signs in during a month.
   * @default none, on the plan Essentials: 10,000 users a month are free, then about 0.015 USD for each
   */
  threatProtection: optional(oneOf("audit", "enforced")),
  /** Time after which people sign in again, 1 hour to 365 days. @default "30d" */
  signInEvery: optional(duration("1h", "365d")),
  /**
   * First label of the sign-in page's address, without the words aws, amazon and cognito. Another one changes the address.
   * @default system, environment and eight characters of the account's own
   */
  domainPrefix: optional(
    textThat(
      isDomainPrefix,
      "lower-case letters, digits and dashes, at most 63, without aws, amazon and cognito",
      "choose another prefix",
    ),
  ),
});

/** The entries of {@link AwsSettings}: a target on AWS may have more. */
export const awsEntries = {
  region: Region,
  /** Zones of the region, as many as the environment uses, in an order that stays. */
  zones: list(text(40), { most: 6, allowed: "a list of zones of the region" }),
  /** Account that the stack is in; a run for another account is refused. */
  account: Account,
  /** Route 53 hosted zone of `domain`; set exactly when that is. @default none */
  hostedZoneId: optional(
    matching(
      /^Z[A-Z0-9]{5,31}$/,
      "the id of a public Route 53 hosted zone, such as Z0123456789ABCDEFGHIJ",
      "look it up in the Route 53 console",
    ),
  ),
  /** Mailbox that alarms are sent to. @default none: alarms change their state and send nothing */
  alertEmail: optional(
    textThat(isEmail, "one e-mail address, such as alerts@example.com", "name a mailbox that someone reads"),
  ),
  /**
   * HTTPS URL that alarms are sent to as JSON; its server confirms the subscription by the `SubscribeURL` of SNS's first message.
   * @default none
   */
  alertWebhook: optional(
    textThat(
      (given) => /^https:\/\/[^\s@#]+$/.test(given) && given.length <= 2048,
      "an https URL without a user and a password, such as https://hooks.example.com/alarms",
      "copy it from the tool that takes the alarms",
    ),
  ),
  /**
   * User pool that the stack makes: the issuer of the tokens that routes with JWT validation ask for. Not beside `identity`, which names an
   * issuer that exists.
   * @default none
   */
  userPool: optional(UserPool),
  /** The collector of traces, for a system that is traced. @default none: identifiers are passed on, and no trace is kept */
  collector: optional(Collector),
  /**
   * Whether a firewall (AWS WAF) judges requests at the entrances, or before the load balancer of a system without entrances; `"count"`: it
   * counts what it would block, and blocks nothing.
   * @default true with an entrance of kind `rest` or a route with a rate limit, otherwise false
   */
  waf: optional(either("count", flag())),
  /** Legacy systems that answer a part of the requests, by the service that takes over. @default none: services answer all requests */
  legacy: optional(record(text(), LegacySystem)),
  /** IPv4 range of the VPC. @default the environment's */
  cidr: optional(
    PrivateRange(
      LARGEST_PREFIX,
      SMALLEST_PREFIX,
      "a private IPv4 range from /16 to /28 that starts at its first address, such as 10.20.0.0/16",
      "choose a range that no peered network uses",
    ),
  ),
  /** Prefix lengths of the subnets by tier. @default the environment's, or /24 */
  masks: optional(Masks),
  /** A VPC that exists already. @default the stack makes a network of its own */
  network: optional(ExistingNetwork),
  /** Quotas that AWS raised for the account. @default AWS's defaults */
  quotas: optional(Quotas),
};

/** The keys of a stack on AWS. */
export interface AwsSettings extends v.InferOutput<typeof AwsSettings> {}
export const AwsSettings = object(awsEntries);

/** Settings of which some could not be read. */
export type PartialAwsSettings = { readonly [K in keyof AwsSettings]?: AwsSettings[K] | undefined };
