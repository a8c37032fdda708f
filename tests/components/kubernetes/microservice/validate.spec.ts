import { expect } from "chai";
import { validateJob, validateMicroservice } from "../../../../components/kubernetes/microservice/validate";
import type { MicroserviceArgs } from "../../../../components/kubernetes/microservice";
import { minimal } from "./fixtures";

const gateway = { gatewayName: "g", listener: "http", dataPlane: { namespace: "envoy", labels: {} } };
const pods = { labels: { app: "x" } };

/** Arguments that are wrong in one way, with the path that says so. */
const wrong: readonly (readonly [path: string, args: Partial<MicroserviceArgs>])[] = [
  ["image", { image: "registry.example.com/shop/order" }],
  ["port", { port: 0 }],
  ["cpu", { cpu: 0 }],
  ["memory", { memory: "256.5 MiB" }],
  ["user", { user: "node" }],
  ["user", { user: "10001:0" }],
  ["user", { user: "0" }],
  ["environment.DB_PASSWORD", { environment: { DB_PASSWORD: "hunter2hunter2" } }],
  ["grants.a.SERVICE_NAME", { grants: { a: { environment: { SERVICE_NAME: "other" } } } }],
  ["grants.a.reaches[0].port", { grants: { a: { reaches: [{ to: "x", port: 0, pods }] } } }],
  ["grants.a.reaches[0].pods.labels", { grants: { a: { reaches: [{ to: "x", port: 1, pods: { labels: {} } }] } } }],
  ["grants.b.reaches[0]", { grants: { a: { reaches: [{ to: "x", port: 1, pods }] }, b: { reaches: [{ to: "x", port: 1, pods }] } } }],
  ["grants.a.files", { grants: { a: { files: { "/ca.crt": { secretName: "s", key: "k" } } } } }],
  ["grants.a.files", { grants: { a: { files: { ["/tmp" + "/ca.crt"]: { secretName: "s", key: "k" } } } } }],
  ["healthCheck.path", { healthCheck: { path: "health" } }],
  ["healthCheck.interval", { healthCheck: { interval: "0s" } }],
  ["healthCheck.unhealthyThreshold", { healthCheck: { unhealthyThreshold: 0 } }],
  ["routing.paths", { routing: { gateway, paths: [] } }],
  ["routing.paths[0]", { routing: { gateway, paths: ["/a/*/b"] } }],
  ["routing.paths[0]", { routing: { gateway, paths: ["/a*"] } }],
  ["routing.responseTime", { routing: { gateway, paths: ["/a"], responseTime: "0s" } }],
  ["routing", { port: "none", routing: { gateway, paths: ["/a"] } }],
  ["healthCheck", { port: "none", healthCheck: {} }],
  ["scaling.min", { scaling: { min: 0, max: 1 } }],
  ["scaling.max", { scaling: { min: 2, max: 1 } }],
  ["scaling.cpu", { scaling: { min: 1, max: 2, cpu: 101 } }],
  ["scaling.scaleInCooldown", { scaling: { min: 1, max: 2, scaleInCooldown: "2h" } }],
  ["writablePaths", { writablePaths: [{ path: "/cache", size: "512 MiB" }] }],
]; // prettier-ignore

const pathsOf = (args: Partial<MicroserviceArgs>, name = "order"): string[] =>
  validateMicroservice(name, { ...minimal, ...args }).map(({ path }) => path);

describe("kubernetes Microservice: what is refused", () => {
  it("nothing of the minimal service, and nothing of every setting at a bound", () => {
    expect(pathsOf({})).to.deep.equal([]);
    expect(
      pathsOf({
        ...{ port: 65_535, cpu: 1, memory: "256 MiB", user: "1:1" },
        healthCheck: { interval: "5m", timeout: "2m", healthyThreshold: 10, unhealthyThreshold: 10 },
        routing: { gateway, paths: ["/", "/*", "/a/b-c.d/*"], responseTime: "none" },
        scaling: { min: 1, max: 5000, cpu: 100, memory: 1, scaleInCooldown: "0s", scaleOutCooldown: "1h" },
      }),
    ).to.deep.equal([]);
  });

  for (const [path, args] of wrong) {
    it(`${path} as ${JSON.stringify(args)}`, () => {
      expect(pathsOf(args)).to.deep.equal([path]);
    });
  }

  it("a name that pods can't have as theirs", () => {
    expect(pathsOf({}, "a".repeat(45))).to.deep.equal([]);
    expect(pathsOf({}, "a".repeat(46))).to.deep.equal(["name"]);
    expect(pathsOf({}, "order--x")).to.deep.equal(["name"]);
  });

  it("everything at once", () => {
    expect(pathsOf({ port: 0, cpu: 0, scaling: { min: 0, max: 0 } }, "Order")).to.deep.equal([
      ...["name", "port", "cpu", "scaling.min", "scaling.max"],
    ]);
  });

  it("of a job also its schedule and its deadline", () => {
    const { scaling: _, ...base } = minimal;
    const paths = (more: object, name = "job"): string[] =>
      validateJob(name, { ...base, ...more }).map(({ path }) => path);
    expect(paths({ schedule: "0 3 * * *", timeZone: "Europe/Berlin", deadline: "7d" }, "j".repeat(52))).to.deep.equal(
      [],
    );
    expect(paths({ schedule: "*/5 0-6 1,15 JAN MON-FRI" })).to.deep.equal([]);
    expect(paths({ schedule: "0 3 * *", timeZone: "Berlin time", deadline: "1s" }, "j".repeat(53))).to.deep.equal([
      ...["name", "schedule", "timeZone", "deadline"],
    ]);
  });
});
