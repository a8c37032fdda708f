import { expect } from "chai";
import fc from "fast-check";
import { covers, overlap, pathOrderOf } from "../../../infra/model/kinds/service/path-order";
import { prioritiesOf } from "../../../infra/model/kinds/service/priorities";
import type { Service, System } from "../../../infra/model/system";
import { validateSystem } from "../../../infra/model/validate";
import { shop } from "./anti-patterns/shop";

const base: Service = { context: "Sales", description: "A service", scaling: { min: 2, max: 2 } };

function exposing(routes: Readonly<Record<string, readonly [paths: readonly string[], priority?: number]>>): System {
  const services = Object.entries(routes).map(([name, [paths, priority]]): [string, Service] => [
    name,
    { ...base, exposes: { paths, authentication: "by-service", ...(priority !== undefined && { priority }) } },
  ]);
  return { ...shop, topics: {}, services: Object.fromEntries(services) };
}

/** Services by priority. */
function order(system: System): string[] {
  expect(validateSystem(system)).to.deep.equal([]);
  return [...prioritiesOf(system)].sort(([, a], [, b]) => a - b).map(([name]) => name);
}

const matches = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.replaceAll("*", "[^]*").replaceAll("?", "[^]")}$`).test(path);
const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 5 });
const text = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 7 });

describe("the order of routes", () => {
  it("puts the more specific pattern first, whatever the services are called", () => {
    for (const [wide, narrow] of [
      ["aaa", "zzz"],
      ["zzz", "aaa"],
      ["web", "booking"],
    ] as const) {
      expect(order(exposing({ [wide]: [["/*"]], [narrow]: [["/api/booking"]] }))).to.deep.equal([narrow, wide]);
      const three = exposing({ [wide]: [["/*"]], mid: [["/api/*"]], [narrow]: [["/api/booking", "/api/booking/*"]] });
      expect(order(three)).to.deep.equal([narrow, "mid", wide]);
    }
  });

  it("gives services that come and go no other number to those that they do not overlap", () => {
    const few = prioritiesOf(exposing({ a: [["/a/*"]], b: [["/b/*"]], all: [["/*"]] }));
    const more = prioritiesOf(exposing({ a: [["/a/*"]], b: [["/b/*"]], c: [["/c/*"]], all: [["/*"]] }));
    for (const name of ["a", "b"]) expect(more.get(name), name).to.equal(few.get(name));
  });

  it("refuses a priority that takes another service's requests", () => {
    const found = validateSystem(exposing({ web: [["/*"], 10], booking: [["/api/booking"], 20] }));
    expect(found.map(({ path, value }) => [path, value])).to.deep.equal([
      ["services.web.exposes", { paths: "/*", priority: 10 }],
    ]);
    expect(validateSystem(exposing({ web: [["/*"], 10], booking: [["/api/booking"]] }))).to.have.length(1);
    expect(validateSystem(exposing({ web: [["/*"]], booking: [["/api/booking"], 20] }))).to.deep.equal([]);
  });

  it("refuses patterns that can't be told apart, unless priorities decide", () => {
    const found = validateSystem(exposing({ a: [["/a/*"]], b: [["/*/b"]] }));
    expect(found.map(({ path }) => path)).to.deep.equal(["services.a.exposes.paths"]);
    expect(validateSystem(exposing({ a: [["/a/*"], 1], b: [["/*/b"], 2] }))).to.deep.equal([]);
    const crossed = validateSystem(exposing({ a: [["/a/*", "/b/x"]], b: [["/b/*", "/a/x"]] }));
    expect(crossed).not.to.be.empty;
  });

  it("finds among many patterns exactly the overlaps that comparing each two finds", () => {
    const several = fc.uniqueArray(pattern, { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(several, (patterns) => {
        const { before, ambiguous } = pathOrderOf(
          exposing(Object.fromEntries(patterns.map((one, index) => [`s${index}`, [[one]] as const]))),
        );
        const found = [...before, ...ambiguous].map(({ patterns: both }) => [...both].sort().join(" "));
        const wanted = patterns.flatMap((one, at) =>
          patterns.slice(at + 1).flatMap((other) => (overlap(one, other) ? [[one, other].sort().join(" ")] : [])),
        );
        expect(found.sort()).to.deep.equal(wanted.sort());
        for (const {
          patterns: [narrow, wide],
        } of before)
          expect(covers(wide, narrow)).to.be.true;
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it("is held whatever the number of patterns, and refused where they can't be told apart", () => {
    const many = (count: number, pathsOf: (index: number) => readonly string[]): System =>
      exposing(
        Object.fromEntries(Array.from({ length: count }, (_, index) => [`s${index}`, [pathsOf(index)] as const])),
      );
    const apart = many(500, (index) => [`/api/s${index}`, `/api/s${index}/*`]);
    expect(
      pathOrderOf({ ...apart, services: { ...apart.services, ...many(1, () => ["/*"]).services } }).before,
    ).to.have.length(998);
    const crossed = {
      ...apart.services,
      x: { ...base, exposes: { paths: ["/*/5"], authentication: "by-service" as const } },
    };
    expect(
      validateSystem({ ...apart, services: crossed }).filter(({ path }) => path.includes("exposes")),
    ).to.have.length(100);
    expect(validateSystem(many(500, (index) => [`/*${index}*`])).map(({ path }) => path)).to.include("services");
  });

  it("knows which patterns overlap, and which cover others", () => {
    fc.assert(
      fc.property(pattern, pattern, text, (one, other, path) => {
        const both = matches(one, path) && matches(other, path);
        expect(!both || overlap(one, other)).to.be.true;
        expect(!covers(one, other) || !matches(other, path) || matches(one, path)).to.be.true;
        expect(!covers(one, other) || overlap(one, other)).to.be.true;
      }),
      { seed: 7, numRuns: 2000 },
    );
    expect([overlap("/a", "/b"), overlap("/a*", "/ab"), overlap("/a*c", "/ab*"), overlap("/a?", "/a")]).to.deep.equal([
      ...[false, true, true, false],
    ]);
    expect([covers("/*", "/a?"), covers("/a?", "/a*"), covers("/a*", "/a")]).to.deep.equal([true, false, true]);
  });
});
