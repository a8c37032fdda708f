// A test cluster of the user's own, by the name of its context: never guessed, and never one that is somewhere else.
import { dump, load } from "js-yaml";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";

interface Named {
  readonly name: string;
}
interface Kubeconfig {
  readonly clusters?: readonly (Named & { readonly cluster: Record<string, unknown> })[];
  readonly users?: readonly (Named & { readonly user: Record<string, unknown> })[];
  readonly contexts?: readonly (Named & { readonly context: { readonly cluster: string; readonly user: string } })[];
}

/** A context that can't be used; the message says why and what to do. */
export class ContextRefused extends Error {}

/** Addresses at which kind and k3d serve; minikube's is that of its virtual machine, in a private network. */
const HERE = /^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1\])$/;
const MINIKUBE = /^(?:192\.168|10\.\d+|172\.(?:1[6-9]|2\d|3[01]))\.\d+\.\d+$/;

export interface OwnCluster {
  /** A kubeconfig with this context and nothing else. */
  readonly kubeconfig: string;
  /** Host of the API server. */
  readonly host: string;
}

/**
 * Takes one context out of the user's kubeconfig, which itself stays as it is.
 *
 * @param context name of the context, such as `kind-test`
 * @param file the user's kubeconfig
 * @param target the file for the copy
 * @throws ContextRefused when the context is not there, or its cluster is not on this machine
 */
export function ownCluster(context: string, file: string, target: string): OwnCluster {
  if (!existsSync(file)) throw new ContextRefused(`KUBECONTEXT is "${context}", and there is no kubeconfig at ${file}`);
  const config = (load(readFileSync(file, "utf8")) ?? {}) as Kubeconfig;
  const found = config.contexts?.find(({ name }) => name === context);
  const cluster = config.clusters?.find(({ name }) => name === found?.context.cluster);
  const user = config.users?.find(({ name }) => name === found?.context.user);
  if (found === undefined || cluster === undefined || user === undefined) {
    const names = (config.contexts ?? []).map(({ name }) => name).join(", ");
    throw new ContextRefused(`KUBECONTEXT is "${context}": ${file} has ${names === "" ? "no context" : names}`);
  }
  const host = hostOf(text(cluster.cluster.server));
  if (!HERE.test(host) && !(context.startsWith("minikube") && MINIKUBE.test(host)))
    throw new ContextRefused(
      `KUBECONTEXT is "${context}": its API server is at "${host}", not on this machine. An offline run makes and deletes ` +
        "whatever the program says, so it takes a test cluster of kind, k3d or minikube only",
    );
  const absolute = (parts: Record<string, unknown>): Record<string, unknown> => withAbsolutePaths(parts, dirname(file));
  const copy = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ ...cluster, cluster: absolute(cluster.cluster) }],
    users: [{ ...user, user: absolute(user.user) }],
    contexts: [found],
    "current-context": context,
  };
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  writeFileSync(target, dump(copy), { mode: 0o600 });
  return { kubeconfig: target, host };
}

/** Paths in a kubeconfig are relative to its own folder. */
function withAbsolutePaths(parts: Record<string, unknown>, folder: string): Record<string, unknown> {
  const paths = new Set(["certificate-authority", "client-certificate", "client-key", "tokenFile"]);
  return Object.fromEntries(
    Object.entries(parts).map(([key, value]) => {
      const moved = paths.has(key) && typeof value === "string" && !isAbsolute(value);
      return [key, moved ? join(folder, value) : value];
    }),
  );
}

function hostOf(server: string): string {
  try {
    return new URL(server).hostname;
  } catch {
    return server;
  }
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
