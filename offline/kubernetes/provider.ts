// Which program is the Pulumi Kubernetes provider: the user's own plugin, one from the user's cache, the official one, else one built from its module.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { buildPart, type BuildPlace, NotBuilt, partFolder } from "../go-build";
import { provider } from "./parts";

const program = "pulumi-resource-kubernetes";
const site = "https://get.pulumi.com/";
const answerMilliseconds = 10_000;
const installMilliseconds = 300_000;

/** A provider that is here already, and where it came from. */
export function presentProvider(cache: string, home = homedir()): { readonly file: string; readonly from: string } | undefined {
  const plugin = `resource-kubernetes-v${provider.version}`;
  const places = [
    { file: join(home, ".pulumi", "plugins", plugin, program), from: "the user's plugins" },
    { file: join(cache, "pulumi-home", "plugins", plugin, program), from: "the official site" },
    { file: join(partFolder(cache, provider), program), from: "its Go module" },
  ];
  return places.find(({ file }) => existsSync(file));
} // prettier-ignore

/**
 * Finds the provider, or gets it.
 *
 * @param cli the Pulumi CLI, which installs the official plugin
 * @throws NotBuilt with the reasons, when none of the ways leads to a provider
 */
export async function findProvider(place: BuildPlace, cli: string): Promise<string> {
  const present = presentProvider(place.cache);
  if (present !== undefined) return present.file;
  const refused = await install(place, cli);
  const installed = presentProvider(place.cache);
  if (installed !== undefined) return installed.file;
  place.say(`the official Kubernetes plugin is not to be had here: ${refused}`);
  try {
    return join(await buildPart(provider, place), program);
  } catch (error) {
    if (!(error instanceof NotBuilt)) throw error;
    throw new NotBuilt(waysOut(refused, error.message));
  }
}

/** What a person reads where neither the official plugin nor Go is to be had. */
export function waysOut(install: string, build: string): string {
  return [
    "There is no Pulumi Kubernetes provider here, and it could not be got in either of the two ways:",
    `  1. install: ${install}`,
    `  2. build: ${build}`,
    "One of these helps:",
    `  1. pulumi plugin install resource kubernetes ${provider.version}`,
    "  2. install Go 1.26 or later (https://go.dev/doc/install) with a module proxy within reach: the provider and the control plane are then",
    "     built once, in 10 to 15 minutes on two idle cores. With the official plugin and a test cluster of your own, KUBECONTEXT=kind-test, nothing is built",
  ].join("\n");
}

/** Lets the CLI install the official plugin into the user's cache. Returns why it could not. */
async function install({ cache, say, environment }: BuildPlace, cli: string): Promise<string> {
  if (cli === "") return "there is no Pulumi CLI that could install it";
  say(`looking for the official Kubernetes plugin ${provider.version} (10 s at most)`);
  try {
    await fetch(site, { method: "HEAD", signal: AbortSignal.timeout(answerMilliseconds) });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return `${new URL(site).host} does not answer (${cause instanceof Error ? cause.message : String(cause)})`;
  }
  const args = ["plugin", "install", "resource", "kubernetes", provider.version];
  const env = { ...environment, PULUMI_HOME: join(cache, "pulumi-home"), PULUMI_SKIP_UPDATE_CHECK: "true" };
  const { status, stderr } = spawnSync(cli, args, { env, encoding: "utf8", timeout: installMilliseconds });
  return `\`pulumi ${args.join(" ")}\` ended with status ${status ?? "none"}: ${stderr.trim().split("\n").at(-1) ?? ""}`;
}
