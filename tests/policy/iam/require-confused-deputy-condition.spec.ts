import { requireConfusedDeputyCondition } from "../../../policy/rules/iam/require-confused-deputy-condition";
import { resource, specify, unknown } from "../support";
import { ACCOUNT, admit, allow, keyPolicy, policy, queuePolicy, text, trust, trusting } from "./documents";

const logs = { Service: "logs.eu-central-1.amazonaws.com" };
const delivery = { Service: "logdelivery.elasticloadbalancing.amazonaws.com" };
const bucketPolicy = (path: string) =>
  resource("aws:s3/bucketPolicy:BucketPolicy", {
    policy: text(admit(delivery, "s3:PutObject", { Resource: `arn:aws:s3:::logs/${path}` })),
  });
const topicPolicy = (action: string) =>
  resource("aws:sns/topicPolicy:TopicPolicy", { policy: text(admit({ Service: "events.amazonaws.com" }, action)) });

specify(requireConfusedDeputyCondition, {
  compliant: [
    keyPolicy(
      admit(logs, "kms:Decrypt", {
        Condition: {
          ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:*` },
        },
      }),
    ),
    bucketPolicy(`AWSLogs/${ACCOUNT}/*`),
    topicPolicy("sns:Publish"),
    queuePolicy({ ...admit({ Service: "sns.amazonaws.com" }), Effect: "Deny" }),
    resource("aws:lambda/permission:Permission", {
      principal: "s3.amazonaws.com",
      sourceArn: "arn:aws:s3:::images",
      sourceAccount: ACCOUNT,
    }),
  ],
  violating: [
    [
      queuePolicy(admit({ Service: "sns.amazonaws.com" })),
      ['it: policy.Statement[0].Principal is "sns.amazonaws.com"'],
    ],
    [topicPolicy("sns:Subscribe"), ['it: policy.Statement[0].Principal is "events.amazonaws.com"']],
    [bucketPolicy("*"), [`it: policy.Statement[0].Principal is "${delivery.Service}"`]],
    [
      resource("aws:lambda/permission:Permission", { principal: "events.amazonaws.com" }),
      ['it: principal is "events.amazonaws.com"'],
    ],
  ],
  notApplicable: [policy(allow("sqs:SendMessage")), trusting(trust({ Service: "lambda.amazonaws.com" }))],
  missing: [[resource("aws:sqs/queuePolicy:QueuePolicy", {}), []]],
  unknown: [
    [resource("aws:sqs/queuePolicy:QueuePolicy", { policy: unknown }), []],
    [resource("aws:lambda/permission:Permission", { principal: "events.amazonaws.com", sourceArn: unknown }), []],
  ],
});
