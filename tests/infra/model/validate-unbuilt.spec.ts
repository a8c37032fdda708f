import { expect } from "chai";
import type { Service } from "../../../infra/model/system";
import { validateSystem } from "../../../infra/model/validate";
import { shop, shopWith } from "./anti-patterns/shop";

/** What validation says of the shop with its till changed. */
function withTill(changes: Partial<Service>) {
  return validateSystem(shopWith({ till: changes }));
}

describe("validation of what can't be built yet", () => {
  it("finds nothing in stores that can", () => {
    expect(validateSystem(shop)).to.deep.equal([]);
    expect(withTill({ owns: { buckets: { images: {} } } })).to.deep.equal([]);
  });

  it("refuses the other stores, all at once", () => {
    const reason = "It is the right kind";
    const owns = { analytics: { reason } };
    expect(withTill({ owns })).to.deep.equal([
      {
        path: "services.till.owns.analytics",
        value: { reason },
        allowed: "nothing: column stores are not built yet",
        remedy: "query a copy in a PostgreSQL of its own (projects, owns.database)",
      },
    ]);
  });
});
