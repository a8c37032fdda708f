// One cache for the services that declare it. Each signs in as itself and reaches what begins with its own name. There is no operator of Valkey
// that is old enough to trust (docs/decisions/0035-stores-on-kubernetes.md): Sentinel, which is a part of Valkey, chooses the primary.
import * as pulumi from "@pulumi/pulumi";
import { cacheKeyPrefix, InvalidInput, throwIfAny, unknownCacheUser } from "../../kit";
import { type Grant, inCluster, type Signal } from "../kit";
import type { CacheArgs, CacheOutputs } from "./args";
import { type CacheNodes, createNodes, hostOf } from "./children";
import { PORT } from "./config";
import { createUsers, type Users } from "./passwords";
import { nodeLabels, routeLabels } from "./pods";
import { resolveCache } from "./resolve";
import { cacheSignals } from "./signals";
import { validateCache } from "./validate";

const TYPE = "archipelago:kubernetes:Cache";
/** Path of the cache's CA certificate in a service's container. */
const CA_FILE = "/etc/archipelago/cache/ca.crt";

/**
 * Valkey as a StatefulSet: TLS only, a user a service, entries on volumes. With three nodes, Sentinel makes a replica the primary when that
 * fails, and HAProxy leads clients to it. It costs what its pods and volumes take of the cluster. Another `storage` or `storageClass`
 * replaces the StatefulSet; everything else changes in place, one node after the other.
 *
 * @example
 * new Cache("cache", { placement: { namespace: "shop-dev" }, users: ["order", "product"] }, { provider });
 */
export class Cache extends pulumi.ComponentResource implements CacheOutputs {
  readonly primaryEndpoint: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: CacheNodes & { readonly users: Users };

  constructor(
    private readonly name: string,
    private readonly args: CacheArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, inCluster(`${TYPE} "${name}"`, opts));
    throwIfAny(`${TYPE} "${name}"`, validateCache(name, args));
    const owner = { parent: this, name, args, resolved: resolveCache(args) };
    const users = createUsers(owner);
    this.nodes = { ...createNodes(owner, users), users };
    this.primaryEndpoint = hostOf(name, args);
    this.port = pulumi.output(PORT);
    this.signals = cacheSignals(name, owner.resolved.nodes);
    const { primaryEndpoint, port } = this;
    this.registerOutputs({ primaryEndpoint, port });
  }

  grantConnect(user: string): Grant {
    const { users, route, statefulSet, certificate } = this.nodes;
    const credential = users.services[user];
    if (!credential) throw new InvalidInput(`${TYPE} "${this.name}"`, [unknownCacheUser(user, this.args.users)]);
    const labels = route ? routeLabels(this.name) : nodeLabels(this.name);
    return {
      environment: {
        REDIS_HOST: this.primaryEndpoint,
        REDIS_PORT: String(PORT),
        REDIS_USERNAME: user,
        REDIS_TLS: "true",
        REDIS_KEY_PREFIX: cacheKeyPrefix(this.args.sharing?.[user] ?? user),
        REDIS_CA_FILE: CA_FILE,
      },
      secrets: {
        REDIS_PASSWORD: {
          secretName: credential.secret.metadata.name,
          key: "password",
          revision: credential.revision,
        },
      },
      files: { [CA_FILE]: { secretName: certificate.secretName, key: "ca.crt" } },
      reaches: [{ to: this.name, port: PORT, pods: { labels } }],
      startsAfter: [route ?? statefulSet],
    };
  }
}
