// Arguments and outputs of a user pool.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Duration, Placement, Transform } from "../../kit";

/** Arguments of {@link UserPool}. */
export interface UserPoolArgs {
  readonly placement: Placement;
  /** Programs that sign people in, by a name for each. Each gets a client of its own, so that no token of one is valid at another. */
  readonly clients: Readonly<Record<string, ClientSettings>>;
  /**
   * First label of the sign-in page's address, `https://<prefix>.auth.<region>.amazoncognito.com`: lower-case letters, digits and dashes, at
   * most 63, without the words aws, amazon and cognito. A region has each once, over all accounts of AWS.
   */
  readonly domainPrefix: string;
  /** Whether people may create accounts themselves. @default false: administrators create them */
  readonly selfSignUp?: boolean;
  /** Second factor, by an authenticator app. @default "required" */
  readonly mfa?: "required" | "optional";
  /**
   * Detection of stolen passwords and unusual sign-ins: `audit` records them, `enforced` also blocks them. It takes Cognito's feature plan Plus,
   * which costs about 0.02 USD for each user that signs in during a month, without a free tier.
   * @default "none", on the plan Essentials: 10,000 users a month are free, then about 0.015 USD for each
   */
  readonly threatProtection?: "none" | "audit" | "enforced";
  /** Time after which people sign in again, 1 hour to 365 days. @default "30d" */
  readonly signInEvery?: Duration;
  /** Whether AWS and the engine refuse to delete or replace the pool: accounts and passwords can't be restored. @default true */
  readonly protectData?: boolean;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: UserPoolTransforms;
}

/** A program that signs people in: a web page or an app, which can't keep a secret. */
export interface ClientSettings {
  /**
   * URLs that the sign-in page may send people back to, 1 to 100: https, http on localhost, or a scheme of an app (`myapp://signed-in`); no
   * wildcards and no fragment.
   */
  readonly callbackUrls: readonly string[];
  /** URLs that people may be sent to after they have signed out, in the same forms. @default none */
  readonly logoutUrls?: readonly string[];
  /** Scopes `<resource server>/<name>` beside its own (`<client>/access`), which the client may ask for, at most 40. @default none */
  readonly scopes?: readonly string[];
}

/** One slot a child; where there are several of a kind, a function gets the child's logical name. */
export interface UserPoolTransforms {
  readonly userPool?: Transform<aws.cognito.UserPoolArgs>;
  readonly domain?: Transform<aws.cognito.UserPoolDomainArgs>;
  readonly resourceServer?: Transform<aws.cognito.ResourceServerArgs>;
  readonly client?: Transform<aws.cognito.UserPoolClientArgs>;
}

/** Outputs of {@link UserPool}. */
export interface UserPoolOutputs {
  readonly userPoolArn: pulumi.Output<string>;
  readonly userPoolId: pulumi.Output<string>;
  /** Claim `iss` of its tokens. */
  readonly issuer: pulumi.Output<string>;
  /** URL of its keys (JWKS). */
  readonly jwksEndpoint: pulumi.Output<string>;
  /** Ids of the clients by name: the claim `client_id` of access tokens. */
  readonly clientIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** Address of the sign-in page, without a path. */
  readonly signInUrl: pulumi.Output<string>;
}
