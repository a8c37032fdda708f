import { requireValidPolicyDocument } from "../../../policy/rules/iam/require-valid-policy-document";
import { messages, resource, specify, unknown } from "../support";
import { expect } from "chai";
import { ACCOUNT, admit, allow, policy, QUEUE, queuePolicy, text, trust, trusting } from "./documents";

const HOME = "arn:aws:s3:::home/${aws:username}/*";
const managed = (value: unknown) => resource("aws:iam/policy:Policy", { policy: value });

specify(requireValidPolicyDocument, {
  compliant: [
    policy(allow(["sqs:SendMessage", "SQS:receivemessage", "s3:Get*", "*"]), {
      ...allow("rds-db:connect", "*"),
      Sid: "Connect",
    }),
    trusting(trust({ AWS: ACCOUNT }, { "ForAnyValue:StringLikeIfExists": { "aws:PrincipalOrgPaths": "o-a/*" } })),
    queuePolicy(admit("*", "sqs:SendMessage", { Condition: { Null: { "aws:SourceArn": "false" } } })),
    managed({ Version: "2012-10-17", Statement: allow("sqs:SendMessage") }),
    managed({ Version: "2012-10-17", Statement: allow("s3:GetObject", HOME) }),
    managed(JSON.stringify({ Version: "2008-10-17", Statement: [allow("sqs:SendMessage")] })),
    managed(JSON.stringify({ Statement: [allow("sqs:SendMessage")] })),
  ],
  violating: [
    [managed("{not json"), ['it: policy is "{not json"']],
    [managed("[1]"), ["it: policy is [1]"]],
    [policy(allow("sqs:RecieveMessage")), ['it: policy.Statement[0].Action is "sqs:RecieveMessage"']],
    [policy(allow("sqss:SendMessage")), ['it: policy.Statement[0].Action is "sqss:SendMessage"']],
    [policy(allow("SendMessage")), ['it: policy.Statement[0].Action is "SendMessage"']],
    [policy(allow("s3:Gte*")), ['it: policy.Statement[0].Action is "s3:Gte*"']],
    [policy({ ...allow("sqs:SendMessage"), Effect: "allow" }), ['it: policy.Statement[0].Effect is "allow"']],
    [policy({ ...allow("sqs:SendMessage"), Resources: QUEUE }), [`it: policy.Statement[0].Resources is "${QUEUE}"`]],
    [policy(allow("sqs:SendMessage", "orders")), ['it: policy.Statement[0].Resource is "orders"']],
    [
      policy(allow("sqs:SendMessage", QUEUE, { Condition: { StringEqual: { "aws:SourceAccount": ACCOUNT } } })),
      ['it: policy.Statement[0].Condition.StringEqual is "StringEqual"'],
    ],
    [
      managed(JSON.stringify({ Version: "2012-10-18", Statement: [allow("sqs:SendMessage")] })),
      ['it: policy.Version is "2012-10-18"'],
    ],
    [
      managed(JSON.stringify({ Version: "2008-10-17", Statement: [allow("s3:GetObject", HOME)] })),
      ['it: policy.Version is "2008-10-17"'],
    ],
    [
      managed({
        Statement: allow("s3:GetObject", "*", { Condition: { StringEquals: { "s3:prefix": ["${aws:username}"] } } }),
      }),
      ["it: policy.Version is not set"],
    ],
    [queuePolicy(admit(["*"])), ['it: policy.Statement[0].Principal is ["*"]']],
    [queuePolicy(admit(ACCOUNT)), [`it: policy.Statement[0].Principal is "${ACCOUNT}"`]],
    [policy(admit("*")), ['it: policy.Statement[0].Principal is "*"']],
    [queuePolicy(allow("sqs:SendMessage")), ["it: policy.Statement[0].Principal is not set"]],
    [trusting({ ...trust({ AWS: ACCOUNT }), Resource: "*" }), ['it: assumeRolePolicy.Statement[0].Resource is "*"']],
    [managed(text()), ["it: policy.Statement is not set"]],
  ],
  notApplicable: [resource("aws:sqs/queue:Queue", { redrivePolicy: "{not json" })],
  missing: [
    [resource("aws:iam/policy:Policy", {}), []],
    [
      policy({ Effect: "Allow" }),
      ["it: policy.Statement[0].Action is not set", "it: policy.Statement[0].Resource is not set"],
    ],
  ],
  unknown: [
    [managed(unknown), []],
    [managed({ Version: unknown, Statement: [unknown, allow(unknown, unknown)] }), []],
    [
      managed({ Version: "2012-10-17", Statement: [allow([unknown, "sqs:Sendmesage"], unknown)] }),
      ['it: policy.Statement[0].Action is "sqs:Sendmesage"'],
    ],
  ],
});

describe("require-valid-policy-document, in words", () => {
  it("names the action that was meant", async () => {
    const [message = ""] = await messages(requireValidPolicyDocument, policy(allow("sqs:RecieveMessage")));
    expect(message.split("\n")[1]).to.equal("required: an action that AWS has: sqs:ReceiveMessage?");
  });
});
