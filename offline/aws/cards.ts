// Every card, and what is derived from all of them. A file in ./services is found by being there.
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { TypeRule } from "../providers/core/rules";
import type { Value, Values } from "../providers/core/values";
import { type Card, type Cards, ruleOf } from "./card";
import { firstName } from "./names";
import { type Figure, secondsOf } from "./times";

const folder = join(__dirname, "services");
const load = createRequire(__filename);

/** By type token. */
export const cards: Cards = Object.assign(
  {},
  ...readdirSync(folder)
    .filter((file) => /\.(?:ts|js)$/.test(file))
    .map((file) => (load(join(folder, file)) as { readonly cards: Cards }).cards),
) as Cards;

const rules = new Map<string, TypeRule>();

/** The rule of a type that has a card. */
export function ruleOfType(type: string): TypeRule | undefined {
  const card = cards[type];
  if (card === undefined) return undefined;
  const rule = rules.get(type) ?? ruleOf(card);
  rules.set(type, rule);
  return rule;
}

const cardOf = (type: string): Card | undefined => cards[firstName(type) ?? type];

/** What is lost with a resource of a type; undefined when it holds nothing, or has no card. */
export const holdings: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(cards).flatMap(([type, { holds }]) => (holds === undefined ? [] : [[type, holds]])),
);

/** What a person changes by hand in the example of drift, by type. */
export const drifts: readonly (readonly [type: string, change: Readonly<Record<string, Value>> | "deleted"])[] =
  Object.entries(cards).flatMap(([type, { drift }]) => (drift === undefined ? [] : [[type, drift] as const]));

/** Creations of which no card says how long they take. */
const A_SECOND = 1;

/** Seconds that a create takes in the cloud. */
export function creationSeconds(type: string, inputs: Values): number {
  const card = cardOf(type);
  const figure = card?.creationWhen?.find(({ when }) => when(inputs))?.figure ?? card?.creation;
  return figure === undefined ? A_SECOND : secondsOf(figure);
}

/** Seconds that a deletion takes in the cloud. */
export function deletionSeconds(type: string, inputs: Values = {}): number {
  const card = cardOf(type);
  return card?.deletion === undefined || card.deletesAtOnce?.(inputs) === true ? 0 : secondsOf(card.deletion);
}

/** Every figure of every card. */
export function figures(): readonly (readonly [type: string, figure: Figure])[] {
  return Object.entries(cards).flatMap(([type, { creation, creationWhen = [], deletion }]) =>
    [creation, ...creationWhen.map(({ figure }) => figure), deletion].flatMap((figure) =>
      figure === undefined ? [] : [[type, figure] as const],
    ),
  );
}

/** How many figures there are, and of how many nothing published is known. */
export function countFigures(): { readonly figures: number; readonly assumed: number; readonly runs: number } {
  const all = figures().map(([, figure]) => figure);
  return {
    figures: all.length,
    assumed: all.filter((figure) => "assumed" in figure).length,
    runs: all.reduce((sum, figure) => sum + ("runs" in figure ? figure.runs.split(" ").length : 0), 0),
  };
}
