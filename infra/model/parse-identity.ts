// Reads `archipelago:identity`: who signs the tokens that the load balancer checks.
import { HOST, requireReal } from "./hosts";
import type { IdentityProvider } from "./plan";
import type { RawConfig } from "./raw-config";

const FIELDS = {
  issuer: 'the claim "iss" of its tokens, an https URL of at most 256 characters',
  jwksEndpoint: "where its keys are (JWKS), a whole https URL that answers to the internet, at most 256 characters",
} as const satisfies Record<keyof IdentityProvider, string>;

/** A load balancer wants the whole URL of the keys, with its path. */
const SHAPES = { issuer: /^https:/, jwksEndpoint: /^https:\/\/[^/]+\/./ } as const;

/** The identity provider; undefined when there is none or a part of it is wrong, which is then reported. */
export function parseIdentity(config: RawConfig, run: { readonly offline: boolean }): IdentityProvider | undefined {
  const example = "{ issuer: https://<host>, jwksEndpoint: https://<host>/.well-known/jwks.json }";
  const given = config.mapping("identity", "a mapping with issuer and jwksEndpoint", `write ${example}`, "optional");
  if (given === undefined || Object.keys(given).length === 0) return undefined;
  for (const [key, value] of Object.entries(given)) {
    config.findings.requireKnown(key, Object.keys(FIELDS), `archipelago:identity.${key}`, "setting", value);
  }
  const url = (field: keyof IdentityProvider): string | undefined => {
    const value = given[field];
    const host = typeof value === "string" && SHAPES[field].test(value) ? hostOf(value) : undefined;
    const remedy = "take it from your provider's /.well-known/openid-configuration";
    config.findings.require(host !== undefined, `archipelago:identity.${field}`, value, FIELDS[field], remedy);
    if (typeof value !== "string" || host === undefined) return undefined;
    requireReal(`identity.${field}`, value, host, run.offline, config.findings);
    return value;
  };
  const [issuer, jwksEndpoint] = [url("issuer"), url("jwksEndpoint")];
  return issuer === undefined || jwksEndpoint === undefined ? undefined : { issuer, jwksEndpoint };
}

/** The host of an https URL without user, query and fragment, which a load balancer would take. */
function hostOf(text: string): string | undefined {
  const host = /^https:\/\/([^/?#@:\s]+)(?::\d{1,5})?(?:\/[^?#\s]*)?$/.exec(text)?.[1];
  return host !== undefined && HOST.test(host) && text.length <= 256 ? host : undefined;
}
