import { expect } from "chai";
import { Microservice } from "../../../../components/aws/microservice";
import { deploy, outputOf } from "../../../../offline/providers/mocks";
import { standing } from "../../../support/standing";
import { build, minimal, routing } from "./fixtures";

const TARGETS = "aws:lb/targetGroup:TargetGroup";
const RULE = "aws:lb/listenerRule:ListenerRule";
const SERVICE = "aws:ecs/service:Service";

describe("components/aws/microservice routing", () => {
  it("has the seed's health check by default", async () => {
    const { one, result } = await build({ routing });
    expect(one(TARGETS, "order-tg").inputs).to.deep.equal({
      vpcId: "vpc-1",
      targetType: "ip",
      protocol: "HTTP",
      port: 8080,
      deregistrationDelay: 30,
      slowStart: 0,
      healthCheck: {
        enabled: true,
        protocol: "HTTP",
        port: "traffic-port",
        path: "/health",
        interval: 30,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
        matcher: "200",
      },
    });
    expect(await outputOf(result.targetGroupArnSuffix)).to.equal(one(TARGETS).outputs.arnSuffix);
  });

  it("sends the paths to the target group, and the target group to the container", async () => {
    const { one } = await build({ routing });
    const targetGroupArn = one(TARGETS).outputs.arn;
    expect(one(RULE, "rule-200").inputs).to.deep.equal({
      listenerArn: routing.listenerArn,
      priority: 200,
      actions: [{ type: "forward", targetGroupArn }],
      conditions: [{ pathPattern: { values: ["/api/orders/*"] } }],
    });
    const { loadBalancers, healthCheckGracePeriodSeconds } = one(SERVICE).inputs;
    expect({ loadBalancers, healthCheckGracePeriodSeconds }).to.deep.equal({
      loadBalancers: [{ targetGroupArn, containerName: "order", containerPort: 8080 }],
      healthCheckGracePeriodSeconds: 60,
    });
  });

  it("names a rule after its place, the listener and the priority, so that a successor takes it over", async () => {
    const { one } = await build({ routing: { ...routing, listener: "public", priority: 7 } });
    expect(one(RULE).name).to.equal("public-rule-7");
  });

  it("validates a token before it hands a request on", async () => {
    const signed = { issuer: "https://id.example.com", jwksEndpoint: "https://id.example.com/keys" };
    const jwt = {
      ...signed,
      audience: "client-1",
      audienceClaim: "client_id",
      scopes: ["orders.read"],
      claims: { roles: { format: "string-array", values: ["clerk"] } },
    } as const;
    const { one } = await build({ routing: { ...routing, jwt } });
    expect(one(RULE).inputs.actions).to.deep.equal([
      {
        type: "jwt-validation",
        jwtValidation: {
          ...signed,
          additionalClaims: [
            { name: "client_id", format: "single-string", values: ["client-1"] },
            { name: "scope", format: "space-separated-values", values: ["orders.read"] },
            { name: "roles", format: "string-array", values: ["clerk"] },
          ],
        },
      },
      { type: "forward", targetGroupArn: one(TARGETS).outputs.arn },
    ]);
  });

  it("balances by outstanding requests when it is asked to", async () => {
    const { one } = await build({ routing: { ...routing, balancing: "least_outstanding_requests" } });
    expect(one(TARGETS).inputs).to.include({ loadBalancingAlgorithmType: "least_outstanding_requests", slowStart: 0 });
    const other = await build({ routing: { ...routing, balancing: "round_robin" } });
    expect(other.one(TARGETS).inputs).to.not.have.property("loadBalancingAlgorithmType");
  });

  it("shortens a target group's name, and no other, where AWS's 32 characters are too few", async () => {
    const named = (name: string) =>
      deploy(() => new Microservice(name, { ...minimal, routing }), { existing: standing });
    const [longest, longer] = await Promise.all([named("a".repeat(21)), named("paymentprocessing-service")]);
    expect(longest.one(TARGETS).name).to.equal(`${"a".repeat(21)}-tg`);
    expect(longer.one(TARGETS).name).to.match(/^paymentproce-[0-9a-f]{8}-tg$/);
    for (const deployment of [longest, longer]) {
      expect(deployment.one(TARGETS).outputs.name).to.be.a("string").with.length.of.at.most(32);
    }
  });

  it("takes every value from its user", async () => {
    const { one } = await build({
      healthPath: "/ignored",
      routing: {
        ...routing,
        host: "orders.example.com",
        deregistrationDelay: "2m",
        slowStart: "30s",
        healthCheck: {
          path: "/ready",
          interval: "10s",
          timeout: "3s",
          healthyThreshold: 4,
          unhealthyThreshold: 5,
          matcher: "200-204",
        },
      },
    });
    const { deregistrationDelay, slowStart, healthCheck } = one(TARGETS).inputs;
    expect({ deregistrationDelay, slowStart, healthCheck }).to.deep.equal({
      deregistrationDelay: 120,
      slowStart: 30,
      healthCheck: {
        enabled: true,
        protocol: "HTTP",
        port: "traffic-port",
        path: "/ready",
        interval: 10,
        timeout: 3,
        healthyThreshold: 4,
        unhealthyThreshold: 5,
        matcher: "200-204",
      },
    });
    expect(one(RULE).inputs.conditions).to.deep.equal([
      { pathPattern: { values: ["/api/orders/*"] } },
      { hostHeader: { values: ["orders.example.com"] } },
    ]);
  });

  it("asks the service's own health path", async () => {
    const { one } = await build({ ...minimal, healthPath: "/healthz", routing });
    expect(one(TARGETS).inputs.healthCheck).to.include({ path: "/healthz" });
  });
});
