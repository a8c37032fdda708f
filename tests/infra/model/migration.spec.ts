// The task that prepares a database: what a description may say of it, and what configuration must name for it.
import { expect } from "chai";
import { readPlan } from "../support/read-plan";
import type { Migration, Service, System } from "../../../infra/model/system";
import * as parcels from "../support/parcels";

const ECR = "111122223333.dkr.ecr.eu-central-1.amazonaws.com";

function systemOf(migration: Migration, more: Partial<Service> = {}): System {
  const database = {
    kind: "aurora-serverless",
    databaseName: "booking",
    minCapacity: 1,
    maxCapacity: 2,
    backupRetention: "7d",
    migration,
  } as const;
  return parcels.systemOf({ owns: { database }, ...more });
}

function planOf(system: System, images: Readonly<Record<string, string>>) {
  return readPlan(parcels.planOf(system, { "archipelago:images": images }));
}

function problemsOf(system: System, images: Readonly<Record<string, string>> = { booking: `${ECR}/booking:1` }) {
  return parcels.problemsOf(system, { "archipelago:images": images });
}

const PATH = "parcels.services.booking.owns.database.migration";

describe("a database's migration", () => {
  it("runs the service's image with another command", () => {
    const [booking] = planOf(systemOf({ command: ["migrate"] }), { booking: `${ECR}/booking:1` }).services;
    expect(booking?.migration).to.deep.equal({
      name: "booking-migration",
      image: `${ECR}/booking:1`,
      command: ["migrate"],
      cpu: 256,
      memory: "512 MiB",
      runtime: {},
    });
  });

  it("runs an image of its own, which configuration names", () => {
    const own = systemOf({ image: "own", cpu: 512, memory: "1024 MiB" });
    const images = { booking: `${ECR}/booking:1`, "booking-migration": `${ECR}/flyway:2` };
    expect(planOf(own, images).services[0]?.migration).to.deep.equal({
      name: "booking-migration",
      image: `${ECR}/flyway:2`,
      cpu: 512,
      memory: "1024 MiB",
      runtime: {},
    });
    expect(problemsOf(own)).to.deep.equal([["archipelago:images.booking-migration", undefined]]);
    expect(problemsOf(systemOf({ command: ["migrate"] }), images)).to.deep.equal([
      ["archipelago:images.booking-migration", `${ECR}/flyway:2`],
    ]);
  });

  it("runs its container as the service says, except for what asks a service whether it is well", () => {
    const runtime = { user: "1000", startTime: "2m", containerHealthCheck: { command: ["CMD", "/check"] } } as const;
    const of = (migration: Migration) =>
      planOf(systemOf(migration, { runtime }), {
        booking: `${ECR}/booking:1`,
        ...(migration.image === "own" && { "booking-migration": `${ECR}/flyway:2` }),
      }).services[0]?.migration?.runtime;
    expect(of({ command: ["m"] })).to.deep.equal({ user: "1000" });
    expect(of({ command: ["m"], runtime: { user: "2000" } })).to.deep.equal({ user: "2000" });
    expect(of({ image: "own" })).to.deep.equal({});
    expect(problemsOf(systemOf({ command: ["m"], runtime: { user: "root" } }))).to.deep.equal([
      [`${PATH}.runtime.user`, "root"],
    ]);
  });

  it("refuses the service's own command, sizes that Fargate does not have, and a service of the same name", () => {
    expect(problemsOf(systemOf({}))).to.deep.equal([[`${PATH}.command`, undefined]]);
    expect(problemsOf(systemOf({ command: [] }))).to.deep.equal([[`${PATH}.command`, []]]);
    expect(problemsOf(systemOf({ command: ["m"], cpu: 300 }))).to.deep.equal([[`${PATH}.cpu`, 300]]);
    const { services, ...rest } = systemOf({ command: ["m"] });
    const twice = {
      ...rest,
      services: {
        ...services,
        "booking-migration": {
          ...services.booking,
          owns: {},
          exposes: { paths: ["/other"], authentication: "by-service" },
        },
      },
    } as unknown as System;
    const images = { booking: `${ECR}/booking:1`, "booking-migration": `${ECR}/flyway:2` };
    expect(problemsOf(twice, images)).to.deep.include(["parcels.services.booking-migration", "booking-migration"]);
  });

  it("refuses an image that its task can't reach, although the service has a way to the internet", () => {
    const internetEgress = { reason: "a partner" };
    const elsewhere = { booking: "docker.io/shop/booking:1" };
    expect(problemsOf(systemOf({ command: ["m"] }, { internetEgress }), elsewhere)).to.deep.equal([
      ["archipelago:images.booking", "docker.io/shop/booking:1"],
    ]);
    const own = { booking: "docker.io/shop/booking:1", "booking-migration": "docker.io/flyway/flyway:1" };
    expect(problemsOf(systemOf({ image: "own" }, { internetEgress }), own)).to.deep.equal([
      ["archipelago:images.booking-migration", "docker.io/flyway/flyway:1"],
    ]);
  });
});
