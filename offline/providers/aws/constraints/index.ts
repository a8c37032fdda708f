// Everything that AWS asks of resources beyond their declarations, by type token.
import type { Constraint } from "../../core/rules";
import { addressSpace } from "./address-space";
import { containerConstraints } from "./containers";
import { databases } from "./databases";
import { documents } from "./documents";
import { everywhere } from "./everywhere";
import { functions } from "./functions";
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
import { requests } from "./requests";
import { schedules } from "./schedules";
import { securityGroups } from "./security-groups";
import { spelling } from "./spelling";
import { stores } from "./stores";
import { tables } from "./tables";
import { trust } from "./trust";
import { upgradeConstraints } from "./upgrades";
import { zones } from "./zones";

export { everywhere } from "./everywhere";
export { undeletable } from "./deletion";
export { upgrades } from "./upgrades";

const concerns = [
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
  databases,
  documents,
  functions,
  requests,
  schedules,
  spelling,
  tables,
  trust,
  upgradeConstraints,
  zones,
];

/** A type may have constraints of several concerns. */
export const constraints: Readonly<Record<string, readonly Constraint[]>> = Object.fromEntries(
  [...new Set(concerns.flatMap((table) => Object.keys(table)))].map((type) => [
    type,
    [...concerns.flatMap((table) => table[type] ?? []), ...everywhere],
  ]),
);
