// Workloads in private subnets reach every AWS service that their role has a right for. Without an endpoint a call waits until it times out.
import { expect } from "chai";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { deploy } from "../../../../offline/providers/mocks";
import { planFor, runOf } from "../../support/run";

/** The endpoint of each prefix of an action. */
const ENDPOINTS: Readonly<Record<string, string>> = {
  kinesis: "kinesis-streams",
  logs: "logs",
  secretsmanager: "secretsmanager",
  sns: "sns",
  sqs: "sqs",
  states: "states",
  xray: "xray",
};
/** Services that need no interface endpoint, with the reason. */
const OTHERWISE: Readonly<Record<string, string>> = {
  s3: "a gateway endpoint",
  dynamodb: "a gateway endpoint",
  kms: "the other service uses the key on the caller's behalf",
  "rds-db": "the token is signed inside the task",
  elasticache: "the token is signed inside the task",
};

interface Document {
  readonly Statement: readonly { readonly Action?: string | readonly string[] }[];
}

describe("endpoints of the VPC", function () {
  this.timeout(60_000);

  for (const stack of ["local", "enterprise-local", "ad-tracking-local"]) {
    it(`of ${stack} are there for every right of a task`, async () => {
      const plan = planFor(runOf(stack));
      const { resources } = await deploy(() => buildOnEcs(plan));
      const policies = resources.filter(
        ({ type, name }) => type === "aws:iam/rolePolicy:RolePolicy" && name.endsWith("-task-policy"),
      );
      expect(policies.length).to.be.greaterThan(1);
      const actions = policies.flatMap(({ outputs }) =>
        (JSON.parse(String(outputs.policy)) as Document).Statement.flatMap(({ Action = [] }) => Action),
      );
      const services = [...new Set(actions.map((action) => action.slice(0, action.indexOf(":"))))];
      const unreachable = services.filter(
        (service) => !(service in OTHERWISE) && !plan.endpoints.includes(ENDPOINTS[service] ?? service),
      );
      expect(unreachable).to.deep.equal([]);
    });
  }
});
