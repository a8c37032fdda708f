// A system of one service, for specs of what a description becomes.
import { environments } from "../../../infra/environments";
import { awsPlanOf as planOf } from "./aws";
import type { Service, System } from "../../../infra/model/system";
import { buildOnEcs } from "../../../infra/targets/ecs/ecs";
import { deploy, type Deployment } from "../../../offline/providers/mocks";
import { runOf } from "./run";

/** Builds the service `order` on dev, in process, with some keys of the configuration changed. */
export function deployOne(
  order: Partial<Service>,
  changes: Readonly<Record<string, unknown>> = {},
  others: Partial<System> = {},
): Promise<Deployment<unknown>> {
  const shop: System = {
    name: "shop",
    contexts: { Sales: { description: "Sells", entities: ["Order"] } },
    topics: {},
    services: { order: { context: "Sales", description: "Sells", scaling: { min: 1, max: 1 }, ...order } },
    ...others,
  };
  const images = { order: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/order:1.0.0" };
  const run = runOf("dev", { system: "shop", images, services: undefined, ...changes });
  return deploy(() => buildOnEcs(planOf(run, { systems: { shop }, environments })));
}
