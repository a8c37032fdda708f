// `stack-rights <stack>`, a process of its own because base and working tree have programs of their own: the rights of a stack's
// workloads, from a mocked build, as JSON.
import { thisDay } from "../../infra/examine";
import { mockedRights } from "../mocked-rights";
import { project } from "../places";
import { builtStack, knownOf } from "../project-systems";

const { plan, target } = builtStack(project, knownOf(project), process.argv[2] ?? "", thisDay());
void mockedRights(target, plan).then((rights) => process.stdout.write(JSON.stringify(rights)));
