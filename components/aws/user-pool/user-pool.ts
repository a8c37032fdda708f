// Accounts of people, and the pages where they sign in. Each program has a client with a scope of its own, because the Cognito authorizer of a REST
// API checks the scopes of a token and not its client.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { placementProblems, protectedWhen, seconds, tagged, throwIfAny, transformed } from "../../kit";
import { placed } from "../kit";
import type { ClientSettings, UserPoolArgs, UserPoolOutputs } from "./args";
import { clientScope, validateUserPool } from "./validate";

const TYPE = "archipelago:user-pool:UserPool";
/** Minutes that ID tokens and access tokens are valid. */
const TOKEN_MINUTES = 60;
/** Scopes of OpenID Connect that a client may request. */
const OPENID_SCOPES = ["email", "openid", "profile"];

/** The children. */
export interface UserPoolNodes {
  readonly userPool: aws.cognito.UserPool;
  readonly domain: aws.cognito.UserPoolDomain;
  /** By identifier. */
  readonly resourceServers: Readonly<Record<string, aws.cognito.ResourceServer>>;
  /** By name. */
  readonly clients: Readonly<Record<string, aws.cognito.UserPoolClient>>;
}

/**
 * A Cognito user pool with a sign-in page and a public client for each program: authorization code flow with PKCE, no secret. People sign in by
 * e-mail address, password and second factor; administrators create accounts. 10,000 users a month are free, then about 0.015 USD for each.
 * Another `domainPrefix` replaces the sign-in page's address; nothing replaces the pool.
 *
 * @example
 * new UserPool("people", { placement, domainPrefix: "shop-prod-3f1c", clients: { web: { callbackUrls: ["https://shop.example.com/signed-in"] } } });
 */
export class UserPool extends pulumi.ComponentResource implements UserPoolOutputs {
  readonly userPoolArn: pulumi.Output<string>;
  readonly userPoolId: pulumi.Output<string>;
  readonly issuer: pulumi.Output<string>;
  readonly jwksEndpoint: pulumi.Output<string>;
  readonly clientIds: Readonly<Record<string, pulumi.Output<string>>>;
  readonly signInUrl: pulumi.Output<string>;
  /** The children. */
  readonly nodes: UserPoolNodes;

