import { disallowRoleSharedByServices } from "../../../policy/rules/iam/disallow-role-shared-by-services";
import { resource, specify, unknown } from "../support";
import { ACCOUNT } from "./documents";

const arn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const role = (name: string) => resource("aws:iam/role:Role", { arn: arn(name) }, name);
const task = (name: string, taskRoleArn: unknown, executionRoleArn: unknown, from?: Record<string, string[]>) =>
  resource("aws:ecs/taskDefinition:TaskDefinition", { taskRoleArn, executionRoleArn }, name, from);

specify(disallowRoleSharedByServices, {
  compliant: [
    [task("order", arn("a"), arn("b")), task("user", arn("c"), arn("d"))],
    [role("a"), role("b"), task("order", unknown, unknown, { taskRoleArn: ["a"], executionRoleArn: ["b"] })],
  ],
  violating: [
    [
      [task("order", arn("a"), arn("b")), task("user", arn("a"), arn("c"))],
      [`order: taskRoleArn is "${arn("a")}"`, `user: taskRoleArn is "${arn("a")}"`],
    ],
    [
      [task("order", arn("a"), arn("a"))],
      [`order: taskRoleArn is "${arn("a")}"`, `order: executionRoleArn is "${arn("a")}"`],
    ],
    [
      [task("order", arn("a"), arn("b")), resource("aws:lambda/function:Function", { role: arn("a") }, "monitor")],
      [`order: taskRoleArn is "${arn("a")}"`, `monitor: role is "${arn("a")}"`],
    ],
  ],
  notApplicable: [
    [
      resource("aws:rds/instance:Instance", { monitoringRoleArn: arn("a") }, "one"),
      resource("aws:rds/instance:Instance", { monitoringRoleArn: arn("a") }, "two"),
    ],
  ],
  missing: [[[resource("aws:ecs/taskDefinition:TaskDefinition", {}, "order"), task("user", "", "")], []]],
  unknown: [
    [[task("order", unknown, unknown), task("user", unknown, unknown)], []],
    [
      [
        role("a"),
        task("order", unknown, unknown, { taskRoleArn: ["a"] }),
        task("user", unknown, arn("a"), { taskRoleArn: ["a"] }),
      ],
      [
        "order: taskRoleArn is not known yet",
        "user: taskRoleArn is not known yet",
        `user: executionRoleArn is "${arn("a")}"`,
      ],
    ],
  ],
});
