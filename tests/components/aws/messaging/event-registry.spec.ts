import { expect } from "chai";
import { InvalidInput } from "../../../../components/kit";
import { EventRegistry, type EventRegistryArgs } from "../../../../components/aws/messaging";
import { deploy, outputOf } from "../../../../offline/providers/mocks";

const REGISTRY = "aws:schemas/registry:Registry";
const SCHEMA = "aws:schemas/schema:Schema";
const created = { type: "object", properties: { orderId: { type: "string" } }, required: ["orderId"] };
const args: EventRegistryArgs = {
  placement: { partition: "aws", region: "eu-central-1", accountId: "123456789012" },
  description: "Events of the shop",
  contracts: {
    "order-events.ORDER_CREATED": { version: "1.2", schema: created },
    "order-events.ORDER_CANCELLED": { version: "1.0", schema: { type: "object" } },
  },
};

describe("EventRegistry", () => {
  it("keeps a schema for each event in one registry", async () => {
    const deployment = await deploy(() => new EventRegistry("contracts", args));
    const registry = deployment.one(REGISTRY);
    expect(registry.inputs.description).to.equal("Events of the shop");
    expect(deployment.ofType(SCHEMA).map(({ name }) => name)).to.deep.equal([
      "contracts-order-events.ORDER_CREATED",
      "contracts-order-events.ORDER_CANCELLED",
    ]);
    const { content, ...inputs } = deployment.one(SCHEMA, "contracts-order-events.ORDER_CREATED").inputs;
    expect(inputs).to.deep.equal({
      name: "order-events.ORDER_CREATED",
      registryName: registry.outputs.name,
      type: "JSONSchemaDraft4",
      description: "Version 1.2",
    });
    expect(JSON.parse(String(content))).to.deep.equal({
      $schema: "http://json-schema.org/draft-04/schema#",
      title: "order-events.ORDER_CREATED",
      ...created,
    });
  });

  it("tells the registry's name and the schemas' ARNs", async () => {
    const { result, one } = await deploy(() => new EventRegistry("contracts", args));
    const name = String(one(REGISTRY).outputs.name);
    expect(await outputOf(result.registryName)).to.equal(name);
    const arn = result.schemaArns["order-events.ORDER_CANCELLED"];
    expect(arn && (await outputOf(arn))).to.match(
      new RegExp(`^arn:aws:schemas:[a-z0-9-]+:\\d{12}:schema/${name}/order-events\\.ORDER_CANCELLED$`),
    );
  });

  it("says everything that EventBridge would refuse", async () => {
    const wrong = {
      placement: args.placement,
      description: "",
      contracts: { "a b": { version: "1.0", schema: {} }, "": { version: "1.0", schema: {} } },
    };
    const failure = await deploy(() => new EventRegistry("contracts", wrong)).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(InvalidInput);
    expect((failure as InvalidInput).problems.map(({ path }) => path)).to.deep.equal([
      "contracts.a b",
      "contracts.",
      "description",
    ]);
  });

  it("lets a user change every child", async () => {
    const seen: string[] = [];
    const note = (_args: unknown, _opts: unknown, name: string) => void seen.push(name);
    await deploy(() => new EventRegistry("contracts", { ...args, transform: { registry: note, schema: note } }));
    expect(seen).to.deep.equal([
      "contracts-registry",
      "contracts-order-events.ORDER_CREATED",
      "contracts-order-events.ORDER_CANCELLED",
    ]);
  });
});
