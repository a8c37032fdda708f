import { join } from "node:path";
import { expect } from "chai";
import { environments } from "../../../infra/environments";
import { checkStacks } from "../../../infra/check/check";
import { checkLines } from "../../../infra/check/show";
import { readStack, stacksIn } from "../../../infra/check/stack-files";
import { systems } from "../../../infra/systems";
import { ecommerce } from "../../../infra/systems/ecommerce";

const root = join(__dirname, "../../..");
const files = stacksIn(root).map((stack) => readStack(root, stack));

describe("make check", () => {
  it("finds nothing in the stacks that ship", () => {
    const { errors, warnings, accepted } = checkStacks(files, { systems, environments }, "2026-11-24");
    expect({ errors, warnings, accepted }).to.deep.equal({ errors: [], warnings: [], accepted: [] });
  });

  it("tells a finding once for all its stacks, and accepted ones with their days left, in a hundred columns", () => {
    const accepts = { "unprotected-call": { reason: "It was so before", until: "2026-12-01" } } as const;
    const order = {
      ...ecommerce.services.order,
      context: "OrderManagement",
      description: "Takes orders",
      scaling: { min: 2, max: 3, cpu: 60 },
      consumes: { "order-processing-queue": {} },
      calls: { user: { timeout: "none" }, product: { timeout: "none", accepts } },
    } as const;
    const system = { ...ecommerce, services: { ...ecommerce.services, order } };
    const shipped = files.filter(({ stack }) => ["dev", "prod"].includes(stack));
    const lines = checkLines(checkStacks(shipped, { systems: { ecommerce: system }, environments }, "2026-11-24"));
    expect(lines.filter((line) => line.length > 100)).to.deep.equal([]);
    expect(lines).to.deep.equal([
      "error     ecommerce.services.order.calls.user",
      "          order → user: no timeout",
      "          allowed: calls with a timeout and a breaker: a callee that is slow or down takes the",
      "                   caller's threads, and with them everything that it serves (unprotected-call)",
      '          to do:   remove "none" to get the default timeout (3s), or write your own; or accept it,',
      "                   with a reason and a day, in services.order.calls.user",
      "",
      "accepted  services.order.calls.product",
      "          order → product: no timeout (unprotected-call)",
      "          until:   2026-12-01, 7 days left (services.order.calls.product.accepts.unprotected-call)",
      "          because: It was so before",
      "",
      "note      a run for an account wants values of yours: account, alertEmail, images, domain,",
      "          hostedZoneId ship as examples",
      "2 stacks (dev, prod): 1 error, 0 warnings, 1 accepted",
    ]);
  });
});
