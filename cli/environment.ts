// The world an offline engine sees: a home, a state and a cloud of its own, and nothing of the user's accounts.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { preload, type StackPlaces, userCache } from "./places";

/** Settings of the user's that would lead an offline run to an account, a real state, or another engine; faults and accepted findings are asked for. */
const foreign = /^(PULUMI_|AWS_|ARCHIPELAGO_(?!(?:FAULTS|POLICY_EXCEPTIONS)$)|KUBECONFIG$|KUBE_)/;

/** Variables that stop Pulumi from prompting, downloading and checking for updates. */
const quiet = {
  PULUMI_SKIP_UPDATE_CHECK: "true",
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  // A provider on PATH would be the real one.
  PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
  // The gRPC of Node would send even loopback traffic to the user's proxy.
  no_grpc_proxy: "localhost,127.0.0.1",
  // Else the CLI suggests its assistant after a failure.
  PULUMI_SUPPRESS_NEO_LINK: "true",
};

/** Environment of an offline run of one stack. */
export function offlineEnvironment(home: string, places: StackPlaces, base = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(base).filter(([name]) => !foreign.test(name));
  return {
    ...Object.fromEntries(kept),
    ...quiet,
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: pathToFileURL(places.state).href,
    PULUMI_CONFIG_PASSPHRASE: passphrase(home),
    NODE_OPTIONS: nodeOptions(base.NODE_OPTIONS, preload),
    ARCHIPELAGO_OFFLINE: "1",
    ARCHIPELAGO_CLOUD: places.cloud,
    ARCHIPELAGO_CACHE: userCache(base),
    ...cluster(base),
  };
}

/** The user's own test cluster, when its context is named. */
function cluster({ KUBECONTEXT = "", KUBECONFIG = "" }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return KUBECONTEXT === "" ? {} : { ARCHIPELAGO_KUBECONTEXT: KUBECONTEXT, ARCHIPELAGO_KUBECONFIG: KUBECONFIG };
}

/** Options for each Node process of a run, behind those that the user has set. */
export function nodeOptions(own: string | undefined, words: readonly string[]): string {
  const quoted = words.map((word) => (/[\s"\\]/.test(word) ? `"${word.replace(/["\\]/g, "\\$&")}"` : word));
  return [...(own === undefined || own === "" ? [] : [own]), ...quoted].join(" ");
}

/** Environment of a run against a real account: the user's own, and nothing that could turn emulation on. */
export function realEnvironment(base = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(base).filter(([name]) => !/^ARCHIPELAGO_(?!POLICY_EXCEPTIONS$)/.test(name)));
}

/** Makes the folders of a stack. */
export function makeFolders(home: string, places: StackPlaces): void {
  for (const folder of [home, places.state, places.cloud, places.init]) mkdirSync(folder, { recursive: true });
}

/** A passphrase of this clone's own: it keeps what is secret unreadable in state, as with a real stack. */
function passphrase(home: string): string {
  const file = join(home, "passphrase");
  mkdirSync(home, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString("base64"), { mode: 0o600, flag: "wx" });
  return readFileSync(file, "utf8");
}
