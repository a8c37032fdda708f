// `archipelago policy --format <format>`: what the packs found, over one stack or all, for other programs and for pull requests.
import { Explained } from "../process";
import { junit } from "./junit";
import { markdown } from "./markdown";
import { sarif } from "./sarif";
import type { StackResult } from "./stack-result";

type Writer = (stacks: readonly StackResult[], version: string) => string;

const FORMATS: Readonly<Record<string, Writer>> = {
  sarif,
  junit,
  markdown,
  json: (stacks) => `${JSON.stringify({ stacks }, undefined, 2)}\n`,
};

/** @throws Explained for an unknown format */
export function writerOf(format: string): Writer {
  const writer = FORMATS[format];
  if (writer !== undefined) return writer;
  throw new Explained(`FORMAT is "${format}": it is ${Object.keys(FORMATS).join(", ")}, or left out.`);
}