  constructor(
    private readonly name: string,
    private readonly args: UserPoolArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateUserPool(args)]);
    const userPool = this.createPool();
    const domain = this.createDomain(userPool);
    const resourceServers = this.createResourceServers(userPool);
    const clients = this.createClients(userPool, Object.values(resourceServers));
    this.nodes = { userPool, domain, resourceServers, clients };
    this.userPoolArn = userPool.arn;
    this.userPoolId = userPool.id;
    this.issuer = pulumi.interpolate`https://${userPool.endpoint}`;
    this.jwksEndpoint = pulumi.interpolate`${this.issuer}/.well-known/jwks.json`;
    this.clientIds = Object.fromEntries(Object.entries(clients).map(([key, { id }]) => [key, id]));
    this.signInUrl = pulumi.interpolate`https://${domain.domain}.auth.${args.placement.region}.amazoncognito.com`;
    const { userPoolArn, userPoolId, issuer, jwksEndpoint, clientIds, signInUrl } = this;
    this.registerOutputs({ userPoolArn, userPoolId, issuer, jwksEndpoint, clientIds, signInUrl });
  }

  private createPool(): aws.cognito.UserPool {
    const { selfSignUp = false, mfa = "required", threatProtection = "none", protectData = true } = this.args;
    const { tags, transform } = this.args;
    return new aws.cognito.UserPool(
      ...transformed<aws.cognito.UserPoolArgs>(
        transform?.userPool,
        this.name,
        {
          usernameAttributes: ["email"],
          usernameConfiguration: { caseSensitive: false },
          autoVerifiedAttributes: ["email"],
          // A new address counts once it is verified; until then the old one does.
          userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
          accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
          adminCreateUserConfig: { allowAdminCreateUserOnly: !selfSignUp },
          passwordPolicy: {
            minimumLength: 12,
            requireLowercase: true,
            requireUppercase: true,
            requireNumbers: true,
            requireSymbols: true,
            temporaryPasswordValidityDays: 7,
          },
          mfaConfiguration: mfa === "required" ? "ON" : "OPTIONAL",
          softwareTokenMfaConfiguration: { enabled: true },
          userPoolTier: threatProtection === "none" ? "ESSENTIALS" : "PLUS",
          ...(threatProtection !== "none" && {
            userPoolAddOns: { advancedSecurityMode: threatProtection === "enforced" ? "ENFORCED" : "AUDIT" },
          }),
          deletionProtection: protectData ? "ACTIVE" : "INACTIVE",
          ...tagged(tags),
        },
        { parent: this, ...protectedWhen(protectData) },
      ),
    );
  }

  private createDomain(userPool: aws.cognito.UserPool): aws.cognito.UserPoolDomain {
    const { domainPrefix, transform } = this.args;
    return new aws.cognito.UserPoolDomain(
      ...transformed<aws.cognito.UserPoolDomainArgs>(
        transform?.domain,
        this.name,
        { domain: domainPrefix, userPoolId: userPool.id },
        // A pool has one domain with a prefix.
        { parent: this, deleteBeforeReplace: true },
      ),
    );
  }

  /** A resource server for each part before the slash of a scope. */
  private createResourceServers(userPool: aws.cognito.UserPool): Record<string, aws.cognito.ResourceServer> {
    const { transform } = this.args;
    const servers = new Map<string, Set<string>>();
    for (const scope of Object.entries(this.args.clients).flatMap(([client, settings]) => scopesOf(client, settings))) {
      const [identifier = "", scopeName = ""] = scope.split("/");
      servers.set(identifier, (servers.get(identifier) ?? new Set()).add(scopeName));
    }
    const made = [...servers].map(([identifier, names]): [string, aws.cognito.ResourceServer] => [
      identifier,
      new aws.cognito.ResourceServer(
        ...transformed<aws.cognito.ResourceServerArgs>(
          transform?.resourceServer,
          `${this.name}-${identifier}`,
          {
            userPoolId: userPool.id,
            identifier,
            name: identifier,
            scopes: [...names]
              .sort()
              .map((scopeName) => ({ scopeName, scopeDescription: `${identifier}: ${scopeName}` })),
          },
          // A pool has each identifier once.
          { parent: this, deleteBeforeReplace: true },
        ),
      ),
    ]);
    return Object.fromEntries(made);
  }

  private createClients(userPool: aws.cognito.UserPool, servers: readonly pulumi.Resource[]) {
    const { clients, signInEvery = "30d", transform } = this.args;
    const made = Object.entries(clients).map(([client, settings]): [string, aws.cognito.UserPoolClient] => [
      client,
      new aws.cognito.UserPoolClient(
        ...transformed<aws.cognito.UserPoolClientArgs>(
          transform?.client,
          `${this.name}-${client}`,
          {
            userPoolId: userPool.id,
            // A web page or an app can't keep a client secret. PKCE binds the token request to the client that began the sign-in.
            generateSecret: false,
            allowedOauthFlowsUserPoolClient: true,
            allowedOauthFlows: ["code"],
            allowedOauthScopes: [...OPENID_SCOPES, ...scopesOf(client, settings)],
            supportedIdentityProviders: ["COGNITO"],
            callbackUrls: [...settings.callbackUrls],
            ...(settings.logoutUrls && { logoutUrls: [...settings.logoutUrls] }),
            // Only Cognito's sign-in page takes passwords; the client never receives one.
            explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
            preventUserExistenceErrors: "ENABLED",
            enableTokenRevocation: true,
            accessTokenValidity: TOKEN_MINUTES,
            idTokenValidity: TOKEN_MINUTES,
            refreshTokenValidity: Math.round((seconds(signInEvery) ?? NaN) / 60),
            tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "minutes" },
          },
          // Scopes of resource servers that exist only.
          { parent: this, dependsOn: [...servers] },
        ),
      ),
    ]);
    return Object.fromEntries(made);
  }
}

/** Scopes of resource servers that a client may ask for. */
function scopesOf(client: string, { scopes = [] }: ClientSettings): string[] {
  return [...new Set([clientScope(client), ...scopes])].sort();
}
