// Checks the token of a request to a REST API: signature, issuer, times, audience and scopes.
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";

/** What a token for a resource of the API must have. */
export interface TokenRule {
  readonly audience: string;
  /** Scopes of which it needs one; empty: any. */
  readonly scopes: readonly string[];
}

/** Settings of the authorizer; each is an environment variable of the function. */
export interface AuthorizerConfig {
  /** `TOKEN_ISSUER`: the claim `iss`. */
  readonly issuer: string;
  /** `JWKS_ENDPOINT`: URL of the issuer's keys. */
  readonly jwksEndpoint: string;
  /** `AUDIENCE_CLAIM`: the claim that holds the audience, as text or as a list. */
  readonly audienceClaim: string;
  /** `ROUTE_RULES`: JSON by resource (`/api/orders/{proxy+}`). A resource without a rule is open to no token. */
  readonly rules: Readonly<Record<string, TokenRule>>;
}

/** The part of a request that is read (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html). */
export interface AuthorizerRequest {
  readonly methodArn: string;
  readonly resource: string;
  readonly headers?: Readonly<Record<string, string | undefined>> | null;
}

/** An answer for this request alone: API Gateway keeps none. */
export interface AuthorizerAnswer {
  readonly principalId: string;
  readonly policyDocument: {
    readonly Version: "2012-10-17";
    readonly Statement: readonly [
      { readonly Action: "execute-api:Invoke"; readonly Effect: "Allow" | "Deny"; readonly Resource: string },
    ];
  };
  /** `challenge`: value of the header WWW-Authenticate of a refusal. */
  readonly context: { readonly challenge: string };
}

/** Signatures with a key pair: a secret that is shared with the issuer is never in a list of public keys. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
/** Seconds by which the clocks of issuer and AWS may differ. */
const CLOCK_TOLERANCE = 5;

/** Errors of jose that say that the token is bad; every other one says that the keys could not be read. */
const BAD_TOKEN = [
  errors.JWTExpired,
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
];

/**
 * Reads the settings.
 *
 * @throws Error that names every variable that is missing or wrong
 */
export function configFrom(environment: Readonly<Record<string, string | undefined>>): AuthorizerConfig {
  const { TOKEN_ISSUER = "", JWKS_ENDPOINT = "", AUDIENCE_CLAIM = "aud", ROUTE_RULES = "" } = environment;
  const rules = rulesFrom(ROUTE_RULES);
  const wrong = [
    ...Object.entries({ TOKEN_ISSUER, JWKS_ENDPOINT, AUDIENCE_CLAIM }).flatMap(([name, value]) =>
      value === "" ? [name] : [],
    ),
    ...(rules === undefined ? ["ROUTE_RULES"] : []),
  ];
  if (wrong.length > 0 || rules === undefined)
    throw new Error(`missing or wrong environment variables: ${wrong.join(", ")}`);
  return { issuer: TOKEN_ISSUER, jwksEndpoint: JWKS_ENDPOINT, audienceClaim: AUDIENCE_CLAIM, rules };
}

/** The rules, of which each has an audience; undefined where one has none. */
function rulesFrom(text: string): AuthorizerConfig["rules"] | undefined {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof given !== "object" || given === null || Array.isArray(given)) return undefined;
  const rules = Object.entries(given as Readonly<Record<string, unknown>>);
  return rules.length > 0 && rules.every(([, rule]) => isRule(rule)) ? (given as AuthorizerConfig["rules"]) : undefined;
}

function isRule(given: unknown): given is TokenRule {
  if (typeof given !== "object" || given === null) return false;
  const { audience, scopes } = given as Readonly<Record<string, unknown>>;
  return typeof audience === "string" && audience !== "" && Array.isArray(scopes);
}

/**
 * Allows the request, or denies it with a challenge (RFC 6750).
 *
 * @throws Error when the keys can't be read; API Gateway then answers 500
 */
export async function authorize(
  { methodArn, resource, headers }: AuthorizerRequest,
  { issuer, audienceClaim, rules }: AuthorizerConfig,
  keys: JWTVerifyGetKey,
): Promise<AuthorizerAnswer> {
  const token = bearer(headers ?? {});
  if (token === undefined) return answer(methodArn, "Deny", "Bearer");
  const rule = Object.hasOwn(rules, resource) ? rules[resource] : undefined;
  if (rule === undefined) return answer(methodArn, "Deny", 'Bearer error="invalid_token"');
  const claims = await claimsOf(token, issuer, keys);
  if (claims === undefined || !texts(claims[audienceClaim]).includes(rule.audience))
    return answer(methodArn, "Deny", 'Bearer error="invalid_token"');
  const granted = [claims.scope, claims.scp].flatMap(texts).flatMap((text) => text.split(" "));
  if (rule.scopes.length > 0 && !rule.scopes.some((scope) => granted.includes(scope)))
    return answer(methodArn, "Deny", `Bearer error="insufficient_scope", scope="${rule.scopes.join(" ")}"`, claims.sub);
  return answer(methodArn, "Allow", "", claims.sub);
}

/** The claims of a token that the issuer signed and whose time it is; undefined for any other. */
async function claimsOf(token: string, issuer: string, keys: JWTVerifyGetKey): Promise<JWTPayload | undefined> {
  try {
    const options = { issuer, algorithms: ALGORITHMS, requiredClaims: ["exp"], clockTolerance: CLOCK_TOLERANCE };
    return (await jwtVerify(token, keys, options)).payload;
  } catch (error) {
    if (BAD_TOKEN.some((kind) => error instanceof kind)) return undefined;
    throw error;
  }
}

/** The token of the header Authorization, in either case of letters. */
function bearer(headers: NonNullable<AuthorizerRequest["headers"]>): string | undefined {
  const header = Object.entries(headers).find(([name]) => name.toLowerCase() === "authorization")?.[1];
  return /^bearer +([^\s]+)$/i.exec(header ?? "")?.[1];
}

function texts(claim: unknown): string[] {
  return [claim].flat().filter((each): each is string => typeof each === "string");
}

function answer(
  Resource: string,
  Effect: "Allow" | "Deny",
  challenge: string,
  principalId = "unknown",
): AuthorizerAnswer {
  return {
    principalId,
    policyDocument: { Version: "2012-10-17", Statement: [{ Action: "execute-api:Invoke", Effect, Resource }] },
    context: { challenge },
  };
}
