// The critical path as a person reads it.
import { table } from "../../../cli/components-table";
import type { CriticalPath } from "./analysis";
import type { Chain } from "./longest";
import { nameOf } from "./steps";

/** Both chains, what is on them, and what is needless. */
export function pathLines({ declared, needed, needless, why }: CriticalPath): readonly string[] {
  const same = declared.steps.every((step, index) => step === needed.steps[index]);
  return [
    ...chainLines(same ? "declared, and needed" : "declared", declared, why),
    ...(same ? [] : ["", ...chainLines("needed", needed, why)]),
    ...needless.map(({ step, on, by }) => `needless: ${nameOf(step)} waits for ${nameOf(on)} (${by.join(", ")})`),
  ];
}

function chainLines(title: string, { steps }: Chain, why: CriticalPath["why"]): readonly string[] {
  let done = 0;
  const rows = steps.map((step, index) => {
    done += step.seconds;
    const before = steps[index - 1];
    const reason = before === undefined ? "" : (why(step, before) ?? "needless");
    return [nameOf(step), step.type, reason, clock(step.seconds), clock(done)];
  });
  return table([title, "type", "waits for the one above because of a", "takes", "done at"], rows);
}

/** `8:00`. */
function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
