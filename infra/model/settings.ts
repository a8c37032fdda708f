// The schema of a stack's configuration (`archipelago:*` in Pulumi.<stack>.yaml), in the terms of descriptions. From this schema
// come the types, the checks of each value, the messages and the reference page (docs/reference/settings.md). read-settings.ts
// reads the values; parse-settings.ts compares them with each other, the system and the environment. A target adds keys of its own
// (infra/targets/<target>/settings.ts).
import type * as v from "valibot";
import { SNAPSHOTS, isSnapshot } from "../../components/kit/engines";
import { type ExistingSecret, isKeyArn, isSecretArn, KEY_ARN, SECRET_ARN } from "../../components/kit/existing-secret";
import { Cpu, Memory } from "./kinds/service/runtime";
import { forms, matching, object, oneOf, optional, record, type Schema, text, value } from "./schema/words";
import { TaskCount } from "./kinds/service/description";

/** A lower-case domain name. */
export const HOST = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** Text for which a predicate holds. */
export function textThat(holds: (given: string) => boolean, allowed: string, remedy: string): Schema<string> {
  return value(
    (given) => typeof given === "string" && holds(given),
    allowed,
    (given) => (typeof given === "string" ? remedy : "write it as text, in quotes"),
    "string",
  );
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

/** Identity provider: the issuer of the tokens of requests. */
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
  /** Audience of its tokens (`aud`), for routes without `audience`. @default each route sets it */
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
  /** Platform that the system is built on: a folder of infra/targets. @default "ecs" */
  target: optional(text(40)),
  /** Domain that the environment's own names lie below. @default none: the load balancer answers HTTP, inside the VPC */
  domain: optional(
    matching(HOST, "a lower-case domain name, such as shop.example.com", "leave out scheme, port and path"),
  ),
  /** Issuer of the tokens of routes with `authentication: "jwt"`. @default no token validation at the load balancer */
  identity: optional(IdentityProvider),
  /** Image reference by service, and by `<service>-migration` for migrations with an image of their own. */
  images: record(text(), matching(/^[^]*$/, "an image reference as text", "put the reference in quotes")),
  /** Secrets that exist, by the names that descriptions give them. @default none */
  secrets: optional(record(text(), NamedSecret)),
  /** Overrides of services in this stack, by the service's name. @default none */
  services: optional(record(text(), ServiceSettings)),
});

/** The keys of every stack, read and checked. A target has more (`settings` of infra/targets). */
export interface Settings extends Omit<StackSettings, "target" | "secrets" | "services"> {
  readonly secrets?: Readonly<Record<string, ExistingSecret>>;
  readonly services: Readonly<Record<string, ServiceSettings>>;
}

/** Settings of which some could not be read. */
export type PartialSettings = { readonly [K in keyof Settings]?: Settings[K] | undefined };
