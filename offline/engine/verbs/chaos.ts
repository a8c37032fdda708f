// `make chaos RUNS=100 SEED=1`: breaks the e-commerce stack in every way we know, recovers it by the runbook, and counts.
import { dump, load } from "js-yaml";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { campaign, campaignLines } from "../chaos/campaign";
import type { Victim } from "../chaos/life";
import { faultsOf } from "../chaos/plan";
import { openOffline } from "../offline-stack";
import { root, work } from "../places";
import { Explained } from "../process";
import { sayer } from "../say";

/** What an update changes: sizes of a service, and a firewall that comes. */
const changes: readonly Readonly<Record<string, unknown>>[] = [
  { services: { notification: { cpu: 512, memory: "2048 MiB" } } },
  { waf: true },
  { services: { order: { cpu: 1024, memory: "4096 MiB" } }, alertEmail: "changed@example.com" },
  { services: { payment: { cpu: 512, memory: "1024 MiB" } }, waf: true },
];

/** The local stack, in a folder of its own. */
const ecommerce: Victim = {
  resources: 325,
  updated: 330,
  open(folder, change) {
    const tracked = load(readFileSync(join(root, "Pulumi.local.yaml"), "utf8")) as { config: Record<string, unknown> };
    const more = change === undefined ? {} : (changes[change % changes.length] ?? {});
    const added = Object.entries(more).map(([key, value]) => [`archipelago:${key}`, value] as const);
    const config = dump({ config: { ...tracked.config, ...Object.fromEntries(added) } });
    return openOffline({ stack: "local", work: folder, config });
  },
};

/** `make chaos`. */
export async function chaos(): Promise<number> {
  const say = sayer(true);
  const runs = whole("RUNS", 100);
  const seed = whole("SEED", 1);
  const minutes = whole("MINUTES", 90);
  const providersCan = existsSync(join(root, "offline", "providers", "faults"));
  const file = join(work, "chaos.json");
  mkdirSync(work, { recursive: true });
  say(`${runs} runs from seed ${seed}, no new life after ${minutes} minutes; results in .archipelago/chaos.json`);
  if (!providersCan) say("these providers make no faults of their own yet: the harness makes those around them");
  const result = await campaign(ecommerce, {
    seed,
    runs,
    faults: faultsOf(providersCan),
    minutes,
    say,
    saved: (sofar) => {
      writeFileSync(file, `${JSON.stringify(sofar, undefined, 1)}\n`);
    },
  });
  process.stdout.write(`${campaignLines(result).join("\n")}\n`);
  if (result.runs < runs) say(`${runs - result.runs} runs were left out: the time was over`);
  return Number(result.failed > 0);
}

function whole(name: string, otherwise: number): number {
  const text = process.env[name] ?? "";
  const value = text === "" ? otherwise : Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Explained(`${name} is "${text}": it is a whole number.`);
  return value;
}
