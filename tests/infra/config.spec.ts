import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { InvalidInput } from "../../components/kit/problems";
import { loadPlan } from "../../infra/config";
import { examine, thisDay } from "../../infra/examine";
import { environments } from "../../infra/environments";
import { Findings } from "../../infra/model/findings";
import { readSettings } from "../../infra/model/read-settings";
import { text } from "../../infra/model/schema/words";
import { systems } from "../../infra/systems";
import { targets } from "../../infra/targets";
import { flat, planFor, problemsOf, runOf, shipped } from "./support/run";

const STACKS = Object.keys(environments);

/** Path and value of each problem. */
function found(stack: string, changes: Readonly<Record<string, unknown>>): [path: string, value: unknown][] {
  return problemsOf(runOf(stack, changes)).map(({ path, value }) => [path, value]);
}

describe("configuration", () => {
  for (const stack of STACKS) {
    it(`of the stack ${stack} as shipped yields a plan`, () => {
      const plan = planFor(runOf(stack));
      expect(plan.environment.name).to.equal(stack);
      expect(plan.tags).to.deep.equal({
        Project: "ecommerce",
        Environment: stack,
        Architecture: "Microservices",
        ManagedBy: "Pulumi",
      });
      expect(plan.zones).to.have.length(plan.environment.network.zoneCount);
    });
  }

  it("reports a system or an environment that runs code when it is read", () => {
    const trap = new Proxy([], { get: () => expect.fail("it was read") }) as unknown;
    for (const known of [
      { systems: { ecommerce: trap }, environments },
      { systems, environments: { local: trap } },
    ]) {
      const { problems } = examine(runOf("local"), known as Parameters<typeof examine>[1], thisDay());
      expect(problems.map(({ value }) => value)).to.include("a Proxy");
    }
  });

  it("is read from the engine, and offline from the process", async () => {
    const before = process.env.ARCHIPELAGO_OFFLINE;
    await pulumi.runtime.setMocks(
      { newResource: () => ({ id: "", state: {} }), call: () => ({}) },
      "archipelago",
      "local",
    );
    pulumi.runtime.setAllConfig(shipped("local"));
    try {
      process.env.ARCHIPELAGO_OFFLINE = "1";
      expect(loadPlan({ systems, environments }).plan).to.deep.equal(planFor(runOf("local")));
      process.env.ARCHIPELAGO_OFFLINE = "0";
      expect(() => loadPlan({ systems, environments })).to.throw(InvalidInput, "to do:   run `make up`");
    } finally {
      pulumi.runtime.setAllConfig({});
      if (before === undefined) delete process.env.ARCHIPELAGO_OFFLINE;
      else process.env.ARCHIPELAGO_OFFLINE = before;
    }
  });

  it("holds no encryption salt, so that a clone stays clean", () => {
    for (const stack of STACKS) expect(Object.keys(shipped(stack)).join()).to.not.contain("salt");
  });

  it("reports every problem of a bad configuration at once, in one message", () => {
    const run = runOf("prod", {
      system: "ecomerce",
      region: "eu-centrl-1",
      zones: ["eu-central-1a", "eu-central-1b", "us-east-1a"],
      account: "12",
      domain: "https://x",
      alertEmail: "a@b",
      waf: "yes",
      images: { ...images(), user: "nginx", ordre: "x:1" },
      cidr: "10.0.0.0/24",
      services: { order: { min: 5, max: 2, cpus: 3 } },
      alarmEmail: "x@example.com",
    });
    expect(problemsOf(run).map(({ path, value }) => [path, value])).to.deep.equal([
      ["archipelago:alarmEmail", "x@example.com"],
      ["archipelago:system", "ecomerce"],
      ["archipelago:region", "eu-centrl-1"],
      ["archipelago:zones[2]", "us-east-1a"],
      ["archipelago:account", "12"],
      ["archipelago:alertEmail", "a@b"],
      ["archipelago:waf", "yes"],
      ["archipelago:cidr", "10.0.0.0/24"],
      ["archipelago:domain", "https://x"],
      ["archipelago:images.ordre", "x:1"],
      ["archipelago:images.user", "nginx"],
      ["archipelago:services.order.cpus", 3],
      ["archipelago:images.user", "nginx"],
      ["archipelago:services.order.max", 2],
    ]);
    expect(() => planFor(run))
      .to.throw(InvalidInput, 'configuration of stack "prod": 14 problems; nothing was created.')
      .and.to.have.property("message")
      .that.contains('archipelago:alarmEmail: "x@example.com"\n     allowed: system, environment, target,')
      .and.contains('to do:   did you mean "alertEmail"?');
  });

  it("says of an unknown system that alone, and nothing of a stack that is named after it", () => {
    const local = { ...runOf("local", { system: "unknown" }), stack: "unknown-local" };
    expect(problemsOf(local).map(({ path }) => path)).to.deep.equal(["archipelago:system"]);
  });

  it("refuses a system or an environment whose name is not the one under which it is exported", () => {
    const run = runOf("prod", { system: "shop" });
    const { ecommerce } = systems;
    const { prod } = environments;
    if (!ecommerce) throw new Error("there is no ecommerce");
    const { problems } = examine(
      run,
      { systems: { shop: ecommerce }, environments: { prod: { ...prod, name: "dev" } } },
      thisDay(),
    );
    expect(problems.filter(({ path }) => path.endsWith(".name")).map(({ path, value }) => [path, value])).to.deep.equal(
      [
        ["systems.shop.name", "ecommerce"],
        ["environments.prod.name", "dev"],
      ],
    );
  });

  it("reports every required key that is missing", () => {
    const problems = problemsOf({ stack: "dev", values: { "other:key": "ignored" }, offline: true });
    expect(problems.map(({ path, value }) => [path, value])).to.deep.equal(
      ["system", "environment", "region", "zones", "account", "images"].map((key) => [`archipelago:${key}`, undefined]),
    );
  });

  it("takes a target, refuses one that does not exist and keys of another", () => {
    expect(found("dev", { target: "ecs" })).to.deep.equal([]);
    const [problem] = problemsOf(runOf("dev", { target: "ec" }));
    expect([problem?.path, problem?.allowed, problem?.remedy]).to.deep.equal([
      "archipelago:target",
      Object.keys(targets).join(", "),
      'did you mean "ecs"?',
    ]);
    const findings = new Findings();
    const keys = { ecs: { region: text(10) }, moon: { crater: text(10) } };
    const read = readSettings(
      flat({ "archipelago:target": "moon", "archipelago:region": "x", "archipelago:crater": "Tycho" }),
      { usual: "ecs", keys },
      findings,
    );
    expect([read.target, read.own]).to.deep.equal(["moon", { crater: "Tycho" }]);
    expect(findings.problems.filter(({ path }) => path === "archipelago:region")).to.deep.equal([
      {
        path: "archipelago:region",
        value: "x",
        allowed: "not set on the target moon: it is a key of ecs",
        remedy: "remove it, or name the target that was meant in archipelago:target",
      },
    ]);
  });

  it("refuses a wrong type, by key", () => {
    expect(found("dev", { zones: "eu-central-1a" })).to.deep.equal([["archipelago:zones", "eu-central-1a"]]);
    expect(found("dev", { zones: [1, 2] })).to.deep.equal([
      ["archipelago:zones[0]", 1],
      ["archipelago:zones[1]", 2],
    ]);
    expect(found("dev", { services: ["order"] })).to.deep.equal([["archipelago:services", ["order"]]]);
    expect(found("dev", { services: { order: 3 } })).to.deep.equal([["archipelago:services.order", 3]]);
    expect(found("dev", { services: { order: { cpu: "512", memory: "1GiB", min: 1.5 } } })).to.deep.equal([
      ["archipelago:services.order.cpu", "512"],
      ["archipelago:services.order.memory", "1GiB"],
      ["archipelago:services.order.min", 1.5],
    ]);
    expect(found("dev", { images: { ...images("dev"), order: 3 } })).to.deep.equal([["archipelago:images.order", 3]]);
  });

  it("names the key that was meant, at every level, and what is allowed instead", () => {
    const remedies = (changes: Readonly<Record<string, unknown>>) =>
      problemsOf(runOf("enterprise-local", changes)).map(({ path, remedy }) => [path, remedy]);
    const identity = JSON.parse(shipped("enterprise-local")["archipelago:identity"] ?? "") as object;
    expect(
      remedies({
        wafs: "true",
        identity: { ...identity, audienc: "x" },
        masks: { privat: 24 },
        quotas: { rule: 100, roles: 2 },
        services: { "usermanagement-service": { maxx: 3 } },
      }),
    ).to.deep.equal([
      ["archipelago:wafs", 'did you mean "waf"?'],
      ["archipelago:masks.privat", 'did you mean "private"?'],
      ["archipelago:quotas.roles", "write what AWS granted, without quotes"],
      ["archipelago:quotas.rule", 'did you mean "roles"?'],
      ["archipelago:identity.audienc", 'did you mean "audience"?'],
      ["archipelago:services.usermanagement-service.maxx", 'did you mean "max"?'],
    ]);
  });

  it("refuses keys that JavaScript could take for its own", () => {
    const images = JSON.stringify({ ...JSON.parse(shipped("dev")["archipelago:images"] ?? ""), constructor: "x:1" });
    const run = { ...runOf("dev"), values: { ...shipped("dev"), "archipelago:images": images } };
    expect(problemsOf(run).map(({ path }) => path)).to.deep.equal(["archipelago:images.constructor"]);
    const services = { "archipelago:services": '{"__proto__":{"cpu":1}}', "archipelago:__proto__": "x" };
    expect(
      problemsOf({ ...runOf("dev"), values: { ...shipped("dev"), ...services } }).map(({ path }) => path),
    ).to.have.members(["archipelago:__proto__", "archipelago:services.__proto__"]);
  });

  it("refuses a size that Fargate does not offer", () => {
    expect(found("dev", { services: { user: { cpu: 300 } } })).to.deep.equal([["archipelago:services.user.cpu", 300]]);
    expect(found("dev", { services: { user: { cpu: 1024 } } })).to.deep.equal([
      ["archipelago:services.user.memory", "512 MiB"],
    ]);
  });

  it("refuses zones that are too few, too many or repeated", () => {
    const [a, b, c] = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];
    expect(found("dev", { zones: [a] })).to.deep.equal([["archipelago:zones", [a]]]);
    expect(found("dev", { zones: [a, b, c] })).to.deep.equal([["archipelago:zones", [a, b, c]]]);
    expect(found("dev", { zones: [a, a] })).to.deep.equal([["archipelago:zones[1]", a]]);
  });

  it("refuses ranges that are public, misaligned or too small for the tiers", () => {
    for (const cidr of ["8.8.0.0/16", "10.0.1.0/16", "10.0.0.0/8", "10.0.0.0/21", "10.0.0/16"]) {
      expect(found("dev", { cidr }), cidr).to.deep.equal([["archipelago:cidr", cidr]]);
    }
    expect(planFor(runOf("dev", { cidr: "172.16.0.0/19" })).environment.network.cidr).to.equal("172.16.0.0/19");
  });

  it("takes masks of the stack, beside those of the environment, and refuses what AWS or the range has no room for", () => {
    const plan = planFor(runOf("dev", { cidr: "172.16.0.0/20", masks: { isolated: 28 } }));
    expect(plan.environment.network).to.deep.include({ cidr: "172.16.0.0/20", masks: { isolated: 28 } });
    expect(found("dev", { masks: { isolated: 29, private: "24", dmz: 24 } })).to.deep.equal([
      ["archipelago:masks.private", "24"],
      ["archipelago:masks.isolated", 29],
      ["archipelago:masks.dmz", 24],
    ]);
    expect(found("dev", { masks: { private: 18 } })).to.deep.equal([["archipelago:cidr", "10.2.0.0/16"]]);
  });

  it("refuses a zone whose letter has no blocks of addresses", () => {
    const zones = ["eu-central-1a", "eu-central-1g"];
    expect(found("dev", { zones })).to.deep.equal([["archipelago:zones[1]", "eu-central-1g"]]);
  });

  it("refuses images that can change under a running system", () => {
    const repository = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/ecommerce/user";
    const user = (stack: string, image: string) => found(stack, { images: { ...images(stack), user: image } });
    const refused = (image: string) => [["archipelago:images.user", image]];
    for (const stack of STACKS) expect(user(stack, repository), stack).to.deep.equal(refused(repository));
    const latest = `${repository}:latest`;
    expect(user("local", latest)).to.deep.equal([]);
    expect(user("dev", latest)).to.deep.equal([]);
    expect(user("staging", latest)).to.deep.equal(refused(latest));
    expect(user("prod", latest)).to.deep.equal(refused(latest));
    expect(user("prod", `${repository}@sha256:${"a".repeat(64)}`)).to.deep.equal([]);
  });

  it("refuses images that a task could not pull", () => {
    const elsewhere = "111122223333.dkr.ecr.us-east-1.amazonaws.com/ecommerce/user:1.0.0";
    expect(found("dev", { images: { ...images("dev"), user: elsewhere } })).to.deep.equal([
      ["archipelago:images.user", elsewhere],
    ]);
    // Both have a way to the internet, but not the task that migrates with the service's image.
    const payment = "docker.io/shop/payment:1";
    expect(found("dev", { images: { ...images("dev"), payment } })).to.deep.equal([
      ["archipelago:images.payment", payment],
    ]);
    const notification = "docker.io/shop/notification:1";
    expect(found("dev", { images: { ...images("dev"), notification } })).to.deep.equal([]);
  });

  it("refuses a stack that is not named after its environment", () => {
    expect(problemsOf({ ...runOf("prod"), stack: "dev" }).map(({ path }) => path)).to.deep.equal([
      "archipelago:environment",
    ]);
    expect(problemsOf({ ...runOf("dev"), stack: "dev-anna" })).to.deep.equal([]);
  });

  it("keeps local off real accounts, and real accounts off placeholders", () => {
    const online = (stack: string, changes = {}) =>
      problemsOf({ ...runOf(stack, changes), offline: false }).map(({ path }) => path);
    const imagePaths = Object.keys(images("prod")).map((service) => `archipelago:images.${service}`);
    expect(online("local")).to.include("archipelago:environment");
    expect(online("prod")).to.deep.equal([
      "archipelago:account",
      "archipelago:hostedZoneId",
      "archipelago:alertEmail",
      "archipelago:collector.image",
      "archipelago:domain",
      ...imagePaths,
    ]);
    const mine = JSON.parse(JSON.stringify(images("prod")).replaceAll("777788889999", "210987654321")) as object;
    const zone = { domain: "shop.dev", hostedZoneId: "Z0123456789ABCDEFGHIJ" };
    const collector = { image: "210987654321.dkr.ecr.eu-central-1.amazonaws.com/aws-otel-collector:v0.43.3" };
    const replaced = { account: "210987654321", ...zone, alertEmail: "ops@shop.dev", images: mine, collector };
    expect(online("prod", replaced)).to.deep.equal([]);
  });

  it("takes a domain with its hosted zone, and neither alone", () => {
    const zone = "Z0123456789ABCDEFGHIJ";
    expect(found("dev", { domain: "shop.dev" })).to.deep.equal([["archipelago:hostedZoneId", undefined]]);
    expect(found("dev", { hostedZoneId: zone })).to.deep.equal([["archipelago:hostedZoneId", zone]]);
    expect(found("dev", { domain: "shop.dev", hostedZoneId: "/hostedzone/Z1" })).to.deep.equal([
      ["archipelago:hostedZoneId", "/hostedzone/Z1"],
    ]);
    expect(planFor(runOf("dev", { domain: "shop.dev", hostedZoneId: zone })).https).to.deep.equal({
      domainName: "services.shop.dev",
      hostedZoneId: zone,
    });
  });

  it("never shows the value of a secret key", () => {
    const run = { ...runOf("dev", { alertEmail: "hunter2" }), secrets: new Set(["archipelago:alertEmail"]) };
    expect(problemsOf(run).map(({ path, value }) => [path, value])).to.deep.equal([
      ["archipelago:alertEmail", "[secret]"],
    ]);
  });
});

function images(stack = "prod"): Record<string, string> {
  return JSON.parse(shipped(stack)["archipelago:images"] ?? "{}") as Record<string, string>;
}
