// `main.ts <stack>`: the names of all stores that a stack's system describes, as JSON. It reads the description and checks nothing.
import { join } from "node:path";
import { readStack } from "../check/stack-files";
import { storeNames } from "../targets/ecs/store-names";
import { systems } from "../systems";

const { values } = readStack(join(__dirname, "..", ".."), process.argv[2] ?? "");
const name = values["archipelago:system"] ?? "";
const system = Object.entries(systems).find(([key]) => key === name)?.[1];
if (system === undefined) throw new Error(`there is no system "${name}"`);
process.stdout.write(JSON.stringify(storeNames(system)));
