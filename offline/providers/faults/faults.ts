// Decides which call meets which fault: by a hash of seed, resource, verb and kind, never by the clock or the order of calls.
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Values } from "../core/values";
import type { FaultSetting, Share } from "./setting";
import type * as Cards from "../../aws/cards";

/** A call that may meet a fault. */
export interface Call {
  readonly verb: "create" | "update" | "delete" | "read";
  readonly type: string;
  readonly urn: string;
  readonly inputs: Values;
}

/** A fault that a call really met. */
export interface Met {
  readonly seed: number;
  readonly kind: Share | "slow";
  readonly verb: Call["verb"];
  readonly type: string;
  readonly urn: string;
  /** Which call of its resource and verb it was, 1 the first. */
  readonly attempt: number;
}

/** Beside the attempts: a line of JSON for each fault that was met, written before the call feels it. */
const log = "met.jsonl";

/** The faults that calls have met under a seed, in order. */
export function readMet(folder: string, seed: number): readonly Met[] {
  return text(join(folder, log))
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Met)
    .filter((met) => met.seed === seed);
}

/** Tries of a throttled call before it fails, as the real providers retry by themselves. */
const tries = 5;
const firstDelay = 20;

/** Faults of one provider process; attempts are counted in a folder, so that a later run knows of earlier ones. */
export class Faults {
  constructor(
    private readonly setting: FaultSetting,
    private readonly folder: string,
    private readonly crash: () => void = () => process.exit(70),
  ) {}

  /** Does the work of a call with the faults that are due. */
  async around<Answer>(call: Call, work: () => Answer): Promise<Answer> {
    const { only, slow, shares } = this.setting;
    if (only !== undefined && !call.type.includes(only)) return work();
    const attempt = Object.keys(shares).length > 0 ? this.attempt(call) : 1;
    await this.throttled(call, attempt);
    const changing = call.verb !== "read";
    const crashes = changing && this.due("crash", call, attempt);
    const early = chance(this.setting.seed, call.urn, call.verb, "crash before", attempt) < 0.5;
    if (crashes && early) this.crashed(call, attempt);
    if (call.verb === "create") this.refuse(call, attempt);
    const answer = work();
    if (crashes && !early) this.crashed(call, attempt);
    // The record has it from the start, as the cloud does: who stops waiting has made it all the same.
    const seconds = slow === undefined ? 0 : secondsOf(call) * slow;
    if (seconds > 0) {
      this.note("slow", call, attempt);
      await wait(seconds * 1000);
    }
    if (changing && this.due("lost", call, attempt)) {
      this.note("lost", call, attempt);
      throw new Error(`RequestTimeout: the response to ${call.verb} of ${call.type} was lost (ARCHIPELAGO_FAULTS)`);
    }
    return answer;
  }

  private async throttled(call: Call, attempt: number): Promise<void> {
    const { shares } = this.setting;
    if (!this.withinTimes(attempt)) return;
    for (let round = 0; round < tries; round++) {
      const hit = chance(this.setting.seed, call.urn, call.verb, `throttle ${round}`, attempt) < (shares.throttle ?? 0);
      if (!hit) return;
      if (round === 0) this.note("throttle", call, attempt);
      await wait(firstDelay * 2 ** round);
    }
    throw new Error(`ThrottlingException: Rate exceeded (${call.verb} of ${call.type}, ARCHIPELAGO_FAULTS)`);
  }

  private refuse(call: Call, attempt: number): void {
    if (attempt === 1 && this.due("fail-first", call, 1, 1)) {
      this.note("fail-first", call, attempt);
      throw new Error(
        `ServiceUnavailable: create of ${call.type} failed for the moment; run it again (ARCHIPELAGO_FAULTS)`,
      );
    }
    if (this.due("fail", call, attempt, 1)) {
      this.note("fail", call, attempt);
      throw new Error(`InternalFailure: create of ${call.type} fails under this seed (ARCHIPELAGO_FAULTS)`);
    }
  }

  private crashed(call: Call, attempt: number): void {
    this.note("crash", call, attempt);
    this.crash();
  }

  /** One short append: lines of several providers don't mix. */
  private note(kind: Met["kind"], { verb, type, urn }: Call, attempt: number): void {
    const met: Met = { seed: this.setting.seed, kind, verb, type, urn, attempt };
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    appendFileSync(join(this.folder, log), `${JSON.stringify(met)}\n`);
  }

  /** @param draw the attempt whose draw counts: a resource that fails for good draws once */
  private due(kind: Share, { urn, verb }: Call, attempt: number, draw = attempt): boolean {
    const share = this.setting.shares[kind] ?? 0;
    return this.withinTimes(attempt) && chance(this.setting.seed, urn, verb, kind, draw) < share;
  }

  private withinTimes(attempt: number): boolean {
    return attempt <= (this.setting.times ?? Infinity);
  }

  /** Counts this call: 1 for the first of its resource and verb under this seed. */
  private attempt({ urn, verb }: Call): number {
    const file = join(this.folder, digest(this.setting.seed, urn, verb).toString("hex").slice(0, 32));
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const attempt = before(file) + 1;
    writeFileSync(file, String(attempt));
    return attempt;
  }
}

/** How long the real cloud takes for a call. */
function secondsOf({ verb, type, inputs }: Call): number {
  // Loaded on demand: most runs are not slowed down.
  const { creationSeconds, deletionSeconds } = createRequire(__filename)("../../aws/cards") as typeof Cards;
  if (verb === "create") return creationSeconds(type, inputs);
  return verb === "delete" ? deletionSeconds(type, inputs) : 0;
}

const before = (file: string): number => Number(text(file)) || 0;

/** What a file holds; nothing when it is not there. */
function text(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}

function digest(...parts: readonly (string | number)[]): Buffer {
  return createHash("sha256").update(parts.join("\n")).digest();
}

/** A number from 0 to below 1 that follows from its parts. */
function chance(...parts: readonly (string | number)[]): number {
  return digest(...parts).readUInt32BE(0) / 2 ** 32;
}
