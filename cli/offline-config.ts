// The configuration an offline run reads: the tracked file as it is now, made readable without the stack's real keys.
import { dump, load } from "js-yaml";

/** Offline value of encrypted settings: only the real stack's key decrypts them. */
export const standIn = "offline";

export interface ConfigCopy {
  /** YAML for the engine. */
  readonly text: string;
  /** Configuration keys whose encrypted values were replaced by {@link standIn}. */
  readonly replaced: readonly string[];
}

/** The keys which tie a stack file to where its secrets are encrypted, or to a service that is not there offline. */
const realKeys: ReadonlySet<string> = new Set(["encryptionsalt", "encryptedkey", "secretsprovider", "environment"]);

/** The offline cluster. */
export interface OfflineCluster {
  readonly kubeconfig: string;
  readonly context: string;
}

/** Names of the classes that the offline cluster has: those of a real one are not there. */
function offlineClasses(config: Record<string, unknown>): Record<string, string> {
  const implementation = config["archipelago:gatewayImplementation"];
  const gatewayClass = typeof implementation === "string" ? `offline-${implementation}` : "offline";
  return { gatewayClass, clusterIssuer: "offline" };
}

/** The targets whose pods run in a cluster. */
const IN_CLUSTER: readonly unknown[] = ["kubernetes", "eks"];

/** The target that a stack's configuration names. */
function targetIn(tracked: string): unknown {
  const document = asRecord(load(tracked) ?? {});
  return asRecord(document.config ?? {})["archipelago:target"];
}

/** Whether a stack's configuration names a target whose pods run in a cluster. */
export function isOnKubernetes(tracked: string): boolean {
  return IN_CLUSTER.includes(targetIn(tracked));
}

/** Whether a stack's configuration names the target eks. */
export function isOnEks(tracked: string): boolean {
  return targetIn(tracked) === "eks";
}

/**
 * Copies a stack's configuration with an encryption salt of its own.
 * @param tracked text of Pulumi.<stack>.yaml; empty when the stack has none
 * @param salt the offline stack's salt
 * @param cluster takes the place of the cluster that a stack on Kubernetes names; left out, that one stays
 */
export function offlineConfig(tracked: string, salt: string, cluster?: OfflineCluster): ConfigCopy {
  const document = asRecord(load(tracked) ?? {});
  const replaced: string[] = [];
  const given = asRecord(document.config ?? {});
  const config = Object.entries(cluster && isOnKubernetes(tracked) ? inCluster(given, cluster) : given).map(
    ([key, value]) => {
      const readable = withoutSecrets(value);
      if (readable.changed) replaced.push(key);
      return [key, readable.value] as const;
    },
  );
  const kept = Object.entries(document).filter(([key]) => !realKeys.has(key) && key !== "config");
  const copy = { ...Object.fromEntries(kept), config: Object.fromEntries(config), encryptionsalt: salt };
  return { text: dump(copy, { lineWidth: -1 }), replaced };
}

/** Configuration that leads to the offline cluster, whatever cluster it names. */
function inCluster(config: Record<string, unknown>, cluster: OfflineCluster): Record<string, unknown> {
  const own = Object.entries(offlineClasses(config)).filter(([key]) => `archipelago:${key}` in config);
  // No operator runs there: what it would make ready never is.
  // On EKS the cluster is emulated, and the one of this machine stands for it.
  const onEks = config["archipelago:target"] === "eks";
  const set = { ...cluster, ...(!onEks && { waitForStores: false }), ...Object.fromEntries(own) };
  const unset = ["archipelago:clusterId", "archipelago:storageClass"];
  return {
    ...Object.fromEntries(Object.entries(config).filter(([key]) => !unset.includes(key))),
    ...Object.fromEntries(Object.entries(set).map(([key, value]) => [`archipelago:${key}`, value])),
  };
}

/** The salt that the engine wrote when it made the stack. */
export function saltOf(text: string): string | undefined {
  const salt = asRecord(load(text) ?? {}).encryptionsalt;
  return typeof salt === "string" ? salt : undefined;
}

function withoutSecrets(value: unknown): { readonly value: unknown; readonly changed: boolean } {
  if (Array.isArray(value)) {
    const items = value.map(withoutSecrets);
    return { value: items.map((item) => item.value), changed: items.some((item) => item.changed) };
  }
  if (typeof value !== "object" || value === null) return { value, changed: false };
  const fields = Object.entries(value);
  if (fields.length === 1 && fields[0]?.[0] === "secure") return { value: standIn, changed: true };
  const inner = fields.map(([key, field]) => [key, withoutSecrets(field)] as const);
  return {
    value: Object.fromEntries(inner.map(([key, field]) => [key, field.value])),
    changed: inner.some(([, field]) => field.changed),
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
