// The e-commerce stack as a campaign breaks it.
import { dump, load } from "js-yaml";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openOffline } from "../../cli/offline-stack";
import { root } from "../../cli/places";
import type { Victim } from "./life";

/** What an update changes: sizes of a service, and a firewall that comes. */
const changes: readonly Readonly<Record<string, unknown>>[] = [
  { services: { notification: { cpu: 512, memory: "2048 MiB" } } },
  { waf: true },
  { services: { order: { cpu: 1024, memory: "4096 MiB" } }, alertEmail: "changed@example.com" },
  { services: { payment: { cpu: 512, memory: "1024 MiB" } }, waf: true },
];

/** The local stack, in a folder of its own. */
export const ecommerce: Victim = {
  resources: 325,
  updated: 330,
  tags: { Project: "ecommerce", Environment: "local" },
  open(folder, change) {
    const tracked = load(readFileSync(join(root, "Pulumi.local.yaml"), "utf8")) as { config: Record<string, unknown> };
    const more = change === undefined ? {} : (changes[change % changes.length] ?? {});
    const added = Object.entries(more).map(([key, value]) => [`archipelago:${key}`, value] as const);
    const config = dump({ config: { ...tracked.config, ...Object.fromEntries(added) } });
    return openOffline({ stack: "local", work: folder, config });
  },
};
