import type * as aws from "@pulumi/aws";
import type * as random from "@pulumi/random";
import type { Placement, Transform } from "../../kit";
import type { EncryptionKeyArgs } from "../kit";

/** Arguments of `GeneratedSecrets`. */
export interface GeneratedSecretsArgs {
  readonly placement: Placement;
  /** Secrets by name (the environment variable they will become), each with its length in characters, 16–4096. */
  readonly secrets: Readonly<Record<string, { readonly length: number }>>;
  /**
   * Days between a deletion and the loss of a secret: 0 (at once) or 7–30.
   * @default 30
   */
  readonly recoveryWindowInDays?: number;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: {
    readonly key?: EncryptionKeyArgs["transform"];
    readonly password?: Transform<random.RandomPasswordArgs>;
    readonly secret?: Transform<aws.secretsmanager.SecretArgs>;
    readonly version?: Transform<aws.secretsmanager.SecretVersionArgs>;
  };
}
