// Every service's rules, by type token.
import type { TypeRule } from "../core/rules";
import { containers } from "./containers";
import { databases } from "./databases";
import { gateways } from "./gateways";
import { identity } from "./identity";
import { messaging } from "./messaging";
import { network } from "./network";
import { observability } from "./observability";
import { storage } from "./storage";
import { traffic } from "./traffic";

export const services: Readonly<Record<string, TypeRule>> = {
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
