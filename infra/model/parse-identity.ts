// Reads `archipelago:identity`: who signs the tokens that the load balancer checks.
import { HOST, requireReal } from "./hosts";
import type { IdentityProvider } from "./plan";
import type { RawConfig } from "./raw-config";

const FIELDS = {
  issuer: 'the claim "iss" of its tokens, an https URL of at most 256 characters',
  jwksEndpoint: "where its keys are (JWKS), a whole https URL that answers to the internet, at most 256 characters",
} as const;

/** What says whom tokens are for. */
const AUDIENCE = {
  audience: "whom the tokens are for, text of 1 to 256 characters",
  audienceClaim: 'the claim that says it, such as "aud", or "client_id" for access tokens of Amazon Cognito',
  audienceFormat: '"single-string" or "string-array", as the issuer writes it',
} as const;

/** A load balancer wants the whole URL of the keys, with its path. */
const SHAPES = { issuer: /^https:/, jwksEndpoint: /^https:\/\/[^/]+\/./ } as const;

/** The identity provider; undefined when there is none or a part of it is wrong, which is then reported. */
export function parseIdentity(config: RawConfig, run: { readonly offline: boolean }): IdentityProvider | undefined {
  const example =
    "{ issuer: https://<host>, audience: <client or API>, jwksEndpoint: https://<host>/.well-known/jwks.json }";
  const given = config.mapping("identity", "a mapping with issuer and jwksEndpoint", `write ${example}`, "optional");
  if (given === undefined || Object.keys(given).length === 0) return undefined;
  for (const [key, value] of Object.entries(given)) {
    config.findings.requireKnown(
      key,
      [...Object.keys(FIELDS), ...Object.keys(AUDIENCE)],
      `archipelago:identity.${key}`,
      "setting",
      value,
    );
  }
  const url = (field: keyof typeof FIELDS): string | undefined => {
    const value = given[field];
    const host = typeof value === "string" && SHAPES[field].test(value) ? hostOf(value) : undefined;
    const remedy = "take it from your provider's /.well-known/openid-configuration";
    config.findings.require(host !== undefined, `archipelago:identity.${field}`, value, FIELDS[field], remedy);
    if (typeof value !== "string" || host === undefined) return undefined;
    requireReal(`identity.${field}`, value, host, run.offline, config.findings);
    return value;
  };
  const [issuer, jwksEndpoint] = [url("issuer"), url("jwksEndpoint")];
  const audience = parseAudience(given, config);
  return issuer === undefined || jwksEndpoint === undefined ? undefined : { issuer, jwksEndpoint, ...audience };
}

function parseAudience(given: Readonly<Record<string, unknown>>, { findings }: RawConfig): Partial<IdentityProvider> {
  const { audience, audienceClaim, audienceFormat } = given;
  const isText = (value: unknown): value is string => typeof value === "string" && /^.{1,256}$/.test(value);
  const isFormat = (value: unknown) => value === "single-string" || value === "string-array";
  const own = ["exp", "iss", "nbf", "iat"];
  const reads = {
    audience: audience === undefined || isText(audience),
    audienceClaim: audienceClaim === undefined || (isText(audienceClaim) && !own.includes(audienceClaim)),
    audienceFormat: audienceFormat === undefined || isFormat(audienceFormat),
  };
  for (const [field, holds] of Object.entries(reads)) {
    const allowed = AUDIENCE[field as keyof typeof AUDIENCE];
    findings.require(
      holds,
      `archipelago:identity.${field}`,
      given[field],
      allowed,
      "look into a token of your provider",
    );
  }
  return {
    ...(isText(audience) && { audience }),
    ...(isText(audienceClaim) && { audienceClaim }),
    ...(audienceFormat === "string-array" && { audienceFormat }),
  };
}

/** The host of an https URL without user, query and fragment, which a load balancer would take. */
function hostOf(text: string): string | undefined {
  const host = /^https:\/\/([^/?#@:\s]+)(?::\d{1,5})?(?:\/[^?#\s]*)?$/.exec(text)?.[1];
  return host !== undefined && HOST.test(host) && text.length <= 256 ? host : undefined;
}
