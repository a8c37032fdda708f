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
    const owns = { search: { reason }, documents: { reason }, analytics: { reason }, stream: { reason } };
    expect(withTill({ owns })).to.deep.equal([
      {
        path: "services.till.owns.search",
        value: { reason },
        allowed: "nothing: search indexes are not built yet",
        remedy: "search in PostgreSQL (owns.database), which has full-text search",
      },
      {
        path: "services.till.owns.documents",
        value: { reason },
        allowed: "nothing: document databases are not built yet",
        remedy: "keep the documents as JSONB in PostgreSQL (owns.database)",
      },
      {
        path: "services.till.owns.analytics",
        value: { reason },
        allowed: "nothing: column stores are not built yet",
        remedy: "query a copy in a PostgreSQL of its own (projects, owns.database)",
      },
      {
        path: "services.till.owns.stream",
        value: { reason },
        allowed: "nothing: streams are not built yet",
        remedy: "publish events on a topic (publishes) and let queues consume them",
      },
    ]);
  });

  it("refuses jobs, and names that none could have", () => {
    const schedule = "rate(1 day)";
    expect(withTill({ jobs: { report: { schedule } } })).to.deep.equal([
      {
        path: "services.till.jobs.report",
        value: { schedule },
        allowed: "nothing: jobs are not built yet",
        remedy: "let what knows the time send a message to a queue that the service consumes (sendsTo, consumes)",
      },
    ]);
    expect(withTill({ jobs: { Daily_Report: { schedule } } })[0]).to.deep.equal({
      path: "services.till.jobs.Daily_Report",
      value: "Daily_Report",
      allowed: "lower-case letters, digits and single dashes",
      remedy: "respell it",
    });
  });
});
