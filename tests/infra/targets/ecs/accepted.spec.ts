// Whatever the model accepts, the components accept: descriptions and environments whose values stand at the edges of their schemas are
// either refused by the model or built.
import { expect } from "chai";
import fc from "fast-check";
import type { GenericSchema } from "valibot";
import { safeParse } from "valibot";
import { environments } from "../../../../infra/environments";
import { examine } from "../../../../infra/examine";
import { Environment } from "../../../../infra/model/environment";
import { isMapping, shapeOf } from "../../../../infra/model/schema/words";
import { System } from "../../../../infra/model/system";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { deploy } from "../../../../offline/providers/mocks";
import { awsPlan } from "../../support/aws";
import { runOf } from "../../support/run";

/** A place in a value, and what its schema allows there at the edges. */
interface Place {
  readonly path: readonly string[];
  readonly edges: readonly unknown[];
}

/** The edges of what a message calls allowed: bounds, words, true and false. */
function edgesIn(allowed: string): unknown[] {
  if (allowed === "true or false") return [true, false];
  const numbers = /^a (?:whole )?number from (-?[\d.]+) to ([\d.]+)$/.exec(allowed);
  if (numbers) return [Number(numbers[1]), Number(numbers[2])];
  const units = /^(?:whole days from )?(\d+(?:ms|s|m|h|d| MiB| GiB| TiB)) to (\d+(?:ms|s|m|h|d| MiB| GiB| TiB))$/.exec(
    allowed,
  );
  if (units) return [units[1], units[2]];
  const words = /^(?:one of )?((?:"[^"]*"|[\d.]+)(?:, (?:"[^"]*"|[\d.]+))*)$/.exec(allowed);
  return words ? (JSON.parse(`[${words[1] ?? ""}]`) as unknown[]) : [];
}

/** A value at the lower or upper edge; undefined when the schema does not say one. */
function sample(schema: GenericSchema, at: 0 | -1, depth = 0): unknown {
  // A JSON Schema holds itself.
  if (depth > 12) return undefined;
  const shape = shapeOf(schema);
  if (shape.kind === "optional") return sample(shape.of, at, depth + 1);
  if (shape.kind === "value") return edgesIn(shape.allowed).at(at);
  if (shape.kind === "list") {
    const item = sample(shape.item, at, depth + 1);
    return item === undefined ? undefined : [item];
  }
  if (shape.kind === "choice")
    return shape.options.map((option) => sample(option, at, depth + 1)).find((one) => one !== undefined);
  if (shape.kind === "record") return undefined;
  const entries = Object.entries(shape.entries).map(
    ([key, entry]) => [key, sample(entry, at, depth + 1), shapeOf(entry).kind] as const,
  );
  if (entries.some(([, value, kind]) => value === undefined && kind !== "optional")) return undefined;
  const set = entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return set.length > 0 ? Object.fromEntries(set) : undefined;
}

/** Every place of a value, and of keys that it leaves out, at which the schema has edges. */
function placesOf(schema: GenericSchema, base: unknown, path: readonly string[] = []): Place[] {
  const shape = shapeOf(schema);
  if (shape.kind === "optional") return placesOf(shape.of, base, path);
  if (base === undefined || shape.kind === "value") {
    const edges = shape.kind === "value" ? edgesIn(shape.allowed) : [sample(schema, 0), sample(schema, -1)];
    const known = edges.filter((edge) => edge !== undefined);
    return known.length > 0 ? [{ path, edges: known }] : [];
  }
  if (shape.kind === "choice") {
    const option = shape.options.find((one) => safeParse(one, base).success);
    return option ? placesOf(option, base, path) : [];
  }
  if (shape.kind === "list")
    return Array.isArray(base)
      ? base.flatMap((item, index) => placesOf(shape.item, item, [...path, String(index)]))
      : [];
  if (!isMapping(base)) return [];
  const entries =
    shape.kind === "object" ? shape.entries : Object.fromEntries(Object.keys(base).map((key) => [key, shape.value]));
  return Object.entries(entries).flatMap(([key, entry]) => placesOf(entry, base[key], [...path, key]));
}

/** A copy with a value at a path. */
function withValue(base: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(base))
    return base.map((item: unknown, index) => (String(index) === key ? withValue(item, rest, value) : item));
  const mapping = isMapping(base) ? base : {};
  return { ...mapping, [key]: withValue(mapping[key], rest, value) };
}

