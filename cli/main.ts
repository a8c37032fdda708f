// What a person types, as a program: `main.ts <verb>`, with STACK and OFFLINE in the environment.
import { Explained } from "./process";
import { sayer } from "./say";
import { bench } from "./verbs/bench";
import { chaos } from "./verbs/chaos";
import { down, exportState, policy, preview, refresh, up } from "./verbs/deploy";
import { doctor } from "./verbs/doctor";
import { drift } from "./verbs/drift";
import { lint } from "./verbs/lint";
import { newService } from "./verbs/new-service";
import { review } from "./verbs/review";
import { type Target, targetOf } from "./verbs/target";
import { test } from "./verbs/test";

const onStack = (verb: (target: Target) => Promise<number>) => async () => {
  const target = targetOf(process.env);
  try {
    return await verb(target);
  } catch (error) {
    if (!(error instanceof Explained)) throw error;
    for (const line of error.message.split("\n")) target.say(line);
    return 1;
  }
};

const verbs = new Map<string, () => Promise<number>>([
  ["up", onStack(up)],
  ["preview", onStack(preview)],
  ["refresh", onStack(refresh)],
  ["down", onStack(down)],
  ["export", onStack(exportState)],
  ["policy", onStack(policy)],
  ["test", test],
  ["bench", bench],
  ["review", review],
  ["chaos", chaos],
  ["drift", drift],
  ["lint", lint],
  ["new-service", newService],
  ["doctor", doctor],
]);

async function main(name: string): Promise<number> {
  const verb = verbs.get(name);
  if (verb === undefined)
    throw new Explained(`There is no verb "${name}": it is one of ${[...verbs.keys()].join(", ")}.`);
  return verb();
}

main(process.argv[2] ?? "").then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    sayer(false)(error instanceof Explained ? error.message : text);
    process.exitCode = 1;
  },
);
