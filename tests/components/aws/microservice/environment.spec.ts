import { expect } from "chai";
import { resolveEnvironment, resolveSecrets } from "../../../../components/aws/microservice/environment";
import { placement, supplied } from "./fixtures";

const problemsOf = (args: Parameters<typeof resolveEnvironment>[2]) =>
  resolveEnvironment("order", 8080, args).problems.map(({ path }) => path);

describe("components/aws/microservice environment", () => {
  it("refuses a variable that two sources set differently, wherever they are", () => {
    expect(
      problemsOf({
        placement,
        environment: { SERVICE_NAME: "other", A: "1", B: "1" },
        grants: { one: { environment: { A: "2", C: "1" } }, two: { environment: { C: "2" } } },
        secrets: { B: { arn: "arn" } },
      }),
    ).to.deep.equal(["environment.SERVICE_NAME", "grants.one.A", "grants.two.C", "secrets.B"]);
  });

  it("takes the same value twice: sending to and consuming from one queue name it alike", () => {
    const url = supplied("https://queue");
    const grants = { send: { environment: { QUEUE_URL: url } }, consume: { environment: { QUEUE_URL: url } } };
    expect(problemsOf({ placement, grants })).to.deep.equal([]);
  });

  it("refuses a secret of a grant that another source sets, as variable or as secret", () => {
    const link = { arn: "arn" };
    expect(
      problemsOf({
        placement,
        environment: { A: "1" },
        grants: { one: { secrets: { A: link, B: link } }, two: { secrets: { B: link } } },
        secrets: { B: link, C: link },
      }),
    ).to.deep.equal(["grants.one.secrets.A", "grants.two.secrets.B", "secrets.B"]);
  });

  it("joins the secrets of grants with the service's own", () => {
    const [own, granted] = [{ arn: "own" }, { arn: "granted", field: "password" }];
    expect(resolveSecrets({ secrets: { B: own }, grants: { database: { secrets: { A: granted } } } })).to.deep.equal({
      A: granted,
      B: own,
    });
  });

  it("refuses names that no shell could read", () => {
    expect(problemsOf({ placement, environment: { "A-B": "1" }, secrets: { "1C": { arn: "arn" } } })).to.deep.equal([
      "environment.A-B",
      "secrets.1C",
    ]);
  });
});
