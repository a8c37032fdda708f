import { requireReadOnlyRootFilesystem } from "../../../policy/rules/workloads/require-read-only-root-filesystem";
import { specify } from "../support";
import { ELSEWHERE, task, UNREAD } from "./tasks";

specify(requireReadOnlyRootFilesystem, {
  compliant: [task({ readonlyRootFilesystem: true })],
  violating: [
    [task({ readonlyRootFilesystem: false }), ["it: containerDefinitions[0].readonlyRootFilesystem is false"]],
  ],
  notApplicable: [ELSEWHERE, task({}, { runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } })],
  missing: [[task({}), ["it: containerDefinitions[0].readonlyRootFilesystem is not set"]]],
  unknown: UNREAD,
});
