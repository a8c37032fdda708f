// The passwords of a cache, and the Secrets that they are in.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { createHash } from "node:crypto";
import { transformed } from "../../kit";
import { createCredential, type Credential, metadataOf } from "../kit";
import type { CacheArgs } from "./args";
import { nodeLabels } from "./pods";
import type { ResolvedCache } from "./resolve";
import { INTERNAL_USERS, type InternalUser, userFile } from "./users";

/** The component that owns the children: its name, and the options that they take from it. */
export interface Owner {
  readonly parent: pulumi.ComponentResource;
  readonly name: string;
  readonly args: CacheArgs;
  readonly resolved: ResolvedCache;
}

/** Passwords and what is made of them. */
export interface Users {
  /** By the service's name. */
  readonly services: Readonly<Record<string, Credential>>;
  readonly passwords: Readonly<Record<InternalUser, random.RandomPassword>>;
  /** Passwords of the cache's own users. */
  readonly internal: kubernetes.core.v1.Secret;
  /** The file of users. */
  readonly file: kubernetes.core.v1.Secret;
  /** Changes with the file. */
  readonly revision: pulumi.Output<string>;
}

/** A short text that changes with another. */
export const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 10);

function secretOf(
  { parent, name, args }: Owner,
  role: string,
  stringData: pulumi.Input<Record<string, pulumi.Input<string>>>,
) {
  return new kubernetes.core.v1.Secret(
    ...transformed<kubernetes.core.v1.SecretArgs>(
      args.transform?.secret,
      `${name}-${role}`,
      { metadata: metadataOf(args.placement, `${name}-${role}`, nodeLabels(name)), stringData },
      { parent },
    ),
  );
}

/** Creates the users of a cache. */
export function createUsers(owner: Owner): Users {
  const { parent, name, args, resolved } = owner;
  const { placement, transform } = args;
  const labels = nodeLabels(name);
  const services = Object.fromEntries(
    resolved.users.map((user) => [
      user,
      createCredential({ parent, name: `${name}-${user}-user`, placement, labels, username: user, transform }),
    ]),
  );
  const passwords = Object.fromEntries(
    Object.keys(INTERNAL_USERS).map((user) => [
      user,
      new random.RandomPassword(
        ...transformed<random.RandomPasswordArgs>(
          transform?.password,
          `${name}-internal${user.replace("_", "-")}`,
          { length: 40, special: false },
          { parent },
        ),
      ),
    ]),
  ) as Record<InternalUser, random.RandomPassword>;
  const own = Object.fromEntries(Object.entries(services).map(([user, { password }]) => [user, password.result]));
  const { _health, _replica, _sentinel, _reload } = passwords;
  const internal = {
    _health: _health.result,
    _replica: _replica.result,
    _sentinel: _sentinel.result,
    _reload: _reload.result,
  };
  const text = pulumi.all([own, internal]).apply(([known, ours]) => userFile(known, ours, args.sharing));
  return {
    services,
    passwords,
    internal: secretOf(owner, "internal", internal),
    file: secretOf(owner, "users", { "users.acl": text }),
    // A digest of digests of passwords; it does not reveal a password.
    revision: pulumi.unsecret(text.apply(digest)),
  };
}
