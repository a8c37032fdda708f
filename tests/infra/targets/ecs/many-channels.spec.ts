// A service with sixty topics and sixty queues works: its rights are spread over policies that IAM takes, and stay exact.
import { expect } from "chai";
import { environments } from "../../../../infra/environments";
import { derivedOnAws } from "../../support/aws";
import type { Service, System } from "../../../../infra/model/system";
import { validateSystem } from "../../../../infra/model/validate";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { deploy, type Registered } from "../../../../offline/providers/mocks";
import { settingsFor } from "../../support/systems";

const MANY = 60;
const names = Array.from({ length: MANY }, (_, index) => `channel-${String(index).padStart(2, "0")}`);
const scaling = { min: 1, max: 1 } as const;

function systemOf(count: number): System {
  const some = names.slice(0, count);
  const hub: Service = {
    context: "Sales",
    description: "Publishes and consumes a lot",
    scaling,
    publishes: Object.fromEntries(some.map((name) => [name, ["MADE"]])),
    consumes: Object.fromEntries(some.map((name) => [`${name}-queue`, { from: { [name]: "all" as const } }])),
  };
  return {
    name: "shop",
    contexts: { Sales: { description: "Sells", entities: ["Order"] } },
    topics: Object.fromEntries(some.map((name) => [name, { displayName: name, events: { MADE: {} } }])),
    services: { hub, "hub-other": { ...hub, publishes: {}, consumes: {}, description: "Has no rights" } },
  };
}

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}

/** What the task role of the service may do: `action on resource`, each once. */
function rightsOf(resources: readonly Registered[]): string[] {
  const documents = policiesOf(resources).map(
    ({ inputs }) => JSON.parse(String(inputs.policy)) as { Statement: Statement[] },
  );
  const rights = documents.flatMap(({ Statement: statements }) =>
    statements.flatMap(({ Action, Resource, Condition }) =>
      [Action]
        .flat()
        .flatMap((action) =>
          [Resource]
            .flat()
            .map((resource) => `${action} on ${resource} if ${Condition ? JSON.stringify(Condition) : "always"}`),
        ),
    ),
  );
  return [...new Set(rights)].sort();
}

function policiesOf(resources: readonly Registered[]): readonly Registered[] {
  return resources.filter(
    ({ name, type }) => /iam\/(?:policy:|rolePolicy:)/.test(type) && name.startsWith("hub-task-policy"),
  );
}

async function built(count: number): Promise<readonly Registered[]> {
  const system = systemOf(count);
  expect(validateSystem(system)).to.deep.equal([]);
  const image = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/hub:1.0.0";
  const settings = { ...settingsFor(system, "local"), images: { hub: image, "hub-other": image } };
  const plan = derivedOnAws(system, environments.local, settings);
  const { resources } = await deploy(() => buildOnEcs(plan), { region: "eu-central-1" });
  return resources;
}

/** What the description says, written down without the components. */
function expected(resources: readonly Registered[], count: number): string[] {
  const arns = (type: string, part: string) =>
    resources.filter((it) => it.type === type && it.name.includes(part)).map(({ outputs }) => String(outputs.arn));
  const topics = arns("aws:sns/topic:Topic", "messaging-channel-");
  const queues = arns("aws:sqs/queue:Queue", "messaging-channel-").filter(
    (arn) => !/dead-letter|undelivered/.test(arn),
  );
  expect([topics.length, queues.length]).to.deep.equal([count, count]);
  return [
    ...topics.map((arn) => `sns:Publish on ${arn} if always`),
    ...queues.flatMap((arn) =>
      ["ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl", "ReceiveMessage"].map(
        (action) => `sqs:${action} on ${arn} if always`,
      ),
    ),
  ].sort();
}

describe("a service with many topics and queues", function () {
  this.timeout(60_000);

  it("has managed policies, each within IAM's limit, that allow what its edges say and nothing else", async () => {
    const resources = await built(MANY);
    const policies = policiesOf(resources);
    expect(policies.map(({ type }) => type)).to.satisfy((types: string[]) =>
      types.every((type) => type.endsWith(":Policy")),
    );
    expect(policies.length).to.be.within(2, 10);
    for (const { inputs } of policies) expect(String(inputs.policy).length).to.be.at.most(6144);
    const attached = resources.filter(
      ({ type, name }) => type.endsWith(":RolePolicyAttachment") && name.startsWith("hub-task"),
    );
    const arnsOf = (ones: readonly Registered[], key: string) => ones.map(({ outputs }) => outputs[key]).sort();
    expect(arnsOf(attached, "policyArn")).to.deep.equal(arnsOf(policies, "arn"));
    const rights = rightsOf(resources);
    expect(rights.filter((right) => !right.startsWith("kms:"))).to.deep.equal(expected(resources, MANY));
    expect(rights.filter((right) => right.startsWith("kms:"))).to.have.length(3);
  });

  for (const count of [10, 30]) {
    it(`has one inline policy while that is enough: with ${count} of each`, async () => {
      const resources = await built(count);
      expect(policiesOf(resources).map(({ name, type }) => `${type} ${name}`)).to.deep.equal([
        "aws:iam/rolePolicy:RolePolicy hub-task-policy",
      ]);
      expect(rightsOf(resources).filter((right) => !right.startsWith("kms:"))).to.deep.equal(
        expected(resources, count),
      );
    });
  }
});
