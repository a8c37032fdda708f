// Everything that AWS asks of resources beyond their declarations, by type token.
import type { Constraint } from "../../core/rules";
import { addressSpace } from "./address-space";
import { containerConstraints } from "./containers";
import { everywhere } from "./everywhere";
import { gatewayConstraints } from "./gateways";
import { identity } from "./iam";
import { keys } from "./keys";
import { loadBalancing } from "./load-balancing";
import { sharing } from "./load-balancing-sharing";
import { messaging } from "./messaging";
import { network } from "./network";
import { wiring } from "./network-wiring";
import { planning } from "./planning";
import { policies } from "./policies";
import { securityGroups } from "./security-groups";
import { stores } from "./stores";
import { trust } from "./trust";
import { zones } from "./zones";

export { everywhere } from "./everywhere";
export { undeletable } from "./deletion";

const tables = [
  planning,
  policies,
  addressSpace,
  network,
  wiring,
  securityGroups,
  loadBalancing,
  sharing,
  gatewayConstraints,
  identity,
  keys,
  messaging,
  containerConstraints,
  stores,
  trust,
  zones,
];

/** A type may have constraints of several concerns. */
export const constraints: Readonly<Record<string, readonly Constraint[]>> = Object.fromEntries(
  [...new Set(tables.flatMap((table) => Object.keys(table)))].map((type) => [
    type,
    [...tables.flatMap((table) => table[type] ?? []), ...everywhere],
  ]),
);
