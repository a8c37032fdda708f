// Where lines meet cards: what comes in beside the row it is for, what goes out from a place of its own, so that lines which
// share a part of their way always share their end. Lines go from left to right, but for those that run backwards.
import { type Card, LINE, PADDING } from "./cards";
import type { Edge } from "./edges";
import type { Homes } from "./homes";

type Side = "WEST" | "EAST";

/** A place on a card's side. */
export interface Port {
  readonly id: string;
  readonly side: Side;
  /** From the card's top. */
  readonly y: number;
}

/** The ports of every card, and the two of every line. */
export interface Ports {
  readonly byCard: ReadonlyMap<string, readonly Port[]>;
  readonly ends: ReadonlyMap<string, Ends>;
}

interface Ends {
  readonly from: string;
  readonly to: string;
  readonly backwards: boolean;
}

/** Pixels between two lines that leave the same part of a card, where there is room. */
const APART = 10;
/** Pixels between any two lines at a card, so that none looks like the continuation of another. */
const LEAST_APART = 5;

/** Ports for lines; those that leave the same part of a card stand in the lines' order. */
export function portsOf(
  lines: readonly Edge[],
  cards: readonly Card[],
  { cardOf }: Homes,
  backwards: ReadonlySet<string>,
): Ports {
  const leavesAt = ({ id }: Edge): Side => (backwards.has(id) ? "WEST" : "EAST");
  // What a service sends to itself goes around its right corner.
  const arrivesAt = (line: Edge): Side =>
    backwards.has(line.id) || cardOf(line.to) === cardOf(line.from) ? "EAST" : "WEST";
  const inOf = (line: Edge): string => `${line.to} ${line.kind === "route" ? "route" : "in"} ${arrivesAt(line)}`;
  const byCard = new Map(
    cards.map((card): [string, Port[]] => {
      const arriving = lines
        .filter(({ to }) => cardOf(to) === card.id)
        .map((line) => ({ id: inOf(line), side: arrivesAt(line), y: heightOf(line, card) }));
      const into = [...new Map(arriving.map((port) => [port.id, port])).values()];
      const leaving = lines.filter(({ from }) => cardOf(from) === card.id);
      const out = (["EAST", "WEST"] as const).flatMap((side) => {
        const here = leaving.filter((line) => leavesAt(line) === side);
        return outPorts(
          here,
          card,
          side,
          into.filter((port) => port.side === side).map(({ y }) => y),
        );
      });
      return [card.id, [...into, ...out]];
    }),
  );
  const ends = lines.map((line): [string, Ends] => [
    line.id,
    { from: outOf(line), to: inOf(line), backwards: backwards.has(line.id) },
  ]);
  return { byCard, ends: new Map(ends) };
}

/** The load balancer forwards everything from one place; its lines are a tree. */
function outOf({ id, kind, from }: Edge): string {
  return kind === "route" ? `${from} out` : `${id} out`;
}

function heightOf(line: Edge, card: Card): number {
  const row = card.rows.find(({ node, icon }) => (line.kind === "route" ? icon === "route" : node === line.to));
  return Math.round(row ? row.y + LINE / 2 : PADDING + LINE / 2);
}

/** Calls leave beside the card's heading, events beside their topic, the rest below. */
function outPorts(leaving: readonly Edge[], card: Card, side: Side, taken: readonly number[]): Port[] {
  const parts = new Map<string, { readonly top: number; readonly bottom: number; readonly ids: Set<string> }>();
  for (const line of leaving) {
    const { name, ...bounds } = partOf(line, card);
    const part = parts.get(name) ?? { ...bounds, ids: new Set() };
    part.ids.add(outOf(line));
    parts.set(name, part);
  }
  const occupied = [...taken];
  return [...parts.values()].flatMap(({ top, bottom, ids }) => {
    const apart = Math.max(LEAST_APART, Math.min(APART, Math.floor((bottom - top) / Math.max(1, ids.size - 1))));
    let y = Math.round((top + bottom - apart * (ids.size - 1)) / 2);
    return [...ids].map((id) => {
      while (occupied.some((other) => Math.abs(other - y) < LEAST_APART)) y += 1;
      occupied.push(y);
      const port = { id, side, y };
      y += apart;
      return port;
    });
  });
}

function partOf(line: Edge, card: Card): { readonly name: string; readonly top: number; readonly bottom: number } {
  const row = card.rows.find(({ node }) => node === line.from);
  if (row) return { name: line.from, top: row.y + 6, bottom: row.y + row.height - 6 };
  const heading = card.rows[0]?.y ?? card.height;
  if (line.kind === "call") return { name: "heading", top: PADDING, bottom: heading - 4 };
  if (line.kind === "publish") return { name: "below", top: card.height - 22, bottom: card.height - 8 };
  return { name: "card", top: PADDING, bottom: card.height - PADDING };
}
