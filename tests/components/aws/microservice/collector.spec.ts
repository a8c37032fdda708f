// The OpenTelemetry collector beside a service: what it runs with, what it may do, and what the service gets for it.
import { expect } from "chai";
import { InvalidInput } from "../../../../components/kit";
import { type CollectorSettings, Microservice, type MicroserviceArgs } from "../../../../components/aws/microservice";
import { deploy } from "../../../../offline/providers/mocks";
import { standing } from "../../../support/standing";
import { minimal } from "./fixtures";

const IMAGE = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/aws-otel-collector:v0.43.3";
const XRAY: CollectorSettings = { image: IMAGE, stack: "shop-prod" };
const ENDPOINT = { otlpEndpoint: "https://otlp.example.com:4318" };
const ENDPOINT_OVER_HTTP = { otlpEndpoint: "http://otlp.example.com" };
const SECRET = { arn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:otlp-AbCdEf" };

interface Container {
  readonly name: string;
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly [property: string]: unknown;
}

async function build(collector: CollectorSettings, more: Partial<MicroserviceArgs> = {}) {
  const deployed = await deploy(() => new Microservice("order", { ...minimal, ...more, collector }), {
    existing: standing,
    region: "eu-central-1",
  });
  const definitions = deployed.one("aws:ecs/taskDefinition:TaskDefinition").inputs.containerDefinitions;
  const [service, sidecar] = JSON.parse(String(definitions)) as Container[];
  if (!service || !sidecar) throw new Error("two containers were expected");
  const value = sidecar.environment[0]?.value ?? "";
  const variables = Object.fromEntries(service.environment.map((one) => [one.name, one.value]));
  return { ...deployed, service, sidecar, variables, configuration: JSON.parse(value) as Record<string, unknown> };
}
const statementsOf = (document: unknown) =>
  (JSON.parse(String(document)) as { Statement: { Sid?: string; Action: unknown; Resource: unknown }[] }).Statement;

describe("components/aws/microservice collector", () => {
  it("runs beside the service with limits of its own, and is not essential", async () => {
    const { sidecar, service } = await build(XRAY);
    const { environment: _environment, logConfiguration: _logs, ...rest } = sidecar;
    expect(rest).to.deep.equal({
      name: "order-collector",
      image: IMAGE,
      essential: false,
      memory: 128,
      user: "10001",
      readonlyRootFilesystem: true,
      linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
      portMappings: [],
      secrets: [],
      healthCheck: { command: ["CMD", "/healthcheck"], interval: 30, timeout: 5, retries: 3, startPeriod: 15 },
      restartPolicy: { enabled: true, restartAttemptPeriod: 60 },
    });
    // 512 MiB, without 64 for the proxy and 128 for the collector. It starts first, so it stops last and sends what is left.
    expect([service.memory, service.dependsOn]).to.deep.equal([
      320,
      [{ containerName: "order-collector", condition: "START" }],
    ]);
  });

  it("takes OTLP inside the task only, and sends traces to X-Ray with the stack as an annotation", async () => {
    const { configuration, variables } = await build(XRAY);
    expect(variables).to.include({
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4318",
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
      OTEL_TRACES_EXPORTER: "otlp",
    });
    expect(variables).not.to.have.property("OTEL_METRICS_EXPORTER");
    const { receivers, processors, exporters, service } = configuration as Record<string, Record<string, unknown>>;
    expect(receivers).to.deep.equal({
      otlp: { protocols: { grpc: { endpoint: "localhost:4317" }, http: { endpoint: "localhost:4318" } } },
    });
    expect(processors?.attributes).to.deep.equal({
      actions: [{ key: "stack", value: "shop-prod", action: "upsert" }],
    });
    expect(exporters).to.deep.equal({ awsxray: { region: "eu-central-1", indexed_attributes: ["stack"] } });
    expect(Object.keys(service?.pipelines ?? {})).to.deep.equal(["traces"]);
  });

  it("adds to the task's role the right to write traces, and nothing else", async () => {
    const { one } = await build(XRAY);
    const role = statementsOf(one("aws:iam/rolePolicy:RolePolicy", "order-task-policy").inputs.policy);
    expect(role.filter(({ Sid }) => Sid === "WriteTraces").map(({ Action, Resource }) => [Action, Resource])).to.deep.equal([
      [["xray:PutTelemetryRecords", "xray:PutTraceSegments"], "*"],
    ]); // prettier-ignore
    const pull = statementsOf(one("aws:iam/rolePolicy:RolePolicy", "order-execution-policy").inputs.policy);
    expect(pull.find(({ Sid }) => Sid === "PullImage")?.Resource).to.include(
      "arn:aws:ecr:eu-central-1:123456789012:repository/aws-otel-collector",
    );
  });

  it("sends traces and metrics to an endpoint with a secret header, which only ECS reads", async () => {
    const { configuration, variables, sidecar, one, ofType } = await build({
      ...XRAY,
      ...ENDPOINT,
      authorization: SECRET,
    });
    expect(variables.OTEL_METRICS_EXPORTER).to.equal("otlp");
    expect(configuration.exporters).to.deep.equal({
      otlphttp: { endpoint: ENDPOINT.otlpEndpoint, headers: { Authorization: "${env:OTLP_AUTHORIZATION}" } },
    });
    expect(Object.keys((configuration.service as { pipelines: object }).pipelines)).to.deep.equal([
      "traces",
      "metrics",
    ]);
    expect(sidecar.secrets).to.deep.equal([{ name: "OTLP_AUTHORIZATION", valueFrom: SECRET.arn }]);
    const execution = statementsOf(one("aws:iam/rolePolicy:RolePolicy", "order-execution-policy").inputs.policy);
    expect(JSON.stringify(execution.find(({ Sid }) => Sid === "ReadSecrets")?.Resource)).to.include(SECRET.arn);
    const outward = ofType("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule").filter(
      ({ inputs }) => inputs.cidrIpv4 === "0.0.0.0/0",
    );
    expect(outward.map(({ inputs }) => inputs.fromPort)).to.deep.equal([4318]);
    const task = ofType("aws:iam/rolePolicy:RolePolicy").filter(({ name }) => name === "order-task-policy");
    expect(JSON.stringify(task.map(({ inputs }) => inputs.policy))).not.to.include("xray");
  });

  it("reports every problem at once", async () => {
    const inside = {
      egressManagedElsewhere: false,
      grants: { endpoints: { reaches: [{ port: 443, to: "endpoints", securityGroupId: "sg-endpoints" }] } },
    };
    const wrong = [
      [{ image: "collector" }, "collector.image"],
      [ENDPOINT_OVER_HTTP, "collector.otlpEndpoint"],
      [{ authorization: SECRET }, "collector.authorization"],
      // No way to the internet, where this image is.
      [{ image: "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3" }, "collector.image"],
    ] as const;
    for (const [change, path] of wrong) {
      const error: unknown = await build({ ...XRAY, ...change }, inside).catch((reason: unknown) => reason);
      expect(error, path).to.be.instanceOf(InvalidInput);
      expect((error as InvalidInput).problems.map((problem) => problem.path)).to.include(path);
    }
  });
});
