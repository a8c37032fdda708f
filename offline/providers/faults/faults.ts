// Decides which call meets which fault: by a hash of seed, resource, verb and kind, never by the clock or the order of calls.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Values } from "../core/values";
import type { FaultSetting, Share } from "./setting";
import { creationSeconds } from "./times";

/** A call that may meet a fault. */
export interface Call {
  readonly verb: "create" | "update" | "delete" | "read";
  readonly type: string;
  readonly urn: string;
  readonly inputs: Values;
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
    if (crashes && early) this.crash();
    if (call.verb === "create") this.refuse(call, attempt);
    const answer = work();
    if (crashes && !early) this.crash();
    // The record has it from the start, as the cloud does: who stops waiting has made it all the same.
    if (slow !== undefined && call.verb === "create") await wait(creationSeconds(call.type, call.inputs) * slow * 1000);
    if (changing && this.due("lost", call, attempt))
      throw new Error(`RequestTimeout: the response to ${call.verb} of ${call.type} was lost (ARCHIPELAGO_FAULTS)`);
    return answer;
  }

  private async throttled(call: Call, attempt: number): Promise<void> {
    const { shares } = this.setting;
    if (!this.withinTimes(attempt)) return;
    for (let round = 0; round < tries; round++) {
      const hit = chance(this.setting.seed, call.urn, call.verb, `throttle ${round}`, attempt) < (shares.throttle ?? 0);
      if (!hit) return;
      await wait(firstDelay * 2 ** round);
    }
    throw new Error(`ThrottlingException: Rate exceeded (${call.verb} of ${call.type}, ARCHIPELAGO_FAULTS)`);
  }

  private refuse(call: Call, attempt: number): void {
    if (attempt === 1 && this.due("fail-first", call, 1, 1))
      throw new Error(
        `ServiceUnavailable: create of ${call.type} failed for the moment; run it again (ARCHIPELAGO_FAULTS)`,
      );
    if (this.due("fail", call, attempt, 1))
      throw new Error(`InternalFailure: create of ${call.type} fails under this seed (ARCHIPELAGO_FAULTS)`);
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

function before(file: string): number {
  try {
    return Number(readFileSync(file, "utf8")) || 0;
  } catch {
    return 0;
  }
}

function digest(...parts: readonly (string | number)[]): Buffer {
  return createHash("sha256").update(parts.join("\n")).digest();
}

/** A number from 0 to below 1 that follows from its parts. */
function chance(...parts: readonly (string | number)[]): number {
  return digest(...parts).readUInt32BE(0) / 2 ** 32;
}
