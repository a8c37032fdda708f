import { disallowPublicResourcePolicy } from "../../../policy/rules/iam/disallow-public-resource-policy";
import { resource, specify, unknown } from "../support";
import { ACCOUNT, admit, deny, keyPolicy, queuePolicy, text, trust, trusting } from "./documents";

const finding = (found: string) => [`it: policy.Statement[0].Principal is "${found}"`] as const;
const under = (condition: object) => queuePolicy(admit("*", "sqs:SendMessage", { Condition: condition }));

specify(disallowPublicResourcePolicy, {
  compliant: [
    queuePolicy(admit({ AWS: ACCOUNT }), deny({ Bool: { "aws:SecureTransport": "false" } })),
    under({ ArnEquals: { "aws:SourceArn": `arn:aws:sns:eu-central-1:${ACCOUNT}:orders` } }),
    under({ StringEquals: { "AWS:SourceOwner": ACCOUNT } }),
    under({ ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:images" } }),
    resource("aws:efs/fileSystemPolicy:FileSystemPolicy", {
      policy: text(
        admit({ AWS: "*" }, "elasticfilesystem:ClientMount", {
          Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
        }),
      ),
    }),
    under({ "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": ["o-a1b2c3d4e5/*"] } }),
    under({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }),
    under({ StringEquals: { "aws:SourceVpce": "vpce-0123456789" } }),
    keyPolicy(
      admit({ AWS: "*" }, "kms:Decrypt", {
        Condition: {
          StringEquals: { "kms:CallerAccount": ACCOUNT, "kms:ViaService": "sqs.eu-central-1.amazonaws.com" },
        },
      }),
    ),
    queuePolicy(admit("*"), deny({ StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } })),
    resource("aws:lambda/permission:Permission", {
      action: "lambda:InvokeFunction",
      principal: "*",
      principalOrgId: "o-a1b2c3d4e5",
    }),
  ],
  violating: [
    [queuePolicy(admit("*")), finding("*")],
    [queuePolicy(admit({ AWS: ["*"] })), finding("*")],
    [queuePolicy(admit(["*"])), finding("*")],
    [queuePolicy(admit([{ AWS: "*" }])), finding("*")],
    [queuePolicy(admit({ aws: "*" })), finding("*")],
    [queuePolicy(admit({ "*": "*" })), finding("*")],
    [queuePolicy(admit({ Service: "*" })), finding("*")],
    [queuePolicy(admit({ CanonicalUser: ["*"] })), finding("*")],
    [queuePolicy(admit({ AWS: [ACCOUNT, "**"] })), finding("**")],
    [
      resource("aws:sqs/queue:Queue", { policy: JSON.stringify({ Statement: admit("*") }) }),
      ['it: policy.Statement.Principal is "*"'],
    ],
    [
      resource("aws:sqs/queue:Queue", { policy: JSON.stringify({ Version: "2008-10-17", Statement: [admit("*")] }) }),
      finding("*"),
    ],
    [queuePolicy(admit({ AWS: "arn:aws:iam::*:root" })), finding("arn:aws:iam::*:root")],
    [under({ StringLike: { "aws:SourceAccount": "*" } }), finding("*")],
    [under({ StringEqualsIfExists: { "aws:SourceAccount": ACCOUNT } }), finding("*")],
    [under({ "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }), finding("*")],
    [under({ ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:*" } }), finding("*")],
    [under({ IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "0.0.0.0/0"] } }), finding("*")],
    [under({ Bool: { "aws:SecureTransport": "true" } }), finding("*")],
    [under({ StringNotEquals: { "aws:PrincipalAccount": ACCOUNT } }), finding("*")],
    [
      queuePolicy(
        admit("*"),
        deny({ StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }, { Action: "sqs:DeleteQueue" }),
      ),
      finding("*"),
    ],
    [
      resource("aws:s3/bucketPolicy:BucketPolicy", {
        policy: text(admit("*", "s3:GetObject", { Resource: "arn:aws:s3:::images/*" })),
      }),
      finding("*"),
    ],
    [keyPolicy(admit({ AWS: "*" }, "kms:*")), finding("*")],
    [
      resource("aws:opensearch/domain:Domain", { accessPolicies: text(admit({ AWS: "*" }, "es:*")) }),
      ['it: accessPolicies.Statement[0].Principal is "*"'],
    ],
    [
      resource("aws:lambda/permission:Permission", {
        action: "lambda:InvokeFunctionUrl",
        principal: "*",
        functionUrlAuthType: "NONE",
      }),
      ['it: principal is "*"'],
    ],
  ],
  notApplicable: [trusting(trust("*"))],
  missing: [[resource("aws:sqs/queue:Queue", {}), []]],
  unknown: [
    [resource("aws:sqs/queue:Queue", { policy: unknown }), []],
    [
      resource("aws:sqs/queue:Queue", {
        policy: {
          Statement: [admit("*", "sqs:SendMessage", { Condition: { StringEquals: { "aws:SourceAccount": unknown } } })],
        },
      }),
      [],
    ],
    [resource("aws:sqs/queue:Queue", { policy: { Statement: [admit({ AWS: [unknown, "*"] })] } }), finding("*")],
    [
      resource("aws:lambda/permission:Permission", {
        action: "lambda:InvokeFunction",
        principal: "*",
        sourceAccount: unknown,
      }),
      [],
    ],
  ],
});
