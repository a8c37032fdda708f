import { expect } from "chai";
import { GeneratedSecrets } from "../../../../components/kubernetes/secret";
import { deploy, outputOf } from "../../../../offline/providers/mocks";
import { inCluster, placement } from "../microservice/fixtures";

describe("kubernetes GeneratedSecrets", () => {
  it("puts each value into one immutable Secret without a fixed name, and grants its keys", async () => {
    const { one, result, resources } = await deploy(
      () =>
        new GeneratedSecrets(
          "user",
          { placement, secrets: { JWT_SIGNING_KEY: { length: 64 }, PEPPER: { length: 32 } } },
          inCluster(),
        ),
    );
    const secret = one("kubernetes:core/v1:Secret").inputs;
    expect(secret.immutable).to.equal(true);
    expect(secret.metadata).to.deep.equal({ namespace: "shop-dev", labels: placement.labels });
    const passwords = resources.filter(({ type }) => type === "random:index/randomPassword:RandomPassword");
    expect(passwords.map(({ name, inputs }) => [name, inputs.length])).to.deep.equal([
      ["user-jwt-signing-key", 64],
      ["user-pepper", 32],
    ]);
    expect(Object.keys(secret.stringData as object)).to.deep.equal(["JWT_SIGNING_KEY", "PEPPER"]);
    const { secrets = {} } = result.grantRead();
    expect(Object.entries(secrets).map(([variable, { key }]) => [variable, key])).to.deep.equal([
      ["JWT_SIGNING_KEY", "JWT_SIGNING_KEY"],
      ["PEPPER", "PEPPER"],
    ]);
    expect(await outputOf(secrets.PEPPER?.secretName ?? "")).to.equal(await outputOf(result.secretName));
  });

  it("refuses short values and names that are no variables", async () => {
    const bad = deploy(
      () => new GeneratedSecrets("user", { placement, secrets: { "jwt-key": { length: 8 } } }, inCluster()),
    );
    const said = await bad.then(
      () => "",
      (error: unknown) => String(error),
    );
    expect(said).to.contain("secrets.jwt-key: ").and.to.contain("secrets.jwt-key.length: ");
  });
});
