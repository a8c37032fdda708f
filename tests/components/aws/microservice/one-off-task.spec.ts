// A task that somebody starts: what surrounds it, and the command that starts it.
import { expect } from "chai";
import type { Grant } from "../../../../components/kit";
import { OneOffTask, type OneOffTaskArgs } from "../../../../components/aws/microservice";
import { deploy, type Deployment, outputOf } from "../../../../offline/providers/mocks";
import { standing } from "../../../support/standing";
import { containerOf, minimal, statementsOf } from "./fixtures";

const { placement, network, image = "" } = minimal;
const cluster = { clusterArn: minimal.cluster.clusterArn, clusterName: minimal.cluster.clusterName };
const SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-1-AbCdEf";
const database: Grant = {
  statements: [{ Action: "secretsmanager:GetSecretValue", Resource: SECRET }],
  environment: { DB_SECRET_ARN: SECRET },
  reaches: [{ to: "db", securityGroupId: "sg-db", port: 5432 }],
};

function build(args: Partial<OneOffTaskArgs> = {}): Promise<Deployment<OneOffTask>> {
  const command = ["node", "migrate.js"];
  return deploy(
    () =>
      new OneOffTask("m", {
        placement,
        cluster,
        network,
        egressManagedElsewhere: true,
        image,
        command,
        grants: { database },
        ...args,
      }),
    { existing: standing },
  );
}

describe("components/aws/microservice: a one-off task", () => {
  let small: Deployment<OneOffTask>;
  before(async () => {
    small = await build();
  });

  it("consists of exactly these resources, and no service", () => {
    expect(small.resources.map(({ type, name }) => `${type.split(":").at(-1) ?? ""} ${name}`).sort()).to.deep.equal([
      "Alias m-logs-alias",
      "EncryptionKey m-logs",
      "Key m-logs-key",
      "LogGroup m-logs",
      "OneOffTask m",
      "Role m-execution",
      "Role m-task",
      "RolePolicy m-execution-policy",
      "RolePolicy m-task-policy",
      "SecurityGroup m-tasks",
      "SecurityGroupEgressRule m-to-db-5432",
      "SecurityGroupIngressRule m-at-db-5432",
      "TaskDefinition m-task",
    ]);
  });

  it("runs its command with its variables, hardened as a service is", () => {
    const { command, environment, portMappings, user, readonlyRootFilesystem } = containerOf(small);
    expect({ command, environment, portMappings, user, readonlyRootFilesystem }).to.deep.equal({
      command: ["node", "migrate.js"],
      environment: [
        { name: "AWS_REGION", value: "eu-central-1" },
        { name: "DB_SECRET_ARN", value: SECRET },
        { name: "SERVICE_NAME", value: "m" },
      ],
      portMappings: [],
      user: "10001",
      readonlyRootFilesystem: true,
    });
  });

  it("leaves the image's own command alone when it is given none", async () => {
    const one = await deploy(
      () => new OneOffTask("m", { placement, cluster, network, egressManagedElsewhere: true, image }),
      { existing: standing },
    );
    expect(containerOf(one)).to.not.have.property("command");
  });

  it("has the right to the secret in its task role, and not in its execution role", () => {
    const policy = (name: string) => statementsOf(small.one("aws:iam/rolePolicy:RolePolicy", name).inputs.policy);
    expect(policy("m-task-policy")).to.deep.equal([
      { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: SECRET },
    ]);
    expect(JSON.stringify(policy("m-execution-policy"))).to.not.include("secretsmanager");
  });

  it("says the command that starts it", async () => {
    const { result, one } = small;
    const definition = String(one("aws:ecs/taskDefinition:TaskDefinition").outputs.arn);
    const group = String(one("aws:ec2/securityGroup:SecurityGroup").outputs.id);
    expect(await outputOf(result.runCommand)).to.equal(
      `aws ecs run-task --region eu-central-1 --cluster shop --task-definition ${definition}` +
        " --launch-type FARGATE --count 1 --propagate-tags TASK_DEFINITION" +
        ` --network-configuration 'awsvpcConfiguration={subnets=[subnet-1,subnet-2],securityGroups=[${group}],assignPublicIp=DISABLED}'`,
    );
  });

  it("refuses what a service would be refused, under its own name", async () => {
    const refused = await build({ image: "order", cpu: 300 }).catch((error: unknown) => String(error));
    expect(refused).to.match(/archipelago:microservice:OneOffTask "m": 2 problems/);
  });
});
