import { disallowHostPathVolume } from "../../../policy/rules/workloads/disallow-host-path-volume";
import { specify, unknown } from "../support";
import { ELSEWHERE, task } from "./tasks";

specify(disallowHostPathVolume, {
  compliant: [task({}, { volumes: [{ name: "scratch" }] })],
  violating: [
    [
      task({}, { volumes: [{ name: "a" }, { name: "engine", hostPath: "/var/run/docker.sock" }] }),
      ['it: volumes[1].hostPath is "/var/run/docker.sock"'],
    ],
  ],
  notApplicable: [ELSEWHERE],
  missing: [[task({}), []]],
  unknown: [
    [task({}, { volumes: unknown }), []],
    [task({}, { volumes: [{ hostPath: unknown }, { hostPath: "/" }] }), ['it: volumes[1].hostPath is "/"']],
  ],
});
