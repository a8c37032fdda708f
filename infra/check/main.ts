// `make check [STACK=…]`: every shipped stack, or one, without the engine. Exit status 1 when something stops a stack.
import { join } from "node:path";
import { environments } from "../environments";
import { systems } from "../systems";
import { thisDay } from "../today";
import { checkStacks } from "./check";
import { checkLines } from "./show";
import { readOrProblems, stacksIn, systemsWithoutStack } from "./stack-files";

const folder = join(__dirname, "..", "..");
const stacks = stacksIn(folder);
const asked = process.env.STACK ?? "";
if (asked !== "" && !stacks.includes(asked)) {
  process.stderr.write(
    `There is no stack "${asked}", because there is no Pulumi.${asked}.yaml: STACK is one of ${stacks.join(", ")}.\n`,
  );
  process.exitCode = 1;
} else {
  const read = stacks.map((stack) => readOrProblems(folder, stack));
  const result = checkStacks(read, { systems, environments }, thisDay(), asked === "" ? stacks : [asked]);
  const lines = asked === "" ? systemsWithoutStack(Object.keys(systems), read) : [];
  process.stdout.write(`${[...lines, ...checkLines(result)].join("\n")}\n`);
  process.exitCode = result.errors.length > 0 ? 1 : 0;
}
