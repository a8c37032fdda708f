// `make chaos RUNS=100 SEED=1`: breaks the e-commerce stack in every way we know, recovers it by the runbook, and counts.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Campaign, campaign, campaignLines } from "./campaign";
import { ecommerce } from "./ecommerce";
import type { RunResult } from "./life";
import { faultsOf } from "./plan";
import { work } from "../../cli/places";
import { reproductions } from "./reproduction";
import { runProof } from "../support/proof";
import { Explained } from "../../cli/process";
import { sayer } from "../../cli/say";

/** `make chaos`: RUNS from SEED; RESUME=1 goes on where .archipelago/chaos.json ends, and repeats what failed there. */
async function chaos(): Promise<number> {
  const say = sayer(true);
  const runs = whole("RUNS", 100);
  const seed = whole("SEED", 1);
  const minutes = whole("MINUTES", 90);
  const file = join(work, "chaos.json");
  mkdirSync(work, { recursive: true });
  const before = process.env.RESUME === "1" ? resultsIn(file) : [];
  say(`${runs} runs from seed ${seed}, no new life after ${minutes} minutes; results in .archipelago/chaos.json`);
  const result = await campaign(ecommerce, {
    seed,
    runs,
    faults: faultsOf(true),
    minutes,
    say,
    before,
    saved: (sofar) => {
      // Renamed into place: a campaign that is ended while it writes can be resumed as well.
      writeFileSync(`${file}.draft`, `${JSON.stringify(sofar, undefined, 1)}\n`);
      renameSync(`${file}.draft`, file);
    },
  });
  process.stdout.write(`${campaignLines(result).join("\n")}\n`);
  for (const { file: spec, text } of reproductions(result.results)) {
    say(`${spec} repeats a failed run:`);
    process.stdout.write(`${text}\n`);
  }
  if (result.runs < runs) say(`${runs - result.runs} runs were left out: the time was over`);
  return Number(result.failed > 0);
}

function resultsIn(file: string): readonly RunResult[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Campaign).results : [];
}

function whole(name: string, otherwise: number): number {
  const text = process.env[name] ?? "";
  const value = text === "" ? otherwise : Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Explained(`${name} is "${text}": it is a whole number.`);
  return value;
}

runProof(chaos);
