// A service with sixty topics and sixty queues works: its rights are spread over policies that IAM takes, and stay exact.
import { output } from "@pulumi/pulumi";
import { expect } from "chai";
import { type Rights, rightsProblems, spreadOf } from "../../../../components/aws/kit/rights";
import { environments } from "../../../../infra/environments";
import { derivedOnAws } from "../../support/aws";
import type { Service, System } from "../../../../infra/model/system";
import { validateSystem } from "../../../../infra/model/validate";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { conflictsOnEks } from "../../../../infra/targets/eks/conflicts";
import { deploy, type Registered } from "../../../../offline/providers/mocks";
import { settingsFor } from "../../support/systems";
import { builtOnEks, planOnEks } from "../eks/fixtures";

const MANY = 60;
const named = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `channel-${String(at).padStart(2, "0")}`);
const IMAGE = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/hub:1.0.0";
const scaling = { min: 1, max: 1 } as const;

function systemOf(count: number): System {
  const some = named(count);
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
    ({ name, type }) =>
      /iam\/(?:policy:|rolePolicy:)/.test(type) && /^(?:hub-task-policy|shop-local-hub(?:-\d+)?$)/.test(name),
  );
}

async function built(count: number): Promise<readonly Registered[]> {
  const system = systemOf(count);
  expect(validateSystem(system)).to.deep.equal([]);
  const settings = { ...settingsFor(system, "local"), images: { hub: IMAGE, "hub-other": IMAGE } };
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

describe("a service with many topics and queues on EKS", function () {
  this.timeout(60_000);

  it("has managed policies at its pods' role, each within IAM's limit, that allow the same", async () => {
    const images = { hub: IMAGE, "hub-other": IMAGE };
    const { resources } = await builtOnEks(planOnEks({ system: "shop", images }, { shop: systemOf(MANY) }));
    const policies = policiesOf(resources);
    expect(policies.length).to.be.within(2, 10);
    for (const { inputs, type } of policies) {
      expect(type).to.equal("aws:iam/policy:Policy");
      expect(String(inputs.policy).length).to.be.at.most(6144);
    }
    expect(rightsOf(resources).filter((right) => !right.startsWith("kms:"))).to.deep.equal(expected(resources, MANY));
  });
});

describe("the most topics and queues that a description may have", () => {
  // An output counts as the longest ARN: it has no length before its resource exists.
  const arn = (of: string) => output(`arn:aws:${of}`);
  const one = arn("kms:eu-central-1:111122223333:key/messaging");
  const channels = (count: number): Rights =>
    Object.fromEntries(
      named(count).map((name, index) => {
        const Action = index % 2 === 0 ? "sns:Publish" : ["sqs:DeleteMessage", "sqs:ReceiveMessage"];
        return [
          name,
          {
            statements: [
              { Action, Resource: arn(name) },
              { Action: "kms:Decrypt", Resource: one },
            ],
          },
        ];
      }),
    );
  const stores: Rights = Object.fromEntries(
    named(20).map((name) => {
      const ofKey = { Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: arn(`key of ${name}`) };
      return [`store-${name}`, { statements: [{ Action: "s3:GetObject", Resource: arn(name) }, ofKey] }];
    }),
  );

  it("fit in the policies of a role, with twenty stores that have keys of their own", () => {
    expect(spreadOf({ ...channels(350), ...stores })?.managed.length).to.be.within(2, 10);
    expect(rightsProblems({ ...channels(350), ...stores })).to.deep.equal([]);
    expect(rightsProblems(channels(600)).map(({ path }) => path)).to.deep.equal(["grants"]);
  });

  it("are counted before anything is created", () => {
    const problems = (count: number) =>
      conflictsOnEks({ offline: true, system: systemOf(count), environment: environments.local, settings: {}, own: {} })
        .problems.map(({ path }) => path)
        .filter((path) => path === "shop.services.hub");
    expect([problems(175), problems(176)]).to.deep.equal([[], ["shop.services.hub"]]);
  });

  it("are counted with secrets and the variables of functions", () => {
    const { services, ...rest } = systemOf(1);
    const { hub } = services;
    if (hub === undefined) throw new Error("the hub is missing");
    const found = (change: Partial<Service>) =>
      conflictsOnEks({
        ...{ offline: true, environment: environments.local, settings: {}, own: {} },
        system: { ...rest, services: { hub: { ...hub, ...change } } },
      }).problems.map(({ path }) => path.replace("shop.services.hub.", ""));
    const secrets = (count: number) => ({
      secrets: Object.fromEntries(Array.from({ length: count }, (_, at) => [`KEY_${at}`, { length: 32 }])),
    });
    expect([found(secrets(80)), found(secrets(81))]).to.deep.equal([[], ["secrets"]]);
    const fields = Array.from(
      { length: 81 },
      (_, at) => [`KEY_${at}`, { existing: "keys", field: `key${at}` }] as const,
    );
    expect(found({ secrets: Object.fromEntries(fields) })).to.deep.equal([]);
    const functions = (value: string) => ({
      functions: { count: { description: "Counts", code: { entry: "count.ts" }, environment: { TEXT: value } } },
    });
    const setting = (environment: Readonly<Record<string, string>>) => ({
      ...{ owns: { tables: { events: { partitionKey: "id" } } } },
      functions: {
        count: {
          ...{ description: "Counts", code: { entry: "count.ts" }, environment },
          uses: { tables: { events: "reads" as const }, publishes: ["channel-00"], sendsTo: ["channel-00-queue"] },
        },
      },
    });
    const own = { EVENTS_TABLE: "a", CHANNEL_00_TOPIC_ARN: "b", CHANNEL_00_QUEUE_URL: "c", AWS_REGION: "d", OWN: "e" };
    expect(found(setting(own))).to.deep.equal(
      Object.keys(own)
        .slice(0, 4)
        .map((variable) => `functions.count.environment.${variable}`),
    );
    expect(found(functions("x".repeat(4092)))).to.deep.equal([]);
    expect(found(functions("x".repeat(4093)))).to.deep.equal(["functions.count.environment"]);
  });
});
