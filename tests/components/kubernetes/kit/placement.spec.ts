import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { inCluster, metadataOf, objectNameProblems, selectorOf } from "../../../../components/kubernetes/kit";
import { InvalidInput } from "../../../../components/kit";
import { deploy } from "../../../../offline/providers/mocks";

class Part extends pulumi.ComponentResource {
  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("test:part:Part", name, {}, inCluster(`Part "${name}"`, opts));
  }
}

describe("kubernetes kit: placement", () => {
  it("refuses a component without a provider of its own: the default one takes the current context", async () => {
    const refused: string[] = [];
    await deploy(() => {
      try {
        new Part("loose");
      } catch (error) {
        if (!(error instanceof InvalidInput)) throw error;
        refused.push(...error.problems.map(({ path }) => path));
      }
    });
    expect(refused).to.deep.equal(["opts.provider"]);
  });

  it("takes a provider from options in each form, and from a parent", async () => {
    const { resources } = await deploy(() => {
      const provider = new kubernetes.Provider("cluster", { context: "kind-shop" });
      new Part("one", { provider });
      new Part("list", { providers: [provider] });
      const parent = new Part("map", { providers: { kubernetes: provider } });
      new Part("child", { parent });
    });
    expect(resources.map(({ name }) => name)).to.include.members(["one", "list", "map", "child"]);
  });

  it("names objects and labels them with what the placement says", () => {
    const labels = { "app.kubernetes.io/part-of": "shop" };
    expect(metadataOf({ namespace: "shop-dev", labels }, "order", selectorOf("order", "service"))).to.deep.equal({
      name: "order",
      namespace: "shop-dev",
      labels: {
        "app.kubernetes.io/part-of": "shop",
        "app.kubernetes.io/name": "order",
        "app.kubernetes.io/component": "service",
      },
    });
  });

  it("accepts DNS labels that a Service may have", () => {
    const bad = ["", "1st", "Order", "order-", "a.b", "a".repeat(64)];
    expect(bad.filter((name) => objectNameProblems("name", name).length === 0)).to.deep.equal([]);
    expect(["a", "order-2", "a".repeat(63)].flatMap((name) => objectNameProblems("name", name))).to.deep.equal([]);
  });
});
