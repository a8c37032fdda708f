import { requireContainerLogs } from "../../../policy/rules/workloads/require-container-logs";
import { specify } from "../support";
import { ELSEWHERE, task, UNREAD } from "./tasks";

specify(requireContainerLogs, {
  compliant: [
    task({ logConfiguration: { logDriver: "awslogs", options: {} } }),
    task({ logConfiguration: { logDriver: "awsfirelens" } }),
  ],
  violating: [
    [
      task({ logConfiguration: { logDriver: "none" } }),
      ['it: containerDefinitions[0].logConfiguration.logDriver is "none"'],
    ],
  ],
  notApplicable: [ELSEWHERE],
  missing: [
    [task({}), ["it: containerDefinitions[0].logConfiguration.logDriver is not set"]],
    [task({ logConfiguration: {} }), ["it: containerDefinitions[0].logConfiguration.logDriver is not set"]],
  ],
  unknown: UNREAD,
});