const shop = {
  name: "shop",
  tracing: {},
  cache: {},
  contexts: { Sales: { description: "Sells", entities: ["Order"] } },
  topics: { sales: { displayName: "Sales", events: { SOLD: {} } } },
  services: {
    till: {
      context: "Sales",
      description: "Sells",
      usesCache: true,
      exposes: { paths: ["/till/*"], authentication: "by-service", healthCheck: {} },
      calls: { stock: {} },
      publishes: { sales: ["SOLD"] },
      consumes: { work: { from: { sales: "all" } }, tasks: {} },
      sendsTo: ["tasks"],
      runtime: {},
      owns: {
        database: {
          kind: "postgres",
          databaseName: "till",
          instanceClass: "db.t3.micro",
          allocatedStorage: "20 GiB",
          maxAllocatedStorage: "64 TiB",
          backupRetention: "7d",
          migration: { command: ["migrate"] },
        },
        buckets: { images: {} },
        tables: { carts: { partitionKey: "id" } },
      },
      secrets: { TOKEN: { length: 32 } },
      scaling: {
        min: 1,
        max: 2,
        cpu: 60,
        queue: {
          queue: "work",
          steps: [
            { from: 0, change: 0 },
            { from: 10, change: 1 },
          ],
        },
      },
    },
    stock: {
      context: "Sales",
      description: "Stores",
      offers: { look: "read" },
      runtime: { writablePaths: [{ path: "/cache" }], containerHealthCheck: { command: ["CMD", "/check"] } },
      owns: {
        database: {
          kind: "aurora-serverless",
          databaseName: "stock",
          minCapacity: 0.5,
          maxCapacity: 2,
          backupRetention: "7d",
        },
      },
      scaling: { min: 1, max: 1 },
    },
  },
};
const host = "111122223333.dkr.ecr.eu-central-1.amazonaws.com";
const run = runOf("dev", {
  system: "shop",
  images: { till: `${host}/till:1`, stock: `${host}/stock:1` },
  services: undefined,
});
const base = { system: shop, environment: environments.dev };
const PLACES: readonly Place[] = [
  ...placesOf(System, shop, ["system"]),
  ...placesOf(Environment, environments.dev, ["environment"]),
];

function examined(value: unknown) {
  const { system, environment } = value as typeof base;
  const known = { systems: { shop: system as unknown as System }, environments: { ...environments, dev: environment } };
  return examine(run, known, "2026-11-28");
}

const dotted = ({ path }: Place): string =>
  path
    .join(".")
    .replace(/^system/, "shop")
    .replace(/^environment/, "environments.dev");
type Choice = readonly [place: Place, edge: unknown];

/** The choices that the model accepts together, in their order, and the plan. */
function accepted(choices: readonly Choice[]) {
  let value: unknown = base;
  let { plan } = examined(value);
  const taken: Choice[] = [];
  for (const [place, edge] of choices) {
    const changed = withValue(value, place.path, edge);
    const found = examined(changed).plan;
    if (found === undefined) continue;
    [value, plan] = [changed, found];
    taken.push([place, edge]);
  }
  if (plan === undefined) throw new Error("the model refuses the shop");
  return { plan: awsPlan(plan), taken };
}

describe("what the model accepts", function () {
  this.timeout(300_000);

  it("has edges in every part of a description", () => {
    const all = PLACES.map(dotted);
    for (const part of ["scaling", "exposes", "calls.stock", "runtime", "owns.database", "consumes.work"])
      expect(
        all.some((path) => path.startsWith(`shop.services.till.${part}.`)),
        part,
      ).to.equal(true);
    expect(all.some((path) => path.startsWith("environments.dev.capacity."))).to.equal(true);
  });

  it("the components accept, at every edge of the schema", async () => {
    const reached = new Set<string>();
    const isBuilt = async (choices: readonly Choice[]): Promise<void> => {
      const { plan, taken } = accepted(choices);
      for (const [place, edge] of taken) reached.add(`${dotted(place)} ${JSON.stringify(edge)}`);
      await deploy(() => buildOnEcs(plan), { region: plan.region });
    };
    for (const at of [0, -1]) await isBuilt(PLACES.map((place) => [place, place.edges.at(at)]));
    const each = fc.record({ order: fc.shuffledSubarray([...PLACES.keys()]), edges: fc.infiniteStream(fc.nat(99)) });
    await fc.assert(
      fc.asyncProperty(each, ({ order, edges }) =>
        isBuilt(
          order.flatMap((index): Choice[] => {
            const place = PLACES[index];
            return place ? [[place, place.edges[(edges.next().value ?? 0) % place.edges.length]]] : [];
          }),
        ),
      ),
      { numRuns: 4, endOnFailure: true },
    );
    const all = PLACES.flatMap((place) => place.edges.map((edge) => `${dotted(place)} ${JSON.stringify(edge)}`));
    expect(reached.size).to.be.greaterThan(all.length / 2);
  });
});
