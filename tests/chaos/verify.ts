// What must hold after a recovery, whatever happened before it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { OfflineStack } from "../../cli/offline-stack";
import { type Entry, existing, keyOf, known } from "./inventory";
import { errorsOf } from "./recover";

const signature = "4dabf18193072939515e22adb298388d";
/** Shorter values, such as a port, occur by themselves. */
const shortest = 12;

/** State and cloud agree one to one. */
export async function agreement(stack: OfflineStack): Promise<readonly string[]> {
  const state = await known(stack);
  const cloud = existing(stack.places.cloud);
  const inState = new Set(state.map(keyOf));
  const inCloud = new Set(cloud.map(keyOf));
  return [
    ...cloud.filter((entry) => !inState.has(keyOf(entry))).map((entry) => `orphan: ${entry.urn} ${entry.id}`),
    ...state.filter((entry) => !inCloud.has(keyOf(entry))).map((entry) => `gone: ${entry.urn} ${entry.id}`),
    ...repeated(state.map(({ urn }) => urn)).map((urn) => `twice in the state: ${urn}`),
    ...repeated(cloud.map(({ urn }) => urn)).map((urn) => `twice in the cloud: ${urn}`),
  ];
}

/** The platform is as the program describes it. */
export async function unchanged(stack: OfflineStack): Promise<readonly string[]> {
  const config = ["--config-file", stack.setup.configFile ?? ""];
  const outcome = await stack.collect(["preview", ...config, "--expect-no-changes", "--color", "never"]);
  return outcome.code === 0 ? [] : [`the program still wants changes: ${errorsOf(outcome)}`];
}

/** The secret texts of what exists. */
export function secretsOf(entries: readonly Entry[]): readonly string[] {
  const found = new Set<string>();
  const look = (value: unknown, secret: boolean): void => {
    if (typeof value === "string") {
      if (secret && value.length >= shortest) found.add(value);
    } else if (typeof value === "object" && value !== null) {
      const hides = secret || signature in value;
      for (const [key, inner] of Object.entries(value)) if (key !== signature) look(inner, hides);
    }
  };
  for (const entry of entries) look(entry.content, false);
  return [...found];
}

/** Files and texts in which a secret can be read. */
export function leaks(
  secrets: readonly string[],
  folder: string,
  texts: Readonly<Record<string, string>>,
): readonly string[] {
  const forms = secrets.flatMap((secret) => [...new Set([secret, jsonForm(secret), htmlForm(jsonForm(secret))])]);
  const shows = (text: string): boolean => forms.some((form) => text.includes(form));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => shows(readFileSync(file, "utf8")));
  const told = Object.entries(texts).filter(([, text]) => shows(text));
  return [...files, ...told.map(([name]) => name)].map((where) => `a secret can be read in ${where}`);
}

function jsonForm(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** As Go writes JSON: safe within HTML. */
function htmlForm(text: string): string {
  return text.replaceAll(/[<>&]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
}

function repeated(items: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return [...new Set(items.filter((item) => seen.size === seen.add(item).size))];
}
