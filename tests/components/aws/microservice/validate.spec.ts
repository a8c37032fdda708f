import { expect } from "chai";
import { InvalidInput } from "../../../../components/kit";
import type { MicroserviceArgs, RoutingSettings, ScalingSettings } from "../../../../components/aws/microservice";
import { validateMicroservice } from "../../../../components/aws/microservice/validate";
import { build, imageless, minimal, routing as given } from "./fixtures";

const problemsOf = (args: Partial<MicroserviceArgs>, name = "order") =>
  validateMicroservice(name, { ...minimal, ...args });
const pathsOf = (args: Partial<MicroserviceArgs>, name?: string) => problemsOf(args, name).map(({ path }) => path);
const routed = (routing: Partial<RoutingSettings>) => pathsOf({ routing: { ...given, ...routing } });
const scaled = (scaling: Partial<ScalingSettings>) => pathsOf({ scaling: { min: 1, max: 4, cpu: 50, ...scaling } });

describe("components/aws/microservice validation", () => {
  it("finds nothing wrong with the smallest service", () => {
    expect(problemsOf({})).to.deep.equal([]);
  });

  it("reports everything in one error, before anything is created", async () => {
    const error = await build({ port: 0, memory: 513, scaling: { min: 3, max: 2 } }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(InvalidInput);
    expect((error as InvalidInput).problems.map(({ path }) => path)).to.deep.equal(["port", "memory", "scaling.min"]);
  });

  it("refuses names that callers or AWS could not bear", () => {
    for (const name of ["Order", "1order", "order-", "a--b", "a_b", ""]) {
      expect(pathsOf({}, name), name).to.deep.equal(["name"]);
    }
    expect(pathsOf({ routing: given }, "a".repeat(46))).to.deep.equal([]);
    expect(pathsOf({ routing: given }, "a".repeat(47))).to.deep.equal(["name"]);
  });

  it("wants exactly one of image and build", () => {
    expect(validateMicroservice("order", imageless).map(({ path }) => path)).to.deep.equal(["image"]);
    expect(validateMicroservice("order", { ...imageless, build: { context: "." } })).to.deep.equal([]);
    expect(pathsOf({ build: { context: "." } })).to.deep.equal(["image"]);
  });

  it("wants an image's version", () => {
    expect(pathsOf({ image: "nginx" })).to.deep.equal(["image"]);
  });

  it("holds ports, retention and times within their bounds", () => {
    expect(pathsOf({ port: 1 })).to.deep.equal([]);
    expect(pathsOf({ port: 65_535 })).to.deep.equal([]);
    expect(pathsOf({ port: 65_536 })).to.deep.equal(["port"]);
    expect(pathsOf({ port: 80.5 })).to.deep.equal(["port"]);
    expect(pathsOf({ logRetentionInDays: 31 })).to.deep.equal(["logRetentionInDays"]);
    expect(pathsOf({ stopTimeout: "121s" })).to.deep.equal(["stopTimeout"]);
    expect(pathsOf({ stopTimeout: "0s" })).to.deep.equal(["stopTimeout"]);
    expect(pathsOf({ healthPath: "health" })).to.deep.equal(["healthPath"]);
    expect(
      pathsOf({
        containerHealthCheck: {
          command: ["CMD", "/check"],
          interval: "4s",
          timeout: "1s",
          retries: 11,
          startPeriod: "301s",
        },
      }),
    ).to.deep.equal([
      "containerHealthCheck.interval",
      "containerHealthCheck.timeout",
      "containerHealthCheck.retries",
      "containerHealthCheck.startPeriod",
    ]);
  });

  it("waits for an answer between a second and a second more than callers may wait, or for ever", () => {
    for (const requestTimeout of ["1s", "301s", "none"] as const) expect(pathsOf({ requestTimeout })).to.deep.equal([]);
    for (const requestTimeout of ["0s", "302s"] as const) {
      expect(pathsOf({ requestTimeout })).to.deep.equal(["requestTimeout"]);
    }
  });

  it("refuses root unless an argument says so", () => {
    for (const user of ["0", "root", "0:1000", "root:root", "00"]) {
      expect(pathsOf({ user }), user).to.deep.equal(["user"]);
      expect(pathsOf({ user, allowRootUser: true }), user).to.deep.equal([]);
    }
    expect(pathsOf({ user: "rooted" })).to.deep.equal([]);
    expect(pathsOf({ user: "a b" })).to.deep.equal(["user"]);
  });

  it("refuses writable folders that are no folders, come twice, or take all memory", () => {
    expect(pathsOf({ writablePaths: ["tmp", "/", "/a", "/a"] })).to.deep.equal([
      "writablePaths[0]",
      "writablePaths[1]",
      "writablePaths[3]",
    ]);
    expect(pathsOf({ writablePaths: [{ path: "/a", size: "0 MiB" }] })).to.deep.equal(["writablePaths[0].size"]);
    expect(pathsOf({ writablePaths: [{ path: "/a", size: "512 MiB" }] })).to.deep.equal(["writablePaths"]);
  });

  it("refuses routing for a worker", () => {
    expect(pathsOf({ port: "none", routing: given })).to.deep.equal(["routing"]);
  });

  describe("of the way to an image", () => {
    const enclosed: MicroserviceArgs = { ...minimal, egressManagedElsewhere: false };
    const internet = { reaches: [{ port: 443, cidr: "0.0.0.0/0" }] };
    const endpoints = { reaches: [{ to: "endpoints", port: 443, securityGroupId: "sg-endpoints", isOpen: true }] };
    const found = (args: Partial<MicroserviceArgs>) =>
      validateMicroservice("order", { ...enclosed, ...args }).map(({ path }) => path);

    it("refuses grants that let no task start", () => {
      expect(found({})).to.deep.equal(["grants"]);
      expect(found({ grants: { s3: { reaches: [{ to: "s3", port: 443, prefixListId: "pl-1" }] } } })).to.deep.equal([
        "grants",
      ]);
      const database = { reaches: [{ to: "db", port: 5432, securityGroupId: "sg-1" }] };
      expect(found({ grants: { database } })).to.deep.equal(["grants"]);
      const [problem] = validateMicroservice("order", enclosed);
      expect(problem?.remedy).to.contain("network.grantEndpoints()").and.to.contain("egressManagedElsewhere");
    });

    it("accepts endpoints, the internet, and a user's own rules", () => {
      expect(found({ grants: { endpoints } })).to.deep.equal([]);
      expect(found({ grants: { internet } })).to.deep.equal([]);
      expect(found({ egressManagedElsewhere: true })).to.deep.equal([]);
    });

    it("refuses an image that endpoints do not lead to", () => {
      const east = "123456789012.dkr.ecr.us-east-1.amazonaws.com/order:1.0.0";
      for (const image of ["nginx:1.29", "ghcr.io/acme/order:1.0.0", east]) {
        expect(found({ image, grants: { endpoints } }), image).to.deep.equal(["image"]);
        expect(found({ image, grants: { endpoints, internet } }), image).to.deep.equal([]);
        expect(found({ image, egressManagedElsewhere: true }), image).to.deep.equal([]);
      }
    });
  });

  it("refuses ports of reaches that are none", () => {
    const reaches = [
      { port: 443, cidr: "10.0.0.0/8" },
      { port: 0, cidr: "10.0.0.0/8" },
    ];
    expect(pathsOf({ grants: { web: { reaches } } })).to.deep.equal(["grants.web.reaches[1].port"]);
  });

  describe("of routing", () => {
    it("takes the bounds themselves", () => {
      expect(routed({ priority: 1, slowStart: "30s", deregistrationDelay: "0s" })).to.deep.equal([]);
      expect(routed({ priority: 50_000, slowStart: "15m", deregistrationDelay: "1h" })).to.deep.equal([]);
    });

    it("refuses what is beyond the bounds", () => {
      expect(routed({ priority: 0 })).to.deep.equal(["routing.priority"]);
      expect(routed({ priority: 50_001 })).to.deep.equal(["routing.priority"]);
      expect(routed({ slowStart: "29s" })).to.deep.equal(["routing.slowStart"]);
      expect(routed({ deregistrationDelay: "2h" })).to.deep.equal(["routing.deregistrationDelay"]);
    });

    it("refuses issuers that a load balancer could not ask, and warming up where there is none", () => {
      const jwt = { issuer: "https://id.example.com", jwksEndpoint: "https://id.example.com/keys", audience: "api" };
      const single = { format: "single-string", values: ["x"] } as const;
      const many = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`c${at}`, single]));
      const wrong = [
        [{ audience: "" }, "routing.jwt.audience"],
        [{ audienceClaim: "iss" }, "routing.jwt.audience"],
        [{ scopes: ["a b"] }, "routing.jwt.scopes"],
        [{ claims: { exp: single } }, "routing.jwt.claims.exp"],
        [{ claims: { aud: single } }, "routing.jwt.claims.aud"],
        [{ claims: { roles: { ...single, values: [] } } }, "routing.jwt.claims.roles"],
        [{ claims: many }, "routing.jwt.claims"],
      ] as const;
      for (const [changes, path] of wrong) expect(routed({ jwt: { ...jwt, ...changes } }), path).to.deep.equal([path]);
      expect(routed({ jwt })).to.deep.equal([]);
      expect(routed({ jwt: { ...jwt, issuer: "a".repeat(256) } })).to.deep.equal([]);
      for (const issuer of ["", "a".repeat(257)]) {
        expect(routed({ jwt: { ...jwt, issuer } })).to.deep.equal(["routing.jwt.issuer"]);
      }
      const long = `https://id.example.com/${"a".repeat(233)}`;
      expect(routed({ jwt: { ...jwt, jwksEndpoint: long } })).to.deep.equal([]);
      for (const jwksEndpoint of ["http://id.example.com/keys", "https://id.example.com", "id", `${long}a`]) {
        expect(routed({ jwt: { ...jwt, jwksEndpoint } }), jwksEndpoint).to.deep.equal(["routing.jwt.jwksEndpoint"]);
      }
      const balancing = "least_outstanding_requests";
      expect(routed({ balancing, slowStart: "0s" })).to.deep.equal([]);
      expect(routed({ balancing, slowStart: "30s" })).to.deep.equal(["routing.slowStart"]);
    });

    it("takes at most five values and five wildcards", () => {
      expect(routed({ paths: ["/a", "/b", "/c", "/d", "/e"] })).to.deep.equal([]);
      expect(routed({ paths: ["/a", "/b", "/c", "/d", "/e"], host: "x.example.com" })).to.deep.equal(["routing.paths"]);
      expect(routed({ paths: ["/*/*/*", "/*/*/*"] })).to.deep.equal(["routing.paths"]);
      expect(routed({ paths: [] })).to.deep.equal(["routing.paths"]);
      expect(routed({ paths: ["orders"], host: "a/b" })).to.deep.equal(["routing.paths[0]", "routing.host"]);
    });

    it("refuses health checks that could not work", () => {
      expect(routed({ healthCheck: { timeout: "30s" } })).to.deep.equal(["routing.healthCheck.timeout"]);
      expect(routed({ healthCheck: { interval: "5s" } })).to.deep.equal(["routing.healthCheck.timeout"]);
      expect(
        routed({
          healthCheck: {
            path: "x",
            interval: "4s",
            timeout: "1s",
            healthyThreshold: 1,
            unhealthyThreshold: 11,
            matcher: "5xx",
          },
        }),
      ).to.deep.equal([
        "routing.healthCheck.path",
        "routing.healthCheck.interval",
        "routing.healthCheck.timeout",
        "routing.healthCheck.healthyThreshold",
        "routing.healthCheck.unhealthyThreshold",
        "routing.healthCheck.matcher",
      ]);
    });
  });

  describe("of scaling", () => {
    const quiet = { from: 0, change: 0 };
    const stepped = (steps: readonly { from: number; change: number }[]) =>
      scaled({ queue: { queueName: "q", steps } });

    it("wants whole bounds in order", () => {
      expect(scaled({ min: 5 })).to.deep.equal(["scaling.min"]);
      expect(scaled({ min: 1.5 })).to.deep.equal(["scaling.min"]);
      expect(scaled({ max: 5001 })).to.deep.equal(["scaling.max"]);
    });

    it("wants percentages, positive targets and cooldowns of at most an hour", () => {
      expect(scaled({ cpu: 0, memory: 101 })).to.deep.equal(["scaling.cpu", "scaling.memory"]);
      expect(scaled({ backlogPerTask: { queueName: "q", target: 0 } })).to.deep.equal([
        "scaling.backlogPerTask.target",
      ]);
      expect(scaled({ scaleInCooldown: "2h", scaleOutCooldown: "61m" })).to.deep.equal([
        "scaling.scaleInCooldown",
        "scaling.scaleOutCooldown",
      ]);
    });

    it("knows requests only of a named load balancer", () => {
      expect(scaled({ requestsPerTarget: 100 })).to.deep.equal(["scaling.requestsPerTarget"]);
      const scaling = { min: 1, max: 2, requestsPerTarget: 100 };
      expect(pathsOf({ routing: given, scaling })).to.deep.equal([]);
      expect(pathsOf({ routing: given, scaling: { ...scaling, requestsPerTarget: -1 } })).to.deep.equal([
        "scaling.requestsPerTarget",
      ]);
    });

    it("wants steps that rise from an empty queue to more tasks", () => {
      expect(stepped([quiet, { from: 10, change: 2 }])).to.deep.equal([]);
      expect(stepped([quiet, { from: 10, change: 2 }, { from: 10, change: 3 }])).to.deep.equal(["scaling.queue.steps"]);
      expect(stepped([quiet, { from: 10, change: 5 }, { from: 20, change: 3 }])).to.deep.equal(["scaling.queue.steps"]);
      expect(
        stepped([
          { from: 1, change: 0 },
          { from: 10, change: 2 },
        ]),
      ).to.deep.equal(["scaling.queue.steps"]);
      expect(stepped([{ from: 0, change: 1 }])).to.deep.equal(["scaling.queue.steps"]);
      expect(stepped([quiet])).to.deep.equal(["scaling.queue.steps"]);
      expect(stepped([quiet, { from: 1.5, change: 2 }])).to.deep.equal(["scaling.queue.steps[1].from"]);
    });

    it("wants schedules that Application Auto Scaling can read", () => {
      const night = { schedule: "every night", min: 2, max: 1 };
      expect(scaled({ schedules: { night } })).to.deep.equal([
        "scaling.schedules.night.min",
        "scaling.schedules.night.schedule",
      ]);
    });

    it("refuses bounds that nothing uses, and a sleep from which nothing wakes", () => {
      expect(pathsOf({ scaling: { min: 1, max: 4 } })).to.deep.equal(["scaling.max"]);
      expect(pathsOf({ scaling: { min: 0, max: 4, cpu: 50 } })).to.deep.equal(["scaling.min"]);
      expect(pathsOf({ scaling: { min: 0, max: 4, backlogPerTask: { queueName: "q", target: 1 } } })).to.deep.equal([]);
    });
  });

  it("refuses more secrets than the role that starts the tasks can name, and counts the fields of one secret once", () => {
    const secrets = (count: number, arn: (at: number) => string) => ({
      secrets: Object.fromEntries(
        Array.from({ length: count }, (_, at) => [`KEY_${at}`, { arn: arn(at), field: `key${at}` }]),
      ),
    });
    const prefix = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:key";
    const each = (at: number) => `${prefix}-${at}-AbCdEf`;
    expect(pathsOf(secrets(80, each))).to.deep.equal([]);
    expect(problemsOf(secrets(81, each)).map(({ path, value }) => [path, value])).to.deep.equal([
      ["secrets", "81 secrets"],
    ]);
    expect(pathsOf(secrets(81, () => `${prefix}-AbCdEf`))).to.deep.equal([]);
  });
});
