// Cognito: user pools.
import type { Cards } from "../card";
import type { Constraint, NewResource, Reference } from "../../providers/core/rules";
import { plainAll } from "../../providers/core/values";
import { BASE36, dnsSuffix } from "../identifiers";
import { asText, failure, isFilled } from "../inputs";

const poolId = (resource: NewResource): string => `${resource.region}_${resource.token(9, BASE36)}`;
const pool = { userPoolId: { type: "aws:cognito/userPool:UserPool" } } satisfies Record<string, Reference>;

/**
 * A client asks for scopes that exist: those of OpenID Connect and Cognito, and those of resource servers of its pool
 * (https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html: ScopeDoesNotExistException).
 */
const knownScopes: Constraint = function* ({ inputs, text }, world) {
  const id = text("userPoolId");
  const asked = Array.isArray(inputs.allowedOauthScopes) ? inputs.allowedOauthScopes : [];
  if (id === undefined) return;
  const servers = world.users({ type: "aws:cognito/userPool:UserPool", id }, RESOURCE_SERVER, "userPoolId");
  const known = new Set([
    ...["phone", "email", "openid", "profile", "aws.cognito.signin.user.admin"],
    ...servers.flatMap(({ inputs: { identifier, scopes } }) =>
      (Array.isArray(scopes) ? scopes : []).map((scope) => `${asText(identifier)}/${scopeName(scope)}`),
    ),
  ]);
  for (const scope of asked)
    if (typeof scope === "string" && !known.has(scope))
      yield failure(
        "allowedOauthScopes",
        `no scope "${scope}" exists in ${id} (ScopeDoesNotExistException): create its resource server first`,
      );
  if (inputs.allowedOauthFlowsUserPoolClient === true && !isFilled(inputs.allowedOauthFlows))
    yield failure("allowedOauthFlows", "a client with allowedOauthFlowsUserPoolClient names a flow: code");
};
const RESOURCE_SERVER = "aws:cognito/resourceServer:ResourceServer";

function scopeName(scope: unknown): string {
  return typeof scope === "object" && scope !== null && "scopeName" in scope ? String(scope.scopeName) : "";
}

export const cards: Cards = {
  "aws:cognito/userPool:UserPool": {
    source: "cognitoidp/user_pool.go",
    unique: false,
    id: poolId,
    computed: {
      arn: (resource) => resource.arn("cognito-idp", `userpool/${resource.id}`),
      endpoint: (resource) => `cognito-idp.${resource.region}.${dnsSuffix(resource.partition)}/${resource.id}`,
    },
    replaces: "aliasAttributes usernameAttributes usernameConfiguration.caseSensitive",
    undeletable: (existing) =>
      plainAll(existing.outputs).deletionProtection === "ACTIVE"
        ? "deletionProtection is ACTIVE: set it to INACTIVE and update first, then delete"
        : undefined,
    holds: "accounts of users",
  },
  [RESOURCE_SERVER]: {
    source: "cognitoidp/resource_server.go",
    id: (resource) => `${resource.text("userPoolId")}|${resource.text("identifier")}`,
    unique: "identifier",
    uniqueWithin: ["userPoolId"],
    references: pool,
    replaces: "identifier userPoolId",
  },
  "aws:cognito/userPoolClient:UserPoolClient": {
    source: "cognitoidp/user_pool_client.go",
    unique: false,
    id: (resource) => resource.token(26, BASE36),
    references: pool,
    constraints: [knownScopes],
    replaces: "generateSecret userPoolId",
  },
  "aws:cognito/userPoolDomain:UserPoolDomain": {
    source: "cognitoidp/user_pool_domain.go",
    unique: "domain",
    uniqueWithin: ["domain"],
    id: (resource) => resource.text("domain"),
    references: pool,
    replaces: "domain userPoolId",
  },
};
