import { requireTrustSourceCondition } from "../../../policy/rules/iam/require-trust-source-condition";
import { resource, specify, unknown } from "../support";
import { ACCOUNT, admit, queuePolicy, trust, trusting } from "./documents";

const tasks = { Service: "ecs-tasks.amazonaws.com" };
const found = (service: string) => `it: assumeRolePolicy.Statement[0].Principal is "${service}"`;

specify(requireTrustSourceCondition, {
  compliant: [
    trusting(trust(tasks, { StringEquals: { "aws:SourceAccount": ACCOUNT } })),
    trusting(trust(tasks, { ArnLike: { "aws:SourceArn": `arn:aws:ecs:eu-central-1:${ACCOUNT}:*` } })),
    trusting(trust({ Service: "lambda.amazonaws.com" })),
    trusting(trust({ Service: ["ec2.amazonaws.com", "eks.amazonaws.com"] })),
  ],
  violating: [
    [trusting(trust(tasks)), [found("ecs-tasks.amazonaws.com")]],
    [
      trusting(trust({ Service: ["ec2.amazonaws.com", "scheduler.amazonaws.com"] })),
      [found("scheduler.amazonaws.com")],
    ],
    [
      trusting(trust(tasks, { StringEqualsIfExists: { "aws:SourceAccount": ACCOUNT } })),
      [found("ecs-tasks.amazonaws.com")],
    ],
    [trusting(trust(tasks, { ArnLike: { "aws:SourceArn": "arn:aws:ecs:*:*:*" } })), [found("ecs-tasks.amazonaws.com")]],
  ],
  notApplicable: [queuePolicy(admit(tasks))],
  missing: [[resource("aws:iam/role:Role", {}), []]],
  unknown: [[resource("aws:iam/role:Role", { assumeRolePolicy: unknown }), []]],
});
