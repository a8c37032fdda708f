// Code blocks of the README, and what they export when they run.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

/** The text of the README. */
export const readme = readFileSync(join(root, "README.md"), "utf8");

/** The first block of a language that holds a text; empty when there is none. */
export function block(language: string, containing: string): string {
  const blocks = [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  const found = blocks.find(([, name, text]) => name === language && text?.includes(containing));
  return found?.[2] ?? "";
}

/** Runs a text as it is written, from a file of this repository: Node finds `archipelago/…` by the package's own `exports`. */
export function required(text: string): unknown {
  const scratch = join(root, ".archipelago");
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, "readme-"));
  try {
    writeFileSync(join(folder, "block.ts"), text);
    return createRequire(__filename)(join(folder, "block.ts"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
