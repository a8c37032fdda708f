// One stack on the real engine with no cloud: what the verbs run on, and what engine specs open.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { readStackYaml } from "./stack-yaml";
import type { StackState } from "../offline/state/stack-state";
import { isOnEks, isOnKubernetes, offlineConfig, type OfflineCluster, saltOf, standIn } from "./offline-config";
import { type EngineSetup, EngineStack } from "./engine-stack";
import { findCli, languageHostBeside, sourceOf, thisMachine } from "./find-cli";
import { makeFolders, offlineEnvironment } from "./environment";
import { removeDeadLocks } from "./locks";
import { serveState } from "./state";
import { project as here, type StackPlaces, stackPlaces, work } from "./places";
import { installPlugins } from "./plugins";
import { collect, Explained } from "./process";
import { duration, type Say, timed } from "./say";

/** Which stack, and where it is kept. */
export interface OfflineOptions {
  readonly stack: string;
  /**
   * Folder with Pulumi.yaml.
   * @default the one of the working directory
   */
  readonly project?: string;
  /**
   * Folder for home, state and the emulated cloud.
   * @default `.archipelago` in it
   */
  readonly work?: string;
  /**
   * Text of the stack's configuration.
   * @default what the project's Pulumi.<stack>.yaml holds
   */
  readonly config?: string;
  /**
   * Gets the progress lines.
   * @default no progress lines
   */
  readonly say?: Say;
}

/** An offline stack that is ready to run, and where its files are. */
export class OfflineStack extends EngineStack {
  constructor(
    setup: EngineSetup,
    readonly places: StackPlaces,
    readonly state: StackState,
  ) {
    super(setup);
  }
}

/** Gets everything ready that an offline run of a stack needs: CLI, plugins, state and configuration. */
export async function openOffline(options: OfflineOptions): Promise<OfflineStack> {
  const { stack, project = here, work: folder = work, say = () => undefined } = options;
  const tracked = options.config ?? readableText(project, stack);
  const home = join(folder, "home");
  const places = stackPlaces(folder, stack);
  makeFolders(home, places);
  const start = performance.now();
  const cli = await findCli(thisMachine(say), say);
  const host = languageHostBeside(cli.path) === undefined ? "this project's language host" : "its own language host";
  say(`Pulumi ${cli.version} from ${sourceOf(cli)}, with ${host} (${duration(performance.now() - start)})`);
  const written = installPlugins(home, project);
  if (written > 0) say(`installed ${written} plugins in ${basename(folder)}/home`);
  for (const pid of removeDeadLocks(places.state)) say(`removed the lock that process ${pid} left when it was killed`);
  const environment = {
    ...offlineEnvironment(home, places),
    ARCHIPELAGO_CLI: cli.path,
    ...(isOnKubernetes(tracked) && { ARCHIPELAGO_OPERATORS: operatorsOf(tracked).join(",") }),
  };
  const name = projectName(project);
  const salt = await ensureStack({ stack, cli: cli.path, project, environment }, { places, name }, say);
  const state = await serveState(places, { project: name, stack, engine: `v${cli.version}` }, say);
  const { text, replaced } = offlineConfig(tracked, salt, clusterOf(folder));
  if (replaced.length > 0) {
    say(
      `only the real stack can open the secrets of Pulumi.${stack}.yaml; "${standIn}" stands for: ${replaced.join(", ")}`,
    );
  }
  writeFileSync(places.config, text);
  const served = { ...environment, ...state.environment };
  const setup = { stack, cli: cli.path, project, environment: served, configFile: places.config };
  return new OfflineStack(setup, places, state.files);
}

/** Operators whose objects the targets make: on EKS the controllers of Auto Mode only. */
const operators = [
  "gateway-api",
  "envoy-gateway",
  "cert-manager",
  "cloudnative-pg",
  "rabbitmq-cluster",
  "keda",
  "prometheus-operator",
] as const;
const operatorsOf = (tracked: string): readonly string[] => (isOnEks(tracked) ? ["eks-auto-mode"] : operators);

/** Where offline/kubernetes/plugin.ts puts the kubeconfig: of the cluster that it starts, or of the user's own test cluster. */
function clusterOf(folder: string, { KUBECONTEXT = "" } = process.env): OfflineCluster {
  return KUBECONTEXT === ""
    ? { kubeconfig: join(folder, "kubernetes", "kubeconfig"), context: "archipelago" }
    : { kubeconfig: join(folder, "context", "kubeconfig"), context: KUBECONTEXT };
}

/**
 * Makes the stack in its state when it is not there yet. The engine writes the salt of the stack's secrets into the project's
 * stack file; it does so in a project folder of our own, so that no tracked file changes.
 */
async function ensureStack(
  { stack, cli, environment }: EngineSetup,
  { places, name }: { readonly places: StackPlaces; readonly name: string },
  say: Say,
): Promise<string> {
  const file = join(places.init, `Pulumi.${stack}.yaml`);
  const checkpoint = join(places.state, ".pulumi", "stacks", name, `${stack}.json`);
  if (!existsSync(checkpoint)) {
    writeFileSync(join(places.init, "Pulumi.yaml"), `name: ${name}\nruntime: nodejs\n`);
    rmSync(file, { force: true });
    await timed(say, `made the stack ${stack}`, async () => {
      const args = ["stack", "init", stack, "--non-interactive"];
      const { code, stderr } = await collect({ file: cli, args, cwd: places.init, env: environment });
      if (code !== 0) throw new Explained(`The stack ${stack} could not be made:\n${stderr.trim()}`);
    });
  }
  const salt = saltOf(readIfThere(file));
  if (salt === undefined) {
    throw new Explained(
      `The offline stack ${stack} has lost its encryption salt (${file}): \`make clean\`, then try again`,
    );
  }
  return salt;
}

/** The name in Pulumi.yaml. */
function projectName(project: string): string {
  const name = /^name:\s*(\S+)/m.exec(readFileSync(join(project, "Pulumi.yaml"), "utf8"))?.[1];
  if (name === undefined) throw new Explained("Pulumi.yaml has no name");
  return name;
}

/**
 * The text of a stack's file; empty when there is none.
 *
 * @throws Explained with the line, when it is no YAML
 */
export function readableText(project: string, stack: string): string {
  const name = `Pulumi.${stack}.yaml`;
  const file = join(project, name);
  if (!existsSync(file)) return "";
  const read = readStackYaml(readFileSync(file));
  if (!("unreadable" in read)) return readFileSync(file, "utf8");
  const { line, text, what, remedy } = read.unreadable;
  const where = line === undefined ? name : `${name}, line ${line}`;
  throw new Explained(`${where}: ${text}\n  this is ${what}\n  to do: ${remedy}`);
}

function readIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
