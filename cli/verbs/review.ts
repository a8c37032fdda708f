// `make review BASE=<revision>`: what the working tree would do to each environment as it stands at another revision.
import { join } from "node:path";
import { openOffline } from "../offline-stack";
import { project, work } from "../places";
import { Explained } from "../process";
import { messageLines } from "../report";
import { bringUp, commitOf, has } from "../review/base";
import { changesOf } from "../review/changes";
import { describedStores, lostStores } from "../review/described";
import { type RightsChange, rightsChanges, rightsIn } from "../review/rights";
import { losses, markdown, type Review, terminalLines } from "../review/show";
import { RunRecord } from "../run-record";
import { columnsOf, fit } from "../screen";
import { duration, type Say, sayer, whileShowing } from "../say";
import { knownStack, stacksOf } from "./target";

/** How a review ends: its exit status. `make` has the same status, 2, for each but the first, so the last line says it too. */
const RESULTS = { 0: "nothing would be lost", 1: "failed", 2: "data would be lost" } as const;
type Status = keyof typeof RESULTS;

/**
 * Reviews one stack, or every one that has a file; the last line on standard output is the result.
 * @returns 0, 2 when data would be lost, or 1 when the review could not be made
 */
export async function review(): Promise<Status> {
  const say = sayer(true);
  const status = await reviewed(process.env, say).catch((error: unknown): Status => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    for (const line of (error instanceof Explained ? error.message : text).split("\n")) say(line);
    return 1;
  });
  process.stdout.write(`${resultLine(status, process.env.FORMAT ?? "")}\n`);
  return status;
}

/** `review: nothing would be lost`; in Markdown it is a comment. */
export function resultLine(status: Status, format: string): string {
  const line = `review: ${RESULTS[status]}`;
  return format === "markdown" ? `<!-- ${line} -->` : line;
}

async function reviewed(environment: NodeJS.ProcessEnv, say: Say): Promise<Status> {
  const start = performance.now();
  const base = environment.BASE ?? "";
  if (base === "") throw new Explained("BASE is missing: the revision to compare with, such as BASE=main.");
  const format = environment.FORMAT ?? "";
  if (!["", "markdown"].includes(format)) throw new Explained(`FORMAT is "${format}": it is markdown, or left out.`);
  const reviews: Review[] = [];
  const commit = await commitOf(base);
  const stacks = chosen(environment.STACK ?? "");
  say(
    `reviewing ${stacks.join(", ")} against ${base}: about a minute each at first, a quarter of that once a base has been up`,
  );
  for (const [index, stack] of stacks.entries()) {
    say(`${index + 1} of ${stacks.length}: ${stack}`);
    if (!(await has(commit, stack))) {
      say(`${stack} is left out: ${base} has no Pulumi.${stack}.yaml, so all of it would be new`);
      continue;
    }
    const found = await against(commit, stack, say);
    reviews.push(found);
    if (format === "") {
      const lines = terminalLines(found).flatMap((line) => fit(line, columnsOf(process.stdout)));
      process.stdout.write(`${["", ...lines].join("\n")}\n`);
    }
  }
  if (format === "markdown") process.stdout.write(markdown(reviews, base));
  const lost = reviews.flatMap(losses).length;
  const verdict =
    lost === 0
      ? "no data would be lost"
      : `data would be lost: ${lost} ${lost === 1 ? "resource holds" : "resources hold"} data and would go`;
  say(`${verdict} (${duration(performance.now() - start)})`);
  if (lost > 0) return 2;
  return reviews.some(({ failure }) => failure !== undefined) ? 1 : 0;
}

/** The stacks to review: the one that was asked for, or all. */
export function chosen(asked: string): readonly string[] {
  return asked === "" ? stacksOf() : [knownStack(asked)];
}

/** The workloads whose rights the working tree changes. */
async function changedRights(folder: string, stack: string): Promise<readonly RightsChange[]> {
  const [before, after] = await Promise.all([rightsIn(join(folder, "source"), stack), rightsIn(project, stack)]);
  return before && after ? rightsChanges(before, after) : [];
}

/** Previews the working tree against the base's state, which stays as it is; losses are found although the preview fails. */
async function against(commit: string, stack: string, say: Say): Promise<Review> {
  const folder = await bringUp(commit, stack, join(work, "review"), say);
  const opened = await openOffline({ stack, work: folder });
  const wanted = (line: string): boolean => line.includes('"resourcePreEvent"');
  const record = new RunRecord();
  const watch = {
    wanted: (line: string): boolean => {
      record.add(line);
      return wanted(line);
    },
  };
  const { code, stdout, stderr, events } = await whileShowing(
    (elapsed) => `offline: previewing the working tree as ${stack}: ${record.progress} (${elapsed})`,
    () => opened.watched("preview", ["--diff", "--color", "never"], watch),
  );
  const changes = changesOf(events);
  if (code === 0) return { stack, changes, ...(changes.length > 0 && { rights: await changedRights(folder, stack) }) };
  const described = await describedStores(stack);
  const lost = described ? lostStores(await opened.deployment(), described) : [];
  const seen = changes.filter(({ loses }) => loses !== undefined);
  const more = lost.filter(({ type, name }) => !seen.some((other) => other.type === type && other.name === name));
  const messages = messageLines(record);
  return {
    stack,
    changes: [...seen, ...more],
    failure: messages.length > 0 ? messages.join("\n") : `${stdout}${stderr}`,
  };
}
