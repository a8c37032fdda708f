// The collector of a stack: from the settings to the tasks.
import { expect } from "chai";
import { environments } from "../../../infra/environments";
import { examine, thisDay } from "../../../infra/examine";
import type { Service } from "../../../infra/model/system";
import { ecommerce } from "../../../infra/systems/ecommerce";
import { buildOnEcs } from "../../../infra/targets/ecs/ecs";
import { deploy } from "../../../offline/providers/mocks";
import { planFor, problemsOf, runOf } from "../support/run";

const IMAGE = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/aws-otel-collector:v0.43.3";

async function containersOf(changes: Readonly<Record<string, unknown>>) {
  const plan = planFor(runOf("local", changes));
  const { ofType } = await deploy(() => buildOnEcs(plan), { region: plan.region });
  const tasks = ofType("aws:ecs/taskDefinition:TaskDefinition").map(({ name, inputs }) => {
    const containers = JSON.parse(String(inputs.containerDefinitions)) as {
      name: string;
      environment: { name: string; value: string }[];
    }[];
    const exporter = containers[0]?.environment.find((variable) => variable.name === "OTEL_TRACES_EXPORTER")?.value;
    return [name.replace(/-task$/, ""), containers.length, exporter] as const;
  });
  const types = new Set(
    ["aws:xray/group:Group", "aws:xray/samplingRule:SamplingRule"].filter((type) => ofType(type).length > 0),
  );
  return {
    plan,
    services: tasks.filter(([name]) => !name.endsWith("-migration")),
    migrations: tasks.filter(([name]) => name.endsWith("-migration")),
    types: types.size,
  };
}

describe("the collector of a stack", function () {
  this.timeout(60_000);

  it("stands beside each service and beside no migration, with a way to X-Ray, a group and a rule", async () => {
    const { plan, services, migrations, types } = await containersOf({ collector: { image: IMAGE } });
    expect(services.map(([, count, exporter]) => [count, exporter])).to.deep.equal(services.map(() => [2, "otlp"]));
    expect(migrations.map(([, count]) => count)).to.deep.equal(migrations.map(() => 1));
    expect([plan.endpoints.includes("xray"), types]).to.deep.equal([true, 2]);
  });

  it("sends to another endpoint without X-Ray", async () => {
    const collector = { image: IMAGE, otlpEndpoint: "https://otlp.example.com" };
    const { plan, services, types } = await containersOf({ collector });
    expect(services.every(([, count]) => count === 2)).to.equal(true);
    expect([plan.endpoints.includes("xray"), types]).to.deep.equal([false, 0]);
  });

  it("refuses the variables that it sets in a service, unless the service exports by itself", () => {
    const withVariables = (changes: Partial<Service>) => {
      const services = { ...ecommerce.services, user: { ...ecommerce.services.user, ...changes } as Service };
      const known = { systems: { ecommerce: { ...ecommerce, services } }, environments };
      const { problems } = examine(runOf("local", { collector: { image: IMAGE } }), known, thisDay());
      return problems.map(({ path }) => path);
    };
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "https://otlp.example.com" };
    expect(withVariables({ environment: endpoint })).to.deep.equal([
      "ecommerce.services.user.environment.OTEL_EXPORTER_OTLP_ENDPOINT",
    ]);
    expect(withVariables({ secrets: { OTEL_EXPORTER_OTLP_PROTOCOL: { length: 20 } } })).to.deep.equal([
      "ecommerce.services.user.secrets.OTEL_EXPORTER_OTLP_PROTOCOL",
    ]);
    expect(withVariables({ environment: { ...endpoint, OTEL_TRACES_EXPORTER: "otlp" } })).to.deep.equal([]);
  });

  it("is left out without the setting", async () => {
    const { services, types } = await containersOf({ collector: undefined });
    expect(services.map(([, count, exporter]) => [count, exporter])).to.deep.equal(services.map(() => [1, "none"]));
    expect(types).to.equal(0);
  });

  it("is refused where tasks can't reach its image, and where a header has nowhere to go", () => {
    const paths = (collector: object) => problemsOf(runOf("local", { collector })).map(({ path }) => path);
    expect(paths({ image: "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3" })).to.deep.equal(["archipelago:collector.image"]); // prettier-ignore
    expect(paths({ image: IMAGE.replace("eu-central-1", "eu-west-1") })).to.deep.equal(["archipelago:collector.image"]);
    const arn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:otlp-AbCdEf";
    expect(paths({ image: IMAGE, authorization: arn })).to.deep.equal(["archipelago:collector.authorization"]);
    expect(paths({ image: "collector", otlpEndpoint: "otlp" })).to.deep.equal(["archipelago:collector.image", "archipelago:collector.otlpEndpoint"]); // prettier-ignore
  });
});
