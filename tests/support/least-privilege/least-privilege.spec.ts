// The instrument itself: a small stack whose rights are known, and what it says when one of them is changed.
import { expect } from "chai";
import { type Deployed, rightsOf } from ".";

const ACCOUNT = "123456789012";
const QUEUE = `arn:aws:sqs:eu-central-1:${ACCOUNT}:orders`;
const KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/order-task`;
const GROUP = `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:/ecs/order`;

interface Changes {
  readonly statements?: readonly object[];
  readonly queueStatements?: readonly object[];
  readonly keyStatements?: readonly object[];
  readonly attach?: string;
}

const SEND = { Effect: "Allow", Action: "sqs:SendMessage", Resource: QUEUE };
const USE_KEY = {
  Effect: "Allow",
  Action: "kms:Decrypt",
  Resource: KEY,
  Condition: { StringEquals: { "kms:ViaService": "sqs.eu-central-1.amazonaws.com" } },
};
const ONLY_TLS = {
  Effect: "Deny",
  Principal: "*",
  Action: "sqs:*",
  Resource: QUEUE,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const ACCOUNT_DECIDES = {
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  Action: "kms:*",
  Resource: "*",
};

/** A service that sends to its queue, with changes. */
function stack({ statements = [SEND, USE_KEY], queueStatements = [ONLY_TLS], keyStatements, attach }: Changes = {}) {
  const text = (list: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement: list });
  const resource = (type: string, name: string, outputs: Record<string, unknown>): Deployed => ({
    type,
    name,
    inputs: outputs,
    outputs,
  });
  return [
    resource("aws:sqs/queue:Queue", "orders", { arn: QUEUE, url: "https://sqs/orders" }),
    resource("aws:sqs/queuePolicy:QueuePolicy", "orders", {
      queueUrl: "https://sqs/orders",
      policy: text(queueStatements),
    }),
    resource("aws:kms/key:Key", "data", {
      arn: KEY,
      keyId: "1",
      ...(keyStatements && { policy: text(keyStatements) }),
    }),
    resource("aws:s3/bucket:Bucket", "images", { arn: "arn:aws:s3:::images", bucket: "images" }),
    resource("aws:cloudwatch/logGroup:LogGroup", "order", { arn: GROUP }),
    resource("aws:iam/role:Role", "order-task", { arn: ROLE, name: "order-task" }),
    resource("aws:iam/rolePolicy:RolePolicy", "order-task", { role: "order-task", policy: text(statements) }),
    resource("aws:ecs/taskDefinition:TaskDefinition", "order", { taskRoleArn: ROLE }),
    ...(attach === undefined
      ? []
      : [
          resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "extra", {
            role: "order-task",
            policyArn: attach,
          }),
        ]),
  ];
}

const SENDS = ["kms:Decrypt key data via sqs", "sqs:SendMessage queue orders"];

describe("rightsOf", () => {
  it("tells exactly what a role may do", async () => {
    expect(await rightsOf(stack())).to.deep.equal({ "order-task": SENDS });
  });

  it("notices one statement more, by pattern as well as by name", async () => {
    const wider = [SEND, USE_KEY, { Effect: "Allow", Action: "sqs:*Message", Resource: "*" }];
    expect(await rightsOf(stack({ statements: wider }))).to.deep.equal({
      "order-task": [
        "kms:Decrypt key data via sqs",
        "sqs:DeleteMessage queue orders",
        "sqs:ReceiveMessage queue orders",
        "sqs:SendMessage queue orders",
      ],
    });
  });

  it("notices a right that nobody thought of asking for", async () => {
    const odd = [SEND, USE_KEY, { Effect: "Allow", Action: "sqs:TagQueue", Resource: QUEUE }];
    expect(await rightsOf(stack({ statements: odd }))).to.deep.equal({
      "order-task": [...SENDS, "sqs:TagQueue queue orders"],
    });
  });

  it("notices a right on something outside the stack", async () => {
    const away = [SEND, USE_KEY, { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::elsewhere/*" }];
    expect(await rightsOf(stack({ statements: away }))).to.deep.equal({
      "order-task": [
        "kms:Decrypt key data via sqs",
        "s3:GetObject arn:aws:s3:::elsewhere/*",
        "sqs:SendMessage queue orders",
      ],
    });
  });

  it("notices a right that the queue's own policy gives", async () => {
    const admits = { Effect: "Allow", Principal: { AWS: ROLE }, Action: "sqs:PurgeQueue", Resource: QUEUE };
    expect(await rightsOf(stack({ queueStatements: [ONLY_TLS, admits] }))).to.deep.equal({
      "order-task": ["kms:Decrypt key data via sqs", "sqs:PurgeQueue queue orders", "sqs:SendMessage queue orders"],
    });
  });

  it("notices that the queue's own policy gives a right that nobody thought of", async () => {
    const admits = { Effect: "Allow", Principal: { AWS: ROLE }, Action: "sqs:TagQueue", Resource: QUEUE };
    expect(await rightsOf(stack({ queueStatements: [admits] }))).to.deep.equal({
      "order-task": [...SENDS, "sqs:TagQueue queue orders"],
    });
  });

  it("notices a key that does not leave the decision to IAM", async () => {
    const other = { ...ACCOUNT_DECIDES, Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/somebody` } };
    expect(await rightsOf(stack({ keyStatements: [other] }))).to.deep.equal({
      "order-task": ["sqs:SendMessage queue orders"],
    });
    expect(await rightsOf(stack({ keyStatements: [ACCOUNT_DECIDES] }))).to.deep.equal({ "order-task": SENDS });
  });

  it("notices a key that answers directly", async () => {
    const direct = { Effect: "Allow", Action: "kms:Decrypt", Resource: KEY };
    expect(await rightsOf(stack({ statements: [SEND, USE_KEY, direct] }))).to.deep.equal({
      "order-task": ["kms:Decrypt key data", "sqs:SendMessage queue orders"],
    });
  });

  it("knows that nothing passes without TLS", async () => {
    expect(await rightsOf(stack(), { secureTransport: false })).to.deep.equal({
      "order-task": ["kms:Decrypt key data via sqs"],
    });
  });

  it("knows what an administrator of another account may do", async () => {
    const foreignAccount = "999999999999";
    expect(await rightsOf(stack(), { foreignAccount })).to.deep.equal({ administrator: [] });
    const open = { Effect: "Allow", Principal: "*", Action: "sqs:ReceiveMessage", Resource: QUEUE };
    expect(await rightsOf(stack({ queueStatements: [open] }), { foreignAccount })).to.deep.equal({
      administrator: ["sqs:ReceiveMessage queue orders"],
    });
  });

  it("refuses to guess what a managed policy says", async () => {
    const arn = "arn:aws:iam::aws:policy/AmazonSQSFullAccess";
    const outcome = await rightsOf(stack({ attach: arn })).catch((error: unknown) => String(error));
    expect(outcome).to.equal(`Error: order-task holds ${arn}, whose text this stack does not have`);
  });
});
