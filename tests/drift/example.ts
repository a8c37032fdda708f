// A walk through drift: bring up, change by hand, look, repair, look again.
import type { OfflineStack } from "../../cli/offline-stack";
import { type Say, timed, whileShowing } from "../../cli/say";
import { changeByHand } from "./manual-change";
import { type Drift, engine, look } from "./look";

/** What was found before and after the repair. */
export interface Walk {
  readonly found: readonly Drift[];
  readonly left: readonly Drift[];
}

/** Does the walk on a stack of its own. */
export async function walk(stack: OfflineStack, say: Say): Promise<Walk> {
  const unasked = ["--yes", "--skip-preview"];
  const step = <T>(what: string, doing: string, work: () => Promise<T>): Promise<T> =>
    timed(say, what, () => whileShowing((elapsed) => `offline: ${doing} (${elapsed})`, work));
  say("this usually takes one to two minutes");
  await step(`${stack.stack} is up in a scratch folder`, "bringing it up in a scratch folder", () =>
    engine(stack, "up", unasked),
  );
  changeByHand(stack.places.cloud);
  say("changed a queue, opened a security-group rule and deleted a bucket, in the emulated cloud's files");
  const found = await step("looked with `pulumi refresh --preview-only`", "looking for drift", () => look(stack));
  await step("repaired with `pulumi up --refresh`", "repairing", () => engine(stack, "up", ["--refresh", ...unasked]));
  const left = await step("looked again", "looking again", () => look(stack));
  return { found, left };
}

/** What was found, as lines. */
export function walkLines({ found, left }: Walk): readonly string[] {
  return [
    `${found.length} drifted`,
    ...found.map(
      ({ type, name, property, was, is }) => `  ${name} (${type}) ${property ?? "itself"}: was ${was}, is ${is}`,
    ),
    left.length === 0 ? "after the repair: nothing has drifted" : `after the repair: ${left.length} still drifted`,
    "With your own stack: edit or delete a file under .archipelago/cloud, one a resource, its `inputs` and `outputs` both;",
    "`make refresh` takes the change into the state, and `make up` then repairs it.",
  ];
}
