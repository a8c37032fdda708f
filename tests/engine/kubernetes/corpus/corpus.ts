// Objects and changes of objects, and what the API server answers to each.
import { load } from "js-yaml";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Value, Values } from "../../../../offline/providers/core/values";

interface Group {
  readonly type: string;
  readonly object: Values;
  readonly cases: Readonly<Record<string, Values>>;
}

/** By title. */
export type Answers = Readonly<Record<string, Answer>>;
export type Answer = "accepted" | readonly string[];

/** An object to be made, or to be changed into. */
export interface Case {
  /** `Deployment: another image`. */
  readonly title: string;
  /** `apps/v1:Deployment`. */
  readonly type: string;
  /** As its group has it. */
  readonly base: Values;
  /** With what the case sets. */
  readonly object: Values;
}

/** The files of the corpus; the last one has changes. */
export const FILES = ["workloads", "jobs-and-others", "configuration", "changes"] as const;
export type File = (typeof FILES)[number];

/** The cases of a file. */
export function casesOf(file: File): readonly Case[] {
  return (load(text(`${file}.yaml`)) as readonly Group[]).flatMap(({ type, object, cases }) =>
    Object.entries(cases).map(([what, settings]) => ({
      title: `${type.split(":")[1] ?? ""}: ${what}`,
      type,
      base: object,
      object: Object.entries(settings).reduce<Values>(
        (at, [path, value]) => changed(at, path.split("."), value) as Values,
        object,
      ),
    })),
  );
}

function changed(at: Value | undefined, [step = "", ...rest]: readonly string[], value: Value): Value {
  if (Array.isArray(at))
    return at.map((item, index) =>
      index === Number(step) ? (rest.length === 0 ? value : changed(item as Value, rest, value)) : (item as Value),
    );
  const own = typeof at === "object" && at !== null ? (at as Values) : {};
  if (rest.length > 0) return { ...own, [step]: changed(own[step], rest, value) };
  return Object.fromEntries(Object.entries({ ...own, [step]: value }).filter(([, each]) => each !== null));
}

/** What the server answered to each case of a file: "accepted", or the paths that it refused, which may be none. */
export function answersOf(file: File): Answers {
  return load(text(`answers/${file}.yaml`)) as Answers;
}

const text = (file: string): string => readFileSync(join(__dirname, file), "utf8");
