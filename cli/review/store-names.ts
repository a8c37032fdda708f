// `store-names <stack>`, a process of its own because the description may not load: the names of all stores that a stack's system
// describes, as JSON. It reads the description and checks nothing.
import { storeNames } from "../../infra/targets/aws/store-names";
import { project } from "../places";
import { knownOf } from "../project-systems";
import { readStack } from "../stack-files";

const { values } = readStack(project, process.argv[2] ?? "");
const name = values["archipelago:system"] ?? "";
const system = Object.entries(knownOf(project).systems).find(([key]) => key === name)?.[1];
if (system === undefined) throw new Error(`there is no system "${name}"`);
process.stdout.write(JSON.stringify(storeNames(system)));
