// What one stack's configuration says, once it has been read and checked (parse-settings.ts).
import type { ExistingSecret } from "../../components/kit/existing-secret";
import type { Tier } from "../../components/kit/subnets";
import type { Size } from "../../components/kit/units";
import type { ExistingNetworkSettings } from "./network-settings";
import type { IdentityProvider } from "./plan";
import type { RaisedQuotas } from "./quotas";

/** The configuration of a stack. */
export interface Settings {
  /** Name of the system. */
  readonly system: string;
  /** Name of the environment; the stack is called the same, or after a system and it (`enterprise-local`). */
  readonly environment: string;
  readonly region: string;
  /** The partition that the region lies in. */
  readonly partition: string;
  /** Zones, as many as the environment uses. */
  readonly zones: readonly string[];
  /** Twelve digits. */
  readonly accountId: string;
  /** Domain that the environment's own names lie below. @default none: the load balancer answers HTTP, inside the VPC */
  readonly domain?: string;
  /** Route 53 hosted zone of `domain`; set exactly when that is. */
  readonly hostedZoneId?: string;
  readonly alertEmail?: string;
  /** Who signs the tokens of routes with `authentication: "jwt"`. @default the load balancer checks none */
  readonly identity?: IdentityProvider;
  readonly waf: boolean;
  /** Image reference by service. */
  readonly images: Readonly<Record<string, string>>;
  /** Secrets that exist, by the names that descriptions give them. @default none */
  readonly secrets?: Readonly<Record<string, ExistingSecret>>;
  /** IPv4 range of the VPC. @default the environment's */
  readonly cidr?: string;
  /** Prefix lengths of the subnets by tier. @default the environment's, or /24 */
  readonly masks?: Readonly<Partial<Record<Tier, number>>>;
  /** A VPC that exists already. @default the stack makes a network of its own */
  readonly network?: ExistingNetworkSettings;
  /** Quotas that AWS raised for the account. @default AWS's defaults */
  readonly quotas?: RaisedQuotas;
  /** What this stack changes about a service: above the environment and the system. */
  readonly services: Readonly<Record<string, ServiceSettings>>;
}

/** Settings of which some could not be read. */
export type PartialSettings = { readonly [K in keyof Settings]?: Settings[K] | undefined };

/** The part of a service that a stack's configuration may change. */
export interface ServiceSettings {
  readonly cpu?: number;
  readonly memory?: Size;
  readonly min?: number;
  readonly max?: number;
  /** Snapshot that its database is created from. */
  readonly snapshotIdentifier?: string;
}
