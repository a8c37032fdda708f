// Every case, by theme.
import type { Case } from "./case";
import { computeCases } from "./compute";
import { databaseCases } from "./databases";
import { edgeCases } from "./edge";
import { kindCases, kubernetesCases } from "./kubernetes";
import { messagingCases } from "./messaging";
import { platformCases } from "./platforms";

export { type Case, changed, filled, literal, LITERALS } from "./case";

export const themes: Readonly<Record<string, readonly Case[]>> = {
  "load balancers, APIs, distributions and firewalls": edgeCases,
  "databases, caches and warehouses": databaseCases,
  "brokers, streams, buckets and disks": messagingCases,
  "functions, instances, builds, logs, secrets and accounts": computeCases,
  "analytics, machine learning, desktops and administration": platformCases,
  kubernetes: [...kubernetesCases, ...kindCases],
};
