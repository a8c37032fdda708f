// What JavaScript, JSON and casts hand in is judged as what the compiler sees.
import { runInNewContext } from "node:vm";
import { expect } from "chai";
import { InvalidInput, type Problem } from "../../../components/kit/problems";
import { planOf } from "../../../infra/config";
import { environments } from "../../../infra/environments";
import { defineSystem } from "../../../infra/model/define-system";
import { validateSystem } from "../../../infra/model/validate";
import { validateEnvironment } from "../../../infra/model/validate-environment";
import { systems } from "../../../infra/systems";
import { problemsOf, runOf } from "../support/run";
import { shop, shopWith } from "./anti-patterns/shop";

/** The shop with its till changed by something that no type allows. */
function withTill(changes: object): Problem[] {
  return validateSystem(shopWith({ till: changes }));
}

function brief(problems: readonly Problem[]): [path: string, remedy: string][] {
  return problems.map(({ path, remedy }) => [path, remedy]);
}

describe("the schema of descriptions", () => {
  it("refuses unknown keys everywhere, with the nearest known one", () => {
    expect(
      brief(
        withTill({
          deployment: "blue-green",
          exposes: { paths: ["/till"], authentication: "by-service", host: "x", prioritty: 3 },
          scaling: { min: 1, max: 2, cpu: 60, cooldown: "3m" },
          owns: { buckets: { images: { fifo: true } } },
        }),
      ),
    ).to.deep.equal([
      ["services.till.exposes.host", "remove it: nothing reads it"],
      ["services.till.exposes.prioritty", 'did you mean "priority"?'],
      ["services.till.owns.buckets.images.fifo", "remove it: nothing reads it"],
      ["services.till.scaling.cooldown", "remove it: nothing reads it"],
      ["services.till.deployment", "remove it: nothing reads it"],
    ]);
  });

  it("refuses words that are none of those known, with the nearest one", () => {
    const authentication = (word: unknown) => withTill({ exposes: { paths: ["/till"], authentication: word } });
    const allowed = 'one of "jwt", "by-service", "none"';
    const path = "services.till.exposes.authentication";
    expect(authentication("JWT")).to.deep.equal([{ path, value: "JWT", allowed, remedy: 'did you mean "jwt"?' }]);
    expect(authentication("by-servce")[0]?.remedy).to.equal('did you mean "by-service"?');
    for (const word of ["", null, undefined, true, 1, ["jwt"], { jwt: true }]) {
      expect(brief(authentication(word)), JSON.stringify(word)).to.have.length(1);
    }
    const mysql = { kind: "mysql", databaseName: "till", minCapacity: 1, maxCapacity: 2, backupRetention: "7d" };
    expect(withTill({ owns: { database: mysql } })).to.deep.equal([
      {
        path: "services.till.owns.database.kind",
        value: "mysql",
        allowed: 'one of "postgres", "aurora-serverless"',
        remedy: "choose one of these",
      },
    ]);
  });

  it("reports keys that are missing with what belongs there, all at once", () => {
    const bare = { name: "shop", services: { till: { exposes: {} } } };
    expect(brief(validateSystem(bare))).to.deep.equal([
      ["services.till.exposes.paths", "add paths"],
      ["services.till.context", "add context"],
      ["services.till.description", "add description"],
      ["services.till.scaling", "add scaling"],
      ["contexts", "add contexts"],
      ["topics", "add topics"],
    ]);
  });

  it("refuses an empty mapping where one without entries would mean something else", () => {
    const wrong = withTill({
      publishes: { sales: {} },
      consumes: { "till-queue": { from: { sales: {} } } },
    });
    expect(wrong.map(({ path, allowed }) => [path, allowed])).to.deep.equal([
      ["services.till.publishes.sales", "at least one event type"],
      ["services.till.consumes.till-queue.from.sales", '"all" or at least one event type'],
    ]);
  });

  it("refuses what is no plain data, without running any of it", () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    const never = (): never => {
      throw new Error("nobody may call this");
    };
    const deep = Array.from({ length: 5000 }).reduce<object>((inner) => ({ inner }), {});
    const hostile: Readonly<Record<string, unknown>> = {
      "a function": never,
      "a symbol": Symbol("x"),
      "a bigint": 1n,
      "a map": new Map([["cpu", 1]]),
      "a date": new Date(),
      "an instance": new (class Sized {
        cpu = 1;
      })(),
      "an inherited key": Object.create({ cpu: 1 }) as object,
      "a getter": Object.defineProperty({}, "cpu", { get: never, enumerable: true }),
      "a proxy": new Proxy({}, { ownKeys: never, get: never, getPrototypeOf: never }),
      "a cycle": cycle,
      "a deep value": deep,
      "a key of every object": JSON.parse('{"constructor": {}}') as object,
      "a prototype as a key": JSON.parse('{"__proto__": {"authentication": "none"}}') as object,
      "a symbol as a key": { [Symbol("x")]: 1 },
      NaN: NaN,
      Infinity: Infinity,
      null: null,
      "a list": [],
      "a sparse list": Array.from({ length: 3 }),
      "an endless list": new Array(4_000_000_000),
      "a long text": "x".repeat(1_000_000),
    };
    for (const [what, value] of Object.entries(hostile)) {
      for (const key of ["cpu", "exposes", "calls", "environment", "scaling", "offers", "sendsTo", "extra"]) {
        if (key === "sendsTo" && what === "a list") continue;
        const found = withTill({ [key]: value });
        expect(found, `${what} as ${key}`).not.to.be.empty;
        expect(() => new InvalidInput("shop", found).message).not.to.throw();
      }
    }
  });

  it("takes literals of another realm and objects without a prototype", () => {
    expect(validateSystem(runInNewContext(`(${JSON.stringify(shop)})`))).to.deep.equal([]);
    expect(validateSystem(Object.assign(Object.create(null) as object, shop))).to.deep.equal([]);
  });

  it("goes on to what values must be together, unless a part that others name is wrong", () => {
    const till = { extra: 1, port: "80", secrets: { PATH: { length: 32 } }, context: "Sale" };
    expect(brief(withTill(till))).to.deep.equal([
      ["services.till.port", "write a number, without quotes"],
      ["services.till.extra", "remove it: nothing reads it"],
      ["services.till.context", 'did you mean "Sales"?'],
      ["services.till.secrets.PATH", "rename it"],
    ]);
    expect(brief(withTill({ consumes: { work: { deadLetter: 1 } }, sendsTo: ["work"] }))).to.have.length(1);
    expect(brief(withTill({ publishes: 1 }))).to.have.length(1);
  });

  it("judges environments by their schema, too", () => {
    const { dev } = environments;
    expect(brief(validateEnvironment({ ...dev, protectdata: true, capacity: { base: "1" } }))).to.deep.equal([
      ["environments.dev.capacity.base", "write a number, without quotes"],
      ["environments.dev.capacity.onDemandWeight", "add onDemandWeight"],
      ["environments.dev.capacity.spotWeight", "add spotWeight"],
      ["environments.dev.protectdata", 'did you mean "protectData"?'],
    ]);
  });

  it("stops a definition and a plan", () => {
    const open = { ...shopWith({ till: { deployment: "blue-green" } as object }), name: "ecommerce" };
    const paths = (error: unknown): string[] =>
      error instanceof InvalidInput ? error.problems.map(({ path }) => path) : [String(error)];
    const thrown = (work: () => unknown): string[] => {
      try {
        work();
      } catch (error) {
        return paths(error);
      }
      return [];
    };
    expect(thrown(() => defineSystem(open as never))).to.deep.equal(["services.till.deployment"]);
    expect(thrown(() => defineSystem(null as never))).to.deep.equal([""]);
    const planned = thrown(() => planOf(runOf("dev"), { systems: { ...systems, ecommerce: open }, environments }));
    expect(planned).to.include("ecommerce.services.till.deployment");
    const odd = { ...environments, dev: { ...environments.dev, nat: "none" } };
    expect(thrown(() => planOf(runOf("dev"), { systems, environments: odd }))).to.deep.equal(["environments.dev.nat"]);
  });

  it("leaves what is right as it is", () => {
    for (const system of Object.values(systems)) {
      expect(validateSystem(JSON.parse(JSON.stringify(system)))).to.deep.equal([]);
    }
    expect(problemsOf(runOf("dev"))).to.deep.equal([]);
    expect(defineSystem(shop as never)).to.deep.equal(shop);
  });
});
