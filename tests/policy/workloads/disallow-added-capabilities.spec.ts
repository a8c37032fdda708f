import { disallowAddedCapabilities } from "../../../policy/rules/workloads/disallow-added-capabilities";
import { specify } from "../support";
import { ELSEWHERE, task, UNREAD } from "./tasks";

const added = (...add: readonly string[]) => task({ linuxParameters: { capabilities: { add, drop: ["ALL"] } } });

specify(disallowAddedCapabilities, {
  compliant: [added("NET_BIND_SERVICE"), added()],
  violating: [
    [added("SYS_ADMIN"), ['it: containerDefinitions[0].linuxParameters.capabilities.add[0] is "SYS_ADMIN"']],
    [added("CHOWN", "ALL"), ['it: containerDefinitions[0].linuxParameters.capabilities.add[1] is "ALL"']],
    [
      task({ linuxParameters: { devices: [{ hostPath: "/dev/sda" }] } }),
      ['it: containerDefinitions[0].linuxParameters.devices[0].hostPath is "/dev/sda"'],
    ],
  ],
  notApplicable: [ELSEWHERE],
  missing: [[task({}), []]],
  unknown: UNREAD,
});
