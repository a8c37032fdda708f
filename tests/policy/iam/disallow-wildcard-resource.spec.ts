import { disallowWildcardResource } from "../../../policy/rules/iam/disallow-wildcard-resource";
import { resource, specify, unknown } from "../support";
import { ACCOUNT, admit, allow, keyPolicy, policy, text } from "./documents";

const finding = (found: string) => [`it: policy.Statement[0].Resource is "${found}"`] as const;

specify(disallowWildcardResource, {
  compliant: [
    policy(allow("sqs:SendMessage"), allow("s3:GetObject", "arn:aws:s3:::images/*")),
    policy(
      allow(["ecr:GetAuthorizationToken", "ssmmessages:*", "xray:PutTraceSegments", "cloudwatch:PutMetricData"], "*"),
    ),
    policy(allow("s3:GetObject", "*", { Condition: { StringEquals: { "aws:ResourceTag/Service": "order" } } })),
    policy(
      allow("ecs:RunTask", "*", {
        Condition: { ArnEquals: { "ecs:cluster": `arn:aws:ecs:eu-central-1:${ACCOUNT}:cluster/c` } },
      }),
    ),
    policy(allow("logs:PutLogEvents", `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:/ecs/order:*`)),
    policy(
      allow(
        ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface"],
        [
          `arn:aws:ec2:eu-central-1:${ACCOUNT}:network-interface/*`,
          `arn:aws:ec2:eu-central-1:${ACCOUNT}:subnet/subnet-1`,
        ],
      ),
    ),
    policy({ Effect: "Deny", Action: "sqs:SendMessage", Resource: "*" }),
    keyPolicy(admit({ AWS: ACCOUNT }, "kms:Decrypt", { Resource: "*" })),
  ],
  violating: [
    [policy(allow("sqs:SendMessage", "*")), finding("*")],
    [policy(allow("sqs:SendMessage", ["**"])), finding("**")],
    [policy(allow("sqs:SendMessage", "arn*")), finding("arn*")],
    [policy(allow("sqs:SendMessage", "arn:*")), finding("arn:*")],
    [policy(allow("sqs:SendMessage", "arn:aws:sqs:*:*:*")), finding("arn:aws:sqs:*:*:*")],
    [policy(allow("sqs:SendMessage", "arn:aws:sqs:*")), finding("arn:aws:sqs:*")],
    [
      policy(allow("sqs:SendMessage", `arn:aws:sqs:eu-central-1:${ACCOUNT}:*`)),
      finding(`arn:aws:sqs:eu-central-1:${ACCOUNT}:*`),
    ],
    [
      policy(allow("ec2:CreateNetworkInterface", `arn:aws:ec2:eu-central-1:${ACCOUNT}:subnet/*`)),
      finding(`arn:aws:ec2:eu-central-1:${ACCOUNT}:subnet/*`),
    ],
    [
      policy(
        allow(
          ["ec2:DeleteNetworkInterface", "ec2:AttachNetworkInterface"],
          `arn:aws:ec2:eu-central-1:${ACCOUNT}:network-interface/*`,
        ),
      ),
      finding(`arn:aws:ec2:eu-central-1:${ACCOUNT}:network-interface/*`),
    ],
    [policy(allow("s3:GetObject", "arn:aws:s3:::*/*")), finding("arn:aws:s3:::*/*")],
    [policy(allow("dynamodb:GetItem", "arn:aws:dynamodb:*:*:table/*")), finding("arn:aws:dynamodb:*:*:table/*")],
    [policy(allow("logs:PutLogEvents", "arn:aws:logs:*:*:log-group:*:*")), finding("arn:aws:logs:*:*:log-group:*:*")],
    [policy(allow(["ecr:GetAuthorizationToken", "ecr:BatchGetImage"], "*")), finding("*")],
    [policy(allow("s3:*", "*")), finding("*")],
    [
      policy(allow("s3:GetObject", "*", { Condition: { StringEqualsIfExists: { "aws:ResourceTag/a": "b" } } })),
      finding("*"),
    ],
    [policy(allow("s3:GetObject", "*", { Condition: { StringLike: { "aws:ResourceTag/a": "*" } } })), finding("*")],
    [policy(allow("s3:GetObject", "*", { Condition: { Bool: { "aws:SecureTransport": "true" } } })), finding("*")],
    [resource("aws:iam/groupPolicy:GroupPolicy", { policy: text(allow("sns:Publish", "*")) }), finding("*")],
  ],
  notApplicable: [
    resource("aws:sns/topicPolicy:TopicPolicy", { policy: text(admit("*", "sns:Publish", { Resource: "*" })) }),
  ],
  missing: [[policy({ Effect: "Allow", Action: "sqs:SendMessage" }), []]],
  unknown: [
    [
      resource("aws:iam/policy:Policy", { policy: { Statement: [allow("sqs:SendMessage", [unknown, "*"])] } }),
      finding("*"),
    ],
    [
      resource("aws:iam/policy:Policy", {
        policy: {
          Statement: [allow("sqs:SendMessage", "*", { Condition: { StringEquals: { "aws:ResourceTag/a": unknown } } })],
        },
      }),
      [],
    ],
  ],
});
