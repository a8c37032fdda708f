import { disallowRootContainerUser } from "../../../policy/rules/workloads/disallow-root-container-user";
import { specify, unknown } from "../support";
import { ELSEWHERE, task, UNREAD } from "./tasks";

specify(disallowRootContainerUser, {
  compliant: [task({ user: "10001" }), task({ user: "app:app" }), task({ user: "1000:0" })],
  violating: [
    [task({ user: "root" }), ['it: containerDefinitions[0].user is "root"']],
    [task({ user: "0" }), ['it: containerDefinitions[0].user is "0"']],
    [task({ user: "0:0" }), ['it: containerDefinitions[0].user is "0:0"']],
    [task({ user: "root:app" }), ['it: containerDefinitions[0].user is "root:app"']],
  ],
  notApplicable: [ELSEWHERE, task({}, { runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } })],
  missing: [[task({}), ["it: containerDefinitions[0].user is not set"]]],
  unknown: [...UNREAD, [task({}, { runtimePlatform: unknown }), []]],
});
