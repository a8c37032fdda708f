// Python packages for specs: pinned, in the user's cache, so that every clone installs them once.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { userCache } from "../../../cli/places";
import { collect } from "../../../cli/process";

/** A Python with packages, or what is missing for it and what to do about that. */
export type Python = { readonly python: string } | { readonly missing: string };

const INSTALL = 240_000;

/** Installs a requirements file's packages, unless they are there. */
export async function pythonWith(requirements: string): Promise<Python> {
  const text = readFileSync(requirements);
  const folder = join(userCache(), `python-${createHash("sha256").update(text).digest("hex").slice(0, 12)}`);
  if (!existsSync(folder)) {
    const found = await collect({
      file: "python3",
      args: ["-c", "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))"],
    });
    if (found.code !== 0) {
      return { missing: "python3, 3.10 or later, with venv and pip (Debian: apt-get install python3-venv)" };
    }
    mkdirSync(userCache(), { recursive: true });
    const draft = mkdtempSync(`${folder}-`);
    try {
      const problem = await install(draft, requirements);
      if (problem !== undefined)
        return { missing: `the packages of ${requirements}, which pip did not get: ${problem}` };
      put(draft, folder);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }
  return { python: join(folder, "bin", "python") };
}

/** @returns the last words of whichever step failed */
async function install(folder: string, requirements: string): Promise<string | undefined> {
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", requirements];
  for (const [file, args] of [
    ["python3", ["-m", "venv", folder]],
    [join(folder, "bin", "python"), pip],
  ] as const) {
    const { code, stdout, stderr } = await collect({ file, args, timeout: INSTALL });
    if (code !== 0) return `${stderr}${stdout}`.trim().split("\n").at(-1) ?? `status ${code}`;
  }
  return undefined;
}

/** What another run has put there meanwhile is as good. Python finds its packages beside itself, wherever that is. */
function put(draft: string, folder: string): void {
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}
