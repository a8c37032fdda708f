// Every service's rules, by type token.
import type { TypeRule } from "../core/rules";
import { facts } from "../schema/source";
import { constraints, everywhere, undeletable } from "./constraints";
import { containers } from "./containers";
import { databases } from "./databases";
import { gateways } from "./gateways";
import { identity } from "./identity";
import { messaging } from "./messaging";
import { SCOPE_PROPERTIES } from "./names";
import { network } from "./network";
import { observability } from "./observability";
import { references } from "./references";
import { replacing } from "./replacing";
import { storage } from "./storage";
import { traffic } from "./traffic";

const own: Readonly<Record<string, TypeRule>> = {
  ...containers,
  ...databases,
  ...gateways,
  ...identity,
  ...messaging,
  ...network,
  ...observability,
  ...storage,
  ...traffic,
};

/** A type of which nothing else is known. */
export const anyType: TypeRule = { constraints: everywhere, uniqueWithin: SCOPE_PROPERTIES };

const types = [own, references, constraints, undeletable, facts, replacing].flatMap((table) => Object.keys(table));

/** What is known of a type, from every table. */
export const services: Readonly<Record<string, TypeRule>> = Object.fromEntries(
  [...new Set(types)].map((type): [string, TypeRule] => [
    type,
    {
      ...(own[type] ?? anyType),
      ...(facts[type] && { replaces: facts[type].replaces }),
      ...(replacing[type] && { replacesWhen: replacing[type] }),
      references: { ...own[type]?.references, ...references[type] },
      constraints: constraints[type] ?? everywhere,
      ...(undeletable[type] && { undeletable: undeletable[type] }),
    },
  ]),
);
