import { disallowPrivilegedContainer } from "../../../policy/rules/workloads/disallow-privileged-container";
import { specify } from "../support";
import { ELSEWHERE, task, UNREAD } from "./tasks";

specify(disallowPrivilegedContainer, {
  compliant: [task({ privileged: false })],
  violating: [[task({ privileged: true }), ["it: containerDefinitions[0].privileged is true"]]],
  notApplicable: [ELSEWHERE],
  missing: [[task({}), []]],
  unknown: UNREAD,
});
