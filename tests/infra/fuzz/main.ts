// `make fuzz`: every mutant of every kind, with progress. `FUZZ_EVERY=7` takes each seventh. Exit status 1 when one fails.
import { GROUPS, judge } from "./groups";

/** Failures that are shown of a group. */
const MOST_SHOWN = 20;

async function main(): Promise<void> {
  const every = Number(process.env.FUZZ_EVERY ?? "1");
  const mostBuilt = Number(process.env.FUZZ_BUILT ?? "200");
  let failed = 0;
  for (const group of GROUPS) {
    let shownAt = Date.now();
    const { count, accepted, built, failures } = await judge(group, { every, mostBuilt }, (so) => {
      if (Date.now() - shownAt < 10_000) return;
      shownAt = Date.now();
      process.stderr.write(
        `${group.name}: ${so.count} tried, ${so.accepted} accepted, ${so.built} built, ${so.failures.length} failed\n`,
      );
    });
    failed += failures.length;
    process.stdout.write(
      `${group.name}: ${count} tried, ${accepted} accepted, ${built} built, ${failures.length} failed\n`,
    );
    for (const failure of failures.slice(0, MOST_SHOWN))
      process.stdout.write(`  ${failure.replaceAll("\n", "\n  ")}\n`);
  }
  process.exitCode = failed === 0 ? 0 : 1;
}

void main();
