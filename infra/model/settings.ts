// What a stack's configuration may say (`archipelago:*` in Pulumi.<stack>.yaml), in the words of descriptions. From this schema
// come the types, the checks of each value, the messages and the reference page (docs/reference/settings.md). read-settings.ts
// reads the values; parse-settings.ts compares them with each other, the system and the environment.
import type * as v from "valibot";
import { SNAPSHOTS, isSnapshot } from "../../components/kit/engines";
import { type ExistingSecret, isKeyArn, isSecretArn, KEY_ARN, SECRET_ARN } from "../../components/kit/existing-secret";
import { ALL_REGIONS } from "../../components/kit/partitions";
import { LARGEST_PREFIX, parseRange, SMALLEST_PREFIX } from "../../components/kit/subnets";
import { QUOTAS } from "./aws-quotas";
import { Masks } from "./environment";
import { nearest } from "./findings";
import { isPrivate } from "./private-range";
import { Cpu, Memory } from "./kinds/service/runtime";
import { flag, forms, list, matching, object, oneOf, optional, record, type Schema, text, value } from "./schema/words";
import { TaskCount } from "./kinds/service/description";

/** A lower-case domain name. */
export const HOST = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** Text for which a predicate holds. */
function textThat(holds: (given: string) => boolean, allowed: string, remedy: string): Schema<string> {
  return value(
    (given) => typeof given === "string" && holds(given),
    allowed,
    (given) => (typeof given === "string" ? remedy : "write it as text, in quotes"),
    "string",
  );
}

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

/** The host of an https URL that a load balancer takes: without user, query and fragment; undefined for any other text. */
export function hostOf(url: string): string | undefined {
  const host = /^https:\/\/([^/?#@:\s]+)(?::\d{1,5})?(?:\/[^?#\s]*)?$/.exec(url)?.[1];
  return host !== undefined && HOST.test(host) && url.length <= 256 ? host : undefined;
}

const FROM_PROVIDER = "take it from your provider's /.well-known/openid-configuration";
const FROM_TOKEN = "look into a token of your provider";
/** Claims that a load balancer checks by itself. */
const OWN_CLAIMS = ["exp", "iss", "nbf", "iat"];

/** Who signs the tokens that requests carry. */
export interface IdentityProvider extends v.InferOutput<typeof IdentityProvider> {}
export const IdentityProvider = object({
  /** Claim `iss` of its tokens. */
  issuer: textThat(
    (given) => hostOf(given) !== undefined,
    'the claim "iss" of its tokens, an https URL of at most 256 characters',
    FROM_PROVIDER,
  ),
  /** URL of its keys (JWKS). */
  jwksEndpoint: textThat(
    (given) => hostOf(given) !== undefined && /^https:\/\/[^/]+\/./.test(given),
    "where its keys are (JWKS), a whole https URL that answers to the internet, at most 256 characters",
    FROM_PROVIDER,
  ),
  /** Whom its tokens are for, where a route does not say it. @default each route says it */
  audience: optional(matching(/^.{1,256}$/, "whom the tokens are for, text of 1 to 256 characters", FROM_TOKEN)),
  /** Claim that says the audience. @default "aud" */
  audienceClaim: optional(
    textThat(
      (given) => /^.{1,256}$/.test(given) && !OWN_CLAIMS.includes(given),
      'the claim that says it, such as "aud", or "client_id" for access tokens of Amazon Cognito',
      FROM_TOKEN,
    ),
  ),
  /** How the issuer writes the audience. @default "single-string" */
  audienceFormat: optional(oneOf("single-string", "string-array")),
});

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

const FROM_SECRET =
  "look it up: aws secretsmanager describe-secret; the value of a secret is never written into a configuration";
const SecretArn = textThat(isSecretArn, SECRET_ARN, FROM_SECRET);
/** A secret of Secrets Manager that exists: its ARN alone, or with the key that it is encrypted with. */
export const NamedSecret = forms(`${SECRET_ARN}; or { arn, kmsKeyArn }`, {
  text: SecretArn,
  mapping: object({
    arn: SecretArn,
    /** Key that the secret is encrypted with. @default AWS's own key, which needs no right */
    kmsKeyArn: optional(textThat(isKeyArn, KEY_ARN, "aws secretsmanager describe-secret --query KmsKeyId")),
  }),
});

/** The part of a service that a stack's configuration may change. */
export interface ServiceSettings extends v.InferOutput<typeof ServiceSettings> {}
export const ServiceSettings = object({
  /** CPU units (1024 = 1 vCPU). @default as the environment or the description says */
  cpu: optional(Cpu),
  /** @default as the environment or the description says */
  memory: optional(Memory),
  /** Fewest tasks. @default as the environment or the description says */
  min: optional(TaskCount),
  /** Most tasks. @default as the environment or the description says */
  max: optional(TaskCount),
  /** Snapshot that its database is created from. @default the description's */
  snapshotIdentifier: optional(
    textThat(
      isSnapshot,
      SNAPSHOTS,
      "look it up: aws rds describe-db-snapshots, or describe-db-cluster-snapshots for Aurora",
    ),
  ),
});

/** The keys of a stack, each below the namespace `archipelago`. */
export interface StackSettings extends v.InferOutput<typeof StackSettings> {}
export const StackSettings = object({
  /** Name of the system (infra/systems). */
  system: text(100),
  /** Name of the environment (infra/environments); the stack is called the same, or after a system and it (`enterprise-local`). */
  environment: text(100),
  region: Region,
  /** Zones of the region, as many as the environment uses, in an order that stays. */
  zones: list(text(40), { most: 6, allowed: "a list of zones of the region" }),
  /** Account that the stack is in; a run for another account is refused. */
  account: Account,
  /** Domain that the environment's own names lie below. @default none: the load balancer answers HTTP, inside the VPC */
  domain: optional(
    matching(HOST, "a lower-case domain name, such as shop.example.com", "leave out scheme, port and path"),
  ),
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
  /** Who signs the tokens of routes with `authentication: "jwt"`. @default the load balancer checks none */
  identity: optional(IdentityProvider),
  /** Whether a firewall (AWS WAF) stands before the load balancer. @default true where a route has a rate limit, otherwise false */
  waf: optional(flag()),
  /** Image reference by service, and by `<service>-migration` for migrations with an image of their own. */
  images: record(text(), matching(/^[^]*$/, "an image reference as text", "put the reference in quotes")),
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
  /** Secrets that exist, by the names that descriptions give them. @default none */
  secrets: optional(record(text(), NamedSecret)),
  /** What this stack changes about a service, by its name. @default nothing */
  services: optional(record(text(), ServiceSettings)),
});

/** The configuration of a stack, read and checked. */
export interface Settings extends Omit<StackSettings, "account" | "network" | "secrets" | "services" | "waf"> {
  /** Twelve digits. */
  readonly accountId: string;
  /** The partition that the region lies in. */
  readonly partition: string;
  readonly waf: boolean;
  readonly network?: ExistingNetworkSettings;
  readonly secrets?: Readonly<Record<string, ExistingSecret>>;
  readonly services: Readonly<Record<string, ServiceSettings>>;
}

/** Settings of which some could not be read. */
export type PartialSettings = { readonly [K in keyof Settings]?: Settings[K] | undefined };
