// One stack against a real account: the user's own CLI, home, state and credentials, with nothing of ours between.
import { gte } from "semver";
import { EngineStack } from "./engine-stack";
import { readableText } from "./offline-stack";
import { languageHostBeside, type Machine, thisMachine } from "./find-cli";
import { realEnvironment } from "./environment";
import { versions } from "./versions";
import { project } from "./places";
import { Explained, onPath } from "./process";

/** Opens a stack of the user's own Pulumi, after a look that the official CLI is there. */
export async function openReal(stack: string): Promise<EngineStack> {
  readableText(project, stack);
  const cli = await ownCli(thisMachine(() => undefined));
  return new EngineStack({ stack, cli, project, environment: realEnvironment() });
}

/** The user's own CLI: a build without its own language host is good enough offline, but not for an account. */
export async function ownCli(machine: Pick<Machine, "own" | "version">, hostOf = nodeHostOf): Promise<string> {
  const [path] = machine.own();
  const version = path === undefined ? undefined : await machine.version(path);
  if (path !== undefined && version !== undefined && gte(version, versions.minimumCli) && hostOf(path)) return path;
  const found =
    path === undefined
      ? "there is none on PATH"
      : version === undefined
        ? `${path} does not run`
        : hostOf(path)
          ? `${path} is ${version}`
          : `${path} has no Node language host beside it`;
  throw new Explained(
    [
      `A stack of a real account needs the official Pulumi CLI, ${versions.minimumCli} or later, on PATH: ${found}.`,
      "Install it (https://www.pulumi.com/docs/install/), or add OFFLINE=1 to run the same configuration with no account.",
    ].join("\n"),
  );
}

function nodeHostOf(cli: string): boolean {
  return languageHostBeside(cli) !== undefined || onPath("pulumi-language-nodejs", process.env.PATH).length > 0;
}
