// Everything that AWS asks of resources beyond their declarations, by type token.
import type { Constraint } from "../../core/rules";
import { containerConstraints } from "./containers";
import { identity } from "./iam";
import { loadBalancing } from "./load-balancing";
import { messaging } from "./messaging";
import { network } from "./network";
import { stores } from "./stores";

export { undeletable } from "./stores";

const tables = [network, loadBalancing, identity, messaging, containerConstraints, stores];

/** A type may have constraints of several concerns. */
export const constraints: Readonly<Record<string, readonly Constraint[]>> = Object.fromEntries(
  [...new Set(tables.flatMap((table) => Object.keys(table)))].map((type) => [
    type,
    tables.flatMap((table) => table[type] ?? []),
  ]),
);
