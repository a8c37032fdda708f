import { expect } from "chai";
import { type Grant, InvalidInput } from "../../../../components/kit";
import { Microservice, type MicroserviceArgs } from "../../../../components/aws/microservice";
import { deploy, outputOf } from "../../../../offline/providers/mocks";
import { build, containerOf, minimal } from "./fixtures";
import { standing } from "../../../support/standing";

const plain = (grant: Grant) => outputOf<object>(grant);

describe("components/aws/microservice calls", () => {
  it("hands a caller the way there and the default policy", async () => {
    const { result, one } = await build();
    expect(await plain(result.grantCall())).to.deep.equal({
      environment: {
        ORDER_SERVICE_URL: "http://order.microservices.local:8080",
        ORDER_SERVICE_TIMEOUT_MS: "3000",
        ORDER_SERVICE_RETRIES: "2",
        ORDER_SERVICE_BACKOFF_MS: "100",
        ORDER_SERVICE_BREAKER_FAILURES: "5",
        ORDER_SERVICE_BREAKER_RESET_MS: "60000",
        ORDER_SERVICE_MAX_CONCURRENT: "20",
      },
      reaches: [{ to: "order", port: 8080, securityGroupId: one("aws:ec2/securityGroup:SecurityGroup").outputs.id }],
    });
  });

  it("hands over the policy it was told", async () => {
    const { result } = await build();
    const policy = {
      timeout: "1m",
      retries: 0,
      backoff: "2s",
      breaker: { failures: 3, reset: "10s" },
      bulkhead: 4,
    } as const;
    const { environment } = (await plain(result.grantCall(policy))) as Grant;
    expect(environment).to.deep.equal({
      ORDER_SERVICE_URL: "http://order.microservices.local:8080",
      ORDER_SERVICE_TIMEOUT_MS: "60000",
      ORDER_SERVICE_RETRIES: "0",
      ORDER_SERVICE_BACKOFF_MS: "2000",
      ORDER_SERVICE_BREAKER_FAILURES: "3",
      ORDER_SERVICE_BREAKER_RESET_MS: "10000",
      ORDER_SERVICE_MAX_CONCURRENT: "4",
    });
  });

  it("tells a caller with zeros what it is not to do", async () => {
    const { result } = await build();
    const { environment } = (await plain(result.grantCall({ timeout: "none", breaker: "none" }))) as Grant;
    expect(environment).to.include({
      ORDER_SERVICE_TIMEOUT_MS: "0",
      ORDER_SERVICE_BREAKER_FAILURES: "0",
      ORDER_SERVICE_BREAKER_RESET_MS: "0",
    });
  });

  it("reports every problem of a policy, and a callee without a port", async () => {
    const { result } = await build();
    expect(() => result.grantCall({ timeout: "0s", retries: 11 })).to.throw(InvalidInput, "2 problems");
    const wrong = { backoff: "0ms", breaker: { failures: 0, reset: "2h" }, bulkhead: 0 } as const;
    expect(() => result.grantCall(wrong)).to.throw(InvalidInput, "4 problems");
    const worker = await build({ port: "none" });
    expect(() => worker.result.grantCall()).to.throw(InvalidInput, 'port: "none"');
  });

  it("lets answers take as long as it is told, and as Service Connect has it when it is told nothing", async () => {
    const timeoutOf = async (args: Partial<MicroserviceArgs>) => {
      const { one } = await build(args);
      const { services } = one("aws:ecs/service:Service").inputs.serviceConnectConfiguration as {
        readonly services: readonly { readonly timeout?: object }[];
      };
      return services.map(({ timeout }) => timeout);
    };
    expect(await timeoutOf({})).to.deep.equal([undefined]);
    expect(await timeoutOf({ requestTimeout: "1m" })).to.deep.equal([{ perRequestTimeoutSeconds: 60 }]);
    expect(await timeoutOf({ requestTimeout: "none" })).to.deep.equal([{ perRequestTimeoutSeconds: 0 }]);
  });

  it("connects caller and callee, and starts the caller after the callee is there", async () => {
    const deployment = await deploy(
      () => {
        const stock = new Microservice("stock", minimal);
        return new Microservice("order", { ...minimal, grants: { stock: stock.grantCall() } });
      },
      { existing: standing },
    );
    const idOf = (name: string) => deployment.one("aws:ec2/securityGroup:SecurityGroup", name).outputs.id;
    const ingress = deployment.one("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").inputs;
    expect([ingress.securityGroupId, ingress.referencedSecurityGroupId, ingress.fromPort]).to.deep.equal([
      idOf("stock-tasks"),
      idOf("order-tasks"),
      8080,
    ]);
    const names = deployment.resources.map(({ type, name }) => `${type} ${name}`);
    expect(names.indexOf("aws:ecs/taskDefinition:TaskDefinition order-task")).to.be.greaterThan(
      names.indexOf("aws:ecs/service:Service stock"),
    );
    const definitions = deployment.one("aws:ecs/taskDefinition:TaskDefinition", "order-task");
    const container = containerOf({ ...deployment, one: () => definitions });
    expect(container.environment).to.deep.include({
      name: "STOCK_SERVICE_URL",
      value: "http://stock.microservices.local:8080",
    });
  });

  it("knows the URL already at preview", async () => {
    const { result } = await deploy(() => new Microservice("order", minimal), { preview: true, existing: standing });
    expect(await outputOf(result.url)).to.equal("http://order.microservices.local:8080");
  });
});
