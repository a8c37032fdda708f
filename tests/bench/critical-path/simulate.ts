// Runs a program on a cloud that takes its time, by a clock that jumps: when the program can do nothing more, the next creation
// ends. So everything that a program waits for counts, also what it declares nowhere, such as an output that it awaits.
import { deploy, type DeployOptions, type Registered } from "../../../offline/providers/mocks";
import { creationSeconds } from "../../../offline/aws/cards";

/** A program that came up. */
export interface Simulated {
  /** From the first creation to the last. */
  readonly seconds: number;
  readonly resources: readonly Registered[];
}

/**
 * Brings a program up in simulated time; rejects with its first error.
 * @param atOnce how many creations the engine lets happen at once
 */
export async function simulate(
  program: () => unknown,
  { atOnce = Infinity, ...options }: DeployOptions & { readonly atOnce?: number } = {},
): Promise<Simulated> {
  const clock = new Clock(atOnce);
  const creation: DeployOptions["creation"] = (type, inputs) =>
    type.startsWith("pulumi:") ? Promise.resolve() : clock.pass(creationSeconds(type, inputs));
  const { resources } = await deploy(program, { ...options, creation });
  return { seconds: clock.now, resources };
}

/** Turns of the event loop in which nothing new begins before time goes on: a registration takes the SDK one or two. */
const QUIET_TURNS = 10;

class Clock {
  now = 0;
  private begun = 0;
  private turning = false;
  private readonly running: { readonly until: number; readonly end: () => void }[] = [];
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly atOnce: number) {}

  /** Ends when so much time has passed, counted from when there is room. */
  pass(seconds: number): Promise<void> {
    return new Promise((end) => {
      this.begun++;
      this.waiting.push(() => {
        this.running.push({ until: this.now + seconds, end });
      });
      void this.turn();
    });
  }

  private async turn(): Promise<void> {
    if (this.turning) return;
    this.turning = true;
    for (;;) {
      while (this.running.length < this.atOnce && this.waiting.length > 0) this.waiting.shift()?.();
      await this.quiet();
      if (this.running.length < this.atOnce && this.waiting.length > 0) continue;
      this.running.sort((one, other) => one.until - other.until);
      const next = this.running.shift();
      if (!next) break;
      this.now = next.until;
      next.end();
    }
    this.turning = false;
  }

  private async quiet(): Promise<void> {
    for (let seen = -1, turns = 0; turns < QUIET_TURNS; turns = seen === this.begun ? turns + 1 : 0) {
      seen = this.begun;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
