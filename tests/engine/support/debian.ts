// Servers from Debian's archive, unpacked in the user's cache: nothing is installed, and no rights are needed. Without apt they can't be had.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { userCache } from "../../../cli/places";
import { collect } from "../../../cli/process";

const FETCH = 240_000;

/** The folder that packages are unpacked in, or what is missing for that and what to do about it. */
export type Unpacked = { readonly folder: string } | { readonly missing: string };

/** Unpacks packages of the machine's own release of Debian, unless they are there. Their dependencies must be among them. */
export async function debianPackages(names: readonly string[]): Promise<Unpacked> {
  const key = createHash("sha256").update(names.join(" ")).digest("hex").slice(0, 12);
  const folder = join(userCache(), `debian-${key}`);
  if (existsSync(folder)) return { folder };
  if ((await collect({ file: "apt-get", args: ["--version"] })).code !== 0) {
    return { missing: `apt-get, which fetches ${names.join(", ")}: run this on Debian` };
  }
  mkdirSync(userCache(), { recursive: true });
  const draft = mkdtempSync(`${folder}-`);
  try {
    const problem = await fetched(draft, names);
    if (problem !== undefined) return { missing: `packages of Debian (${names.join(", ")}): ${problem}` };
    const root = join(draft, "root");
    for (const file of readdirSync(draft).filter((each) => each.endsWith(".deb"))) {
      const { code, stderr } = await collect({ file: "dpkg-deb", args: ["-x", join(draft, file), root] });
      if (code !== 0) return { missing: `${file}, which dpkg-deb did not unpack: ${stderr}` };
    }
    // Another run may have been faster: its folder holds the same.
    if (!existsSync(folder)) renameSync(root, folder);
    return { folder };
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Downloads packages into a folder. Where the machine has no lists of packages, or old ones, lists of our own are fetched first. */
async function fetched(draft: string, names: readonly string[]): Promise<string | undefined> {
  const download = (options: readonly string[]) =>
    collect({ file: "apt-get", args: [...options, "download", ...names], cwd: draft, timeout: FETCH });
  if ((await download([])).code === 0) return undefined;
  const state = join(draft, "apt");
  mkdirSync(join(state, "lists", "partial"), { recursive: true });
  const own = ["-o", `Dir::State::lists=${join(state, "lists")}`, "-o", `Dir::Cache=${state}`];
  await collect({ file: "apt-get", args: [...own, "update"], timeout: FETCH });
  const { code, stderr } = await download(own);
  return code === 0 ? undefined : (stderr.trim().split("\n").at(-1) ?? `status ${code}`);
}
