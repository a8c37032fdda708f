// A name and a password in a Secret of their own. The engine makes the password once and keeps it encrypted in its state.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { createHash } from "node:crypto";
import { type Transform, transformed } from "../../kit";
import { type Labels, metadataOf, type Placement } from "./placement";

/** Letters and digits: fit for URLs, shells and configuration files. 40 of them are 238 bits. */
const LENGTH = 40;

/** The workload that gets a password. */
export interface CredentialRequest {
  readonly parent: pulumi.Resource;
  /** Name of the Secret (`messaging-order-user`). */
  readonly name: string;
  readonly placement: Placement;
  readonly labels: Labels;
  readonly username: string;
  readonly transform:
    | {
        readonly password?: Transform<random.RandomPasswordArgs>;
        readonly secret?: Transform<kubernetes.core.v1.SecretArgs>;
      }
    | undefined;
}

/** A Secret of the type `kubernetes.io/basic-auth`, with the keys `username` and `password`. */
export interface Credential {
  readonly password: random.RandomPassword;
  readonly secret: kubernetes.core.v1.Secret;
  /** Changes with the password and does not reveal it. */
  readonly revision: pulumi.Output<string>;
}

/** Creates a password and its Secret. */
export function createCredential(request: CredentialRequest): Credential {
  const { parent, name, placement, labels, username, transform } = request;
  const password = new random.RandomPassword(
    ...transformed<random.RandomPasswordArgs>(
      transform?.password,
      name,
      { length: LENGTH, special: false },
      { parent },
    ),
  );
  const secret = new kubernetes.core.v1.Secret(
    ...transformed<kubernetes.core.v1.SecretArgs>(
      transform?.secret,
      name,
      {
        metadata: metadataOf(placement, name, labels),
        type: "kubernetes.io/basic-auth",
        stringData: { username, password: password.result },
      },
      { parent },
    ),
  );
  const revision = pulumi.unsecret(
    password.result.apply((text) => createHash("sha256").update(text).digest("hex").slice(0, 10)),
  );
  return { password, secret, revision };
}
