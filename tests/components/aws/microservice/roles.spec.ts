import { expect } from "chai";
import type { Deployment } from "../../../../offline/providers/mocks";
import { build, placement, REPOSITORY, statementsOf, supplied } from "./fixtures";

const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const executionOf = ({ one }: Deployment<unknown>) => statementsOf(one(POLICY, "order-execution-policy").inputs.policy);
const logs = ({ one }: Deployment<unknown>) => ({
  Effect: "Allow",
  Sid: "WriteLogs",
  Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: `${String(one("aws:cloudwatch/logGroup:LogGroup").outputs.arn)}:*`,
});
const pull = [
  {
    Effect: "Allow",
    Sid: "PullImage",
    Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    Resource: REPOSITORY,
  },
  { Effect: "Allow", Sid: "LogInToRegistry", Action: "ecr:GetAuthorizationToken", Resource: "*" },
];

describe("components/aws/microservice roles", () => {
  it("lends the task role to tasks of this account and region only", async () => {
    const { one } = await build();
    expect(statementsOf(one(ROLE, "order-task").inputs.assumeRolePolicy)).to.deep.equal([
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": placement.accountId },
          ArnLike: { "aws:SourceArn": "arn:aws:ecs:eu-central-1:123456789012:*" },
        },
      },
    ]);
  });

  it("lends the execution role to tasks of this account only", async () => {
    const { one } = await build();
    expect(statementsOf(one(ROLE, "order-execution").inputs.assumeRolePolicy)).to.deep.equal([
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": placement.accountId } },
      },
    ]);
  });

  it("gives the process no policy when no edge gives a right", async () => {
    const { ofType } = await build({ grants: { peer: { environment: { PEER: "x" } } } });
    expect(ofType(POLICY).map(({ name }) => name)).to.deep.equal(["order-execution-policy"]);
  });

  it("gives the process what its edges say and nothing else", async () => {
    const { one } = await build({
      grants: {
        queue: { statements: [{ Action: "sqs:SendMessage", Resource: supplied("arn:aws:sqs:::q") }] },
        bucket: { statements: [{ Sid: "Read", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::b/*" }] },
      },
    });
    const policy = one(POLICY, "order-task-policy").inputs;
    expect(policy.role).to.equal(one(ROLE, "order-task").outputs.name);
    expect(statementsOf(policy.policy)).to.deep.equal([
      { Effect: "Allow", Action: "sqs:SendMessage", Resource: "arn:aws:sqs:::q" },
      { Effect: "Allow", Sid: "Read", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::b/*" },
    ]);
  });

  it("lets ECS write its logs and pull its image", async () => {
    const deployment = await build();
    expect(executionOf(deployment)).to.deep.equal([logs(deployment), ...pull]);
    expect(deployment.one(POLICY).inputs.role).to.equal(deployment.one(ROLE, "order-execution").outputs.name);
  });

  it("gives no registry rights for a public image", async () => {
    const deployment = await build({ image: "public.ecr.aws/docker/library/nginx:1.27.3" });
    expect(executionOf(deployment)).to.deep.equal([logs(deployment)]);
  });

  it("reads the repository from an image that another resource supplies", async () => {
    const image = supplied("123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/order@sha256:" + "a".repeat(64));
    const deployment = await build({ image });
    expect(executionOf(deployment)).to.deep.equal([logs(deployment), ...pull]);
  });

  it("lets ECS read exactly the secrets of the service and its grants, and open their keys through Secrets Manager", async () => {
    const secret = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:a-AbCdEf";
    const other = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:b-AbCdEf";
    const key = "arn:aws:kms:eu-central-1:123456789012:key/1";
    const deployment = await build({
      image: "nginx:1.27.3",
      grants: { partner: { secrets: { DB_USER: { arn: secret, kmsKeyArn: key, field: "username" } } } },
      secrets: {
        DB_PASSWORD: { arn: secret, kmsKeyArn: key, field: "password" },
        API_TOKEN: { arn: supplied(other) },
        SIGNING_KEY: { arn: secret, versionId: supplied("v-1") },
        TLS_KEY: { arn: secret, field: "key", versionId: "v-2" },
      },
    });
    expect(executionOf(deployment)).to.deep.equal([
      logs(deployment),
      { Effect: "Allow", Sid: "ReadSecrets", Action: "secretsmanager:GetSecretValue", Resource: [secret, other] },
      {
        Effect: "Allow",
        Sid: "DecryptSecrets",
        Action: "kms:Decrypt",
        Resource: [key],
        Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com" } },
      },
    ]);
    expect(JSON.parse(String(deployment.one("aws:ecs/taskDefinition:TaskDefinition").inputs.containerDefinitions)))
      .to.have.nested.property("[0].secrets")
      .that.deep.equals([
        { name: "API_TOKEN", valueFrom: other },
        { name: "DB_PASSWORD", valueFrom: `${secret}:password::` },
        { name: "DB_USER", valueFrom: `${secret}:username::` },
        { name: "SIGNING_KEY", valueFrom: `${secret}:::v-1` },
        { name: "TLS_KEY", valueFrom: `${secret}:key::v-2` },
      ]);
  });
});
