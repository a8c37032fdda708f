import type * as kubernetes from "@pulumi/kubernetes";
import type * as random from "@pulumi/random";
import type { Transform } from "../../kit";
import type { Placement } from "../kit";

/** Arguments of {@link GeneratedSecrets}. */
export interface GeneratedSecretsArgs {
  /** Namespace of the Secret, and labels. */
  readonly placement: Placement;
  /** By the variable that its reader has: characters, 16 to 4096. */
  readonly secrets: Readonly<Record<string, { readonly length: number }>>;
  /** @default every child as described */
  readonly transform?: {
    readonly password?: Transform<random.RandomPasswordArgs>;
    readonly secret?: Transform<kubernetes.core.v1.SecretArgs>;
  };
}
