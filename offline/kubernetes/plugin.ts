// The first half of the offline Kubernetes plugin: `plugin <process id>` makes cluster and provider ready, and prints the command line that the
// process of that id continues with.
import { dirname, join } from "node:path";
import { homedir } from "node:os";
import { Api } from "./api";
import type { BuildPlace } from "../go-build";
import { ensureCluster } from "./cluster";
import { installOperators, operatorNames } from "./crds";
import { ownCluster } from "./own-cluster";
import { findProvider } from "./provider";

async function main([user = ""]: readonly string[]): Promise<void> {
  const { environment, work, cache } = places();
  const say = (line: string): void => {
    process.stderr.write(`offline: ${line}\n`);
  };
  const place: BuildPlace = { cache, say, environment };
  const file = await findProvider(place, environment.ARCHIPELAGO_CLI ?? "");
  const context = environment.ARCHIPELAGO_KUBECONTEXT ?? "";
  const { kubeconfig, host } =
    context === ""
      ? { kubeconfig: await localCluster(place, work, Number(user)), host: "" }
      : ownCluster(context, userKubeconfig(environment), join(work, "context", "kubeconfig"));
  const set = {
    KUBECONFIG: kubeconfig,
    // A program may name a file below the home folder, or a cluster elsewhere: an offline run finds neither.
    HOME: join(work, "nobody"),
    ...Object.fromEntries(PROXIES.flatMap((name) => [name, name.toLowerCase()]).map((name) => [name, "http://127.0.0.1:1"])),
    ...Object.fromEntries(["NO_PROXY", "no_proxy"].map((name) => [name, ["127.0.0.1", "localhost", host].filter(Boolean).join(",")])),
  };
  const words = Object.entries(set).map(([name, value]) => `${name}=${quoted(value)}`);
  process.stdout.write(`${[...words, quoted(file)].join(" ")}\n`);
} // prettier-ignore

async function localCluster(place: BuildPlace, work: string, user: number): Promise<string> {
  const folder = await ensureCluster({ ...place, folder: join(work, "kubernetes"), user });
  const operators = operatorNames(place.environment.ARCHIPELAGO_OPERATORS ?? "");
  if (operators.length > 0) await installOperators(new Api(folder.access()), operators, place);
  return folder.kubeconfig;
}

const PROXIES = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];

/** Folders of this run, by what its environment says. */
function places(): { readonly environment: NodeJS.ProcessEnv; readonly work: string; readonly cache: string } {
  const { env } = process;
  if (env.ARCHIPELAGO_OFFLINE !== "1")
    throw new Error("this plugin serves offline runs only: use `make up STACK=local` or `make preview OFFLINE=1`");
  const { ARCHIPELAGO_CLOUD: cloud = "", ARCHIPELAGO_CACHE: cache = "" } = env;
  if (cloud === "" || cache === "") throw new Error("ARCHIPELAGO_CLOUD and ARCHIPELAGO_CACHE must name folders");
  return { environment: env, work: dirname(cloud), cache };
}

function userKubeconfig({ ARCHIPELAGO_KUBECONFIG = "" }: NodeJS.ProcessEnv): string {
  return ARCHIPELAGO_KUBECONFIG === "" ? join(homedir(), ".kube", "config") : ARCHIPELAGO_KUBECONFIG;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`offline: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
