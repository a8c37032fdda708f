// A small system without an anti-pattern, and what rules see when it is changed.
import { environments } from "../../../../infra/environments";
import { deployedIn, judge, type Judgement } from "../../../../infra/model/anti-patterns";
import type { AntiPatternId } from "../../../../infra/model/anti-patterns/catalogue";
import { message } from "../../../../infra/model/kinds/topic/contract";
import type { Service, System } from "../../../../infra/model/system";
import type { EnvironmentName } from "../../support/run";

export const TODAY = "2026-11-24";

export const till: Service = {
  context: "Sales",
  description: "Sells",
  offers: { sell: "once", price: "read" },
  exposes: { paths: ["/till"], authentication: "jwt", priority: 1 },
  calls: { stock: {} },
  publishes: { sales: ["SOLD"] },
  scaling: { min: 2, max: 2 },
};

export const stock: Service = {
  context: "Storage",
  description: "Counts",
  offers: { count: "read", take: "once" },
  owns: {
    database: {
      kind: "aurora-serverless",
      databaseName: "stock",
      minCapacity: 0.5,
      maxCapacity: 1,
      backupRetention: "7d",
    },
  },
  consumes: { jobs: { from: { sales: { SOLD: { needs: ["items.productId"] } } } } },
  scaling: { min: 2, max: 2 },
};

export const SOLD = message({ saleId: "uuid", items: [message({ productId: "uuid", quantity: "integer" })] });

export const shop: System = {
  name: "shop",
  tracing: {},
  contexts: {
    Sales: { description: "Sells", entities: ["Sale"] },
    Storage: { description: "Counts", entities: ["Shelf"] },
  },
  topics: { sales: { displayName: "Sales", events: { SOLD: { schema: SOLD } } } },
  services: { till, stock },
};

/** The shop with some of its services changed or added. */
export function shopWith(services: Readonly<Record<string, Partial<Service>>>, system: Partial<System> = {}): System {
  const all: Readonly<Record<string, Service>> = shop.services;
  const plain: Service = { context: "Sales", description: "A service", scaling: { min: 2, max: 2 } };
  const changed = Object.entries(services).map(([name, changes]): [string, Service] => [
    name,
    { ...(all[name] ?? plain), ...changes },
  ]);
  return { ...shop, ...system, services: { ...all, ...Object.fromEntries(changed) } };
}

/** What is found in a system on the day of these specs. */
export function judged(system: System, environment: EnvironmentName = "prod"): Judgement {
  return judge(system, TODAY, deployedIn(environments[environment], {}, system));
}

/** Path, text and remedy of every sighting of one anti-pattern; those of others fail the spec unless they are named. */
export function seen(id: AntiPatternId, system: System, besides: readonly AntiPatternId[] = []): string[][] {
  const { errors, warnings } = judged(system);
  const all = [...errors, ...warnings].map(({ path, value, allowed, remedy }) => {
    const [, rule = ""] = /\(([a-z-]+)\)$/.exec(allowed) ?? [];
    return { rule, sighting: [path, String(value), remedy] };
  });
  const others = all.filter(({ rule }) => rule !== id && !besides.some((other) => other === rule));
  if (others.length > 0) throw new Error(`seen besides ${id}: ${JSON.stringify(others)}`);
  return all.filter(({ rule }) => rule === id).map(({ sighting }) => sighting);
}
