// The base revision of a review: its files beside the clone, brought up offline in a state of their own.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openOffline } from "../offline-stack";
import { project } from "../places";
import { packageRoot } from "../plugins";
import { collect, Explained } from "../process";
import { messageLines } from "../report";
import { RunRecord } from "../run-record";
import { type Say, timed, whileShowing } from "../say";

/**
 * Brings a commit's stack up offline, on the emulated providers of this clone; what was brought up before is used again.
 * @returns the work folder that holds its state and its cloud
 */
export async function bringUp(commit: string, stack: string, reviews: string, say: Say): Promise<string> {
  forgetOthers(reviews, commit);
  const folder = join(reviews, commit);
  const source = await filesOf(commit, folder);
  const done = join(folder, `${stack}.is-up`);
  if (existsSync(done)) return folder;
  // A broken attempt has left a state that is not the base's.
  rmSync(join(folder, "stacks", stack), { recursive: true, force: true });
  const opened = await openOffline({ stack, project: source, work: folder });
  await timed(say, `brought ${stack} of ${commit.slice(0, 8)} up in a state of its own`, async () => {
    const record = new RunRecord();
    const run = await whileShowing(
      (elapsed) => `offline: bringing ${stack} of ${commit.slice(0, 8)} up: ${record.progress} (${elapsed})`,
      () => opened.run("up", ["--yes", "--skip-preview", "--suppress-outputs"], { quiet: true, record }),
    );
    if (run.code !== 0)
      throw new Explained(
        [
          `${stack} of ${commit.slice(0, 8)} does not come up offline, so nothing can be compared with it:`,
          ...(messageLines(record).length > 0 ? messageLines(record) : [`${run.stdout}${run.stderr}`.trim()]),
          "Take another BASE: a revision that comes up with `make up OFFLINE=1`.",
        ].join("\n"),
      );
  });
  writeFileSync(done, "");
  return folder;
}

/** The commit that a revision names. */
export async function commitOf(revision: string): Promise<string> {
  const { code, stdout } = await git("rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`);
  if (code !== 0) throw new Explained(`BASE is "${revision}", which is no revision of this repository: see git log.`);
  return stdout.trim().split("\n").at(-1) ?? "";
}

/** Whether a commit has a stack's file. */
export async function has(commit: string, stack: string): Promise<boolean> {
  return (await git("ls-tree", "--name-only", commit, "--", `Pulumi.${stack}.yaml`)).stdout !== "";
}

/** The files of a revision; packages are those of the clone. */
async function filesOf(commit: string, folder: string): Promise<string> {
  const source = join(folder, "source");
  if (existsSync(source)) return source;
  const [draft, archive] = [`${source}.draft`, `${source}.tar`];
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const packed = await git("archive", "--format=tar", `--output=${archive}`, commit);
  if (packed.code !== 0) throw new Explained(`The files of ${commit} can't be read:\n${packed.stderr.trim()}`);
  const unpacked = await collect({ file: "tar", args: ["-xf", archive, "-C", draft], cwd: folder, env: process.env });
  if (unpacked.code !== 0) throw new Explained(`The files of ${commit} can't be unpacked:\n${unpacked.stderr.trim()}`);
  rmSync(archive);
  symlinkSync(join(packageRoot(project), "node_modules"), join(draft, "node_modules"));
  renameSync(draft, source);
  return source;
}

/** One base is kept: the next review is most often against the same. */
function forgetOthers(reviews: string, commit: string): void {
  mkdirSync(reviews, { recursive: true });
  for (const name of readdirSync(reviews)) {
    if (name !== commit) rmSync(join(reviews, name), { recursive: true, force: true });
  }
}

function git(...args: readonly string[]) {
  return collect({ file: "git", args, cwd: project, env: process.env });
}
