// Command queues of sagas: when a command is late, and whose.
import { expect } from "chai";
import { commandQueuePlans } from "../../../infra/model/kinds/saga/derive";
import { ecommerce } from "../../../infra/systems/ecommerce";

describe("the command queues of sagas", () => {
  it("raise an alarm when a command is older than the longest time limit of the service's steps", () => {
    const ages = commandQueuePlans(ecommerce).map(({ name, visibilityTimeout, maxAge }) => [
      name,
      visibilityTimeout,
      maxAge,
    ]);
    expect(ages).to.deep.equal([
      ["notification-commands", "60s", "60s"],
      ["order-commands", "60s", "60s"],
      ["payment-commands", "120s", "120s"],
      ["product-commands", "60s", "60s"],
      ["user-commands", "60s", "60s"],
    ]);
  });
});
