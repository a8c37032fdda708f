// The README's picture is the system's, and its worked example does what the text says.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { awsPlanOf as planOf } from "../infra/support/aws";
import { environments } from "../../infra/environments";
import { diagram } from "../../infra/views/pictures/mermaid";
import type { Service } from "../../infra/model/system";
import { buildOnEcs } from "../../infra/targets/ecs/ecs";
import { systems } from "../../infra/systems";
import { ecommerce } from "../../infra/systems/ecommerce";
import { UNKNOWN } from "../../offline/providers/core/values";
import { deploy, type Registered } from "../../offline/providers/mocks";
import { planFor, runOf, shipped } from "../infra/support/run";
import { block, readme, required } from "./blocks";

describe("README", () => {
  it("shows the picture that the system gives", () => {
    expect(block("mermaid", "")).to.equal(diagram(planFor(runOf("prod"))));
  });

  it("names every target of the Makefile", () => {
    const makefile = readFileSync(join(__dirname, "../../Makefile"), "utf8");
    const targets = [...makefile.matchAll(/^([a-z-]+):.*## /gm)].map(([, target]) => target ?? "");
    const unnamed = targets.filter(
      (target) => target !== "help" && !new RegExp(`make (-s )?${target}\\b`).test(readme),
    );
    expect(targets).to.include("up");
    expect(unnamed).to.deep.equal([]);
  });

  it("adds a service that changes nothing which exists", async function () {
    this.timeout(120_000);
    // At preview, so that what the cloud makes up (a password, a time in a name) is unknown in both and equal.
    const before = (await deploy(() => buildOnEcs(planFor(runOf("local"))), { preview: true })).resources;
    const after = (await deploy(() => buildOnEcs(withGiftCard()), { preview: true })).resources;
    const known = new Map(before.map((resource) => [resource.urn, resource]));
    // Dashboards and saved queries show the new service too.
    const shown = ({ urn }: { readonly urn: string }): boolean => /:(Dashboard|LogQueries)\$/.test(urn);
    const changed = after.filter((resource) => !shown(resource) && differs(known.get(resource.urn), resource));
    expect(changed.map(({ urn }) => urn)).to.deep.equal([]);
    const added = after.filter(({ urn }) => !known.has(urn));
    const byType = (type: string) => added.filter((resource) => resource.type === type).map(({ name }) => name);
    expect(byType("archipelago:microservice:Microservice")).to.deep.equal(["gift-card"]);
    expect(byType("archipelago:database:PostgresDatabase")).to.deep.equal(["gift-card-db"]);
    expect(byType("aws:sqs/queue:Queue").filter((name) => name.endsWith("gift-card-issue-queue"))).to.have.length(1);
    expect(byType("aws:ecs/taskDefinition:TaskDefinition").sort()).to.deep.equal([
      "gift-card-migration-task",
      "gift-card-task",
    ]);
  });

  it("names every variable that the new service gets", async function () {
    this.timeout(120_000);
    const { resources } = await deploy(() => buildOnEcs(withGiftCard()));
    const task = resources.find(
      ({ type, name }) => type.startsWith("aws:ecs/taskDefinition") && name === "gift-card-task",
    );
    const [container] = JSON.parse(String(task?.outputs.containerDefinitions)) as { environment: { name: string }[] }[];
    const own = (container?.environment ?? [])
      .map(({ name }) => name)
      .filter((name) => !name.startsWith("OTEL_") && readme.includes(`\`${name}\``));
    expect(own.sort()).to.deep.equal([
      "DB_HOST",
      "DB_NAME",
      "DB_PORT",
      "DB_USERNAME",
      "GIFT_CARD_ISSUE_QUEUE_URL",
      "PRODUCT_SERVICE_BACKOFF_MS",
      "PRODUCT_SERVICE_BREAKER_FAILURES",
      "PRODUCT_SERVICE_BREAKER_RESET_MS",
      "PRODUCT_SERVICE_MAX_CONCURRENT",
      "PRODUCT_SERVICE_RETRIES",
      "PRODUCT_SERVICE_TIMEOUT_MS",
      "PRODUCT_SERVICE_URL",
    ]);
    const standard = ["AWS_REGION", "SERVICE_NAME", "SERVICE_PORT"];
    const all = (container?.environment ?? []).map(({ name }) => name);
    const others = all.filter((name) => !own.includes(name) && !name.startsWith("OTEL_"));
    expect(others.sort()).to.deep.equal(standard);
  });
});

/** The plan of the local stack with the README's service in it. */
function withGiftCard() {
  const { giftCard } = required(block("ts", "giftCard: Service")) as { readonly giftCard: Service };
  const images = JSON.parse(shipped("local")["archipelago:images"] ?? "{}") as Record<string, string>;
  const run = runOf("local", {
    images: { ...images, "gift-card": String(images.user).replace("ecommerce/user", "ecommerce/gift-card") },
  });
  const system = { ...ecommerce, services: { ...ecommerce.services, "gift-card": giftCard } };
  return planOf(run, { systems: { ...systems, ecommerce: system }, environments });
}

function differs(before: Registered | undefined, after: Registered): boolean {
  return before !== undefined && text(before) !== text(after);
}

function text({ inputs }: Registered): string {
  return JSON.stringify(inputs, (_, value: unknown) => (value === UNKNOWN ? "(unknown)" : value));
}
