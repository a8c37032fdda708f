// `archipelago new-service`. Each step is a process of its own, because the sources differ before and after it.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { differenceOf } from "../new-service/difference";
import { labelsOf } from "../new-service/labels";
import { reviewLines } from "../new-service/show";
import { allOrNothing } from "../new-service/all-or-nothing";
import type { Mode, Snapshot } from "../new-service/snapshot";
import { programOf, project } from "../places";
import { programOfProject } from "../project-systems";
import { collect, Explained, hand } from "../process";
import { sayer, whileShowing } from "../say";

/** Everything that a new service may change. */
function written(): readonly string[] {
  const systems = join(relative(project, programOfProject(project).folder), "systems");
  const stacks = readdirSync(project).filter((name) => /^Pulumi\..+\.yaml$/.test(name));
  return [systems, "tests/infra/systems", "docs/pictures", "docs/catalog", "README.md", ...stacks];
}

/** `make new-service NAME=review`: writes nothing when anything is wrong with what was asked, then shows what comes with it. */
export async function newService(): Promise<number> {
  const wrong = await hand({ ...programOf("cli/new-service/edit", ["check"]), cwd: project });
  if (wrong !== 0) return wrong;
  const stack = process.env.STACK === undefined || process.env.STACK === "" ? "local" : process.env.STACK;
  const folder = mkdtempSync(join(tmpdir(), "archipelago-"));
  sayer(false)("adding the service, which usually takes half a minute");
  let step = `building ${stack} as it is`;
  return whileShowing(
    (elapsed) => `${step} (${elapsed})`,
    () =>
      add(stack, folder, (next) => {
        step = next;
      }),
  );
}

async function add(stack: string, folder: string, now: (step: string) => void): Promise<number> {
  try {
    // Taken first: a stack that can't be built as it is gets no service.
    const before = await snapshotOf(stack, join(folder, "before.json"), ["preview"]);
    // Output is printed at the end, so that it never names files that were restored.
    const lines = await allOrNothing(project, written(), async () => {
      const edited = await edit();
      // A preview does not show it: the API's document holds values that are not known before the deployment.
      const [, entrance] = /^ {2}entrance (\S+) gets a route/m.exec(edited.join("\n")) ?? [];
      now("drawing pictures and catalogues");
      const drawn = await drawAgain();
      now(`building ${stack} with the new service`);
      const { preview = [], up = [] } = await snapshotOf(stack, join(folder, "after.json"), ["preview", "up"]);
      return [
        ...edited,
        ...drawn,
        "",
        ...reviewLines(stack, differenceOf(before.preview ?? [], preview, up), labelsOf(up), entrance),
      ];
    });
    process.stdout.write(`${lines.join("\n")}\n`);
    return 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Writes the edits; the lines say which. */
async function edit(): Promise<readonly string[]> {
  const { code, stdout, stderr } = await collect({ ...programOf("cli/new-service/edit", ["write"]), cwd: project });
  if (code !== 0) throw new Explained(stderr.trim());
  return stdout.trimEnd().split("\n");
}

/** The checked-in pictures and catalogues show the new service too; the lines say which have changed. */
async function drawAgain(): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const step of ["diagram", "catalog"]) {
    const { code, stdout, stderr } = await collect({
      ...programOf("cli/main", [step]),
      cwd: project,
      env: { ...process.env, STACK: "" },
    });
    if (code !== 0) throw new Explained(`make ${step} fails with the new service:\n${stdout}${stderr}`);
    for (const [, path = ""] of stdout.matchAll(/^(.*): written$/gm)) changed.push(`  ${path}, made again`);
  }
  return changed;
}

/** The stack as the files of this moment describe it. */
async function snapshotOf(stack: string, file: string, modes: readonly Mode[]): Promise<Snapshot> {
  const { code, stdout, stderr } = await collect({
    ...programOf("cli/new-service/snapshot", [stack, file, ...modes]),
    cwd: project,
  });
  if (code !== 0) throw new Explained(`${stack} can't be built from the files as they are now:\n${stdout}${stderr}`);
  return JSON.parse(readFileSync(file, "utf8")) as Snapshot;
}
