// The executable of a function that brings its own runtime (`provided.al2023`), looked at before anything is created: Lambda accepts any archive, and
// the first call fails with `Runtime.InvalidEntrypoint` or `exec format error`.
import { unzipSync } from "fflate";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Problem, unless } from "../../kit/problems";

/** https://docs.aws.amazon.com/lambda/latest/dg/runtimes-provided.html: the file that Lambda starts. */
const BOOTSTRAP = "bootstrap";

/** `e_machine` at byte 18 of an ELF header, little-endian (elf(5)). */
const MACHINES: Readonly<Record<number, string>> = { 62: "X86_64", 183: "ARM64" };

/**
 * Problems of an archive, a zip file or a folder, for `provided.al2023`: `bootstrap` stands at its top, is an executable of Linux, and is built for
 * the function's processor. A script (`#!`) runs on each. The executable bit is not asked for: archives that Pulumi makes of folders have none.
 */
export function bootstrapProblems(path: string, archive: string, architecture: "ARM64" | "X86_64"): Problem[] {
  if (!existsSync(archive)) return [];
  const problem = (value: unknown, allowed: string, remedy: string): Problem[] => [{ path, value, allowed, remedy }];
  const read = contentOf(archive);
  if ("unreadable" in read)
    return problem(read.unreadable, "a zip file or a folder", "build it again: cargo lambda build --output-format zip");
  if (read.file === undefined)
    return problem(
      read.names.slice(0, 5),
      `an archive with the file ${BOOTSTRAP} at its top`,
      "build it with cargo lambda, or name the executable bootstrap and zip it without its folder",
    );
  if (read.file.subarray(0, 2).toString("latin1") === "#!") return [];
  if (read.file.subarray(0, 4).toString("latin1") !== "\x7fELF" || read.file.length < 20)
    return problem(BOOTSTRAP, "an executable of Linux (ELF), or a script", "build it for Linux: cargo lambda build");
  const machine = MACHINES[read.file.readUInt16LE(18)] ?? `machine ${read.file.readUInt16LE(18)}`;
  return unless(machine === architecture, {
    path,
    value: `${BOOTSTRAP} for ${machine}`,
    allowed: `an executable for ${architecture}, as the function's architecture says`,
    remedy: `set architecture: ${machine}, or build it with ${architecture === "ARM64" ? "--arm64" : "--x86-64"}`,
  });
}

type Content =
  { readonly unreadable: string } | { readonly names: readonly string[]; readonly file: Buffer | undefined };

function contentOf(archive: string): Content {
  if (statSync(archive).isDirectory()) {
    const file = join(archive, BOOTSTRAP);
    return { names: readdirSync(archive), file: existsSync(file) ? readFileSync(file) : undefined };
  }
  const names: string[] = [];
  try {
    const files = unzipSync(readFileSync(archive), {
      filter: ({ name }) => {
        names.push(name);
        return name === BOOTSTRAP;
      },
    });
    const file = files[BOOTSTRAP];
    return { names, file: file && Buffer.from(file) };
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) };
  }
}
