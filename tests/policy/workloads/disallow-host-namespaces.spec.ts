import { disallowHostNamespaces } from "../../../policy/rules/workloads/disallow-host-namespaces";
import { specify, unknown } from "../support";
import { ELSEWHERE, task } from "./tasks";

specify(disallowHostNamespaces, {
  compliant: [task({}, { networkMode: "awsvpc", pidMode: "task", ipcMode: "none" })],
  violating: [
    [
      task({}, { networkMode: "host", pidMode: "host", ipcMode: "host" }),
      ['it: networkMode is "host"', 'it: pidMode is "host"', 'it: ipcMode is "host"'],
    ],
  ],
  notApplicable: [ELSEWHERE],
  missing: [[task({}), []]],
  unknown: [[task({}, { networkMode: unknown, pidMode: "host" }), ['it: pidMode is "host"']]],
});
