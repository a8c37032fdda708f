// Secrets in a description: made, existing, and written in the open.
import { expect } from "chai";
import type { Service } from "../../../infra/model/system";
import { buildOnEcs } from "../../../infra/targets/ecs/ecs";
import { deploy } from "../../../offline/providers/mocks";
import * as parcels from "../support/parcels";

const ARN = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:provider-key-AbCdEf";
const KEY = "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f";

function planOf(more: Partial<Service>, settings: Readonly<Record<string, unknown>> = {}) {
  return parcels.planOf(parcels.systemOf(more), settings);
}

function problemsOf(more: Partial<Service>, settings: Readonly<Record<string, unknown>> = {}) {
  return parcels.problemsOf(parcels.systemOf(more), settings);
}

const IN = "parcels.services.booking";

describe("secrets of a service", () => {
  it("exist by ARN, or by a name that each stack resolves, or are made", () => {
    const secrets = {
      MADE: { length: 32 },
      PROVIDER_KEY: { arn: ARN, field: "key", kmsKeyArn: KEY },
      PARTNER_KEY: { existing: "partner-key", field: "key" },
    };
    const { services, endpoints } = planOf({ secrets }, { "archipelago:secrets": { "partner-key": ARN } });
    expect(services[0]?.secrets).to.deep.equal([
      { variable: "MADE", length: 32 },
      { variable: "PARTNER_KEY", arn: ARN, field: "key" },
      { variable: "PROVIDER_KEY", arn: ARN, field: "key", kmsKeyArn: KEY },
    ]);
    expect(endpoints).to.include("secretsmanager");
    const mapped = { "archipelago:secrets": { "partner-key": { arn: ARN, kmsKeyArn: KEY } } };
    expect(
      planOf({ secrets: { PARTNER_KEY: { existing: "partner-key" } } }, mapped).services[0]?.secrets,
    ).to.deep.equal([{ variable: "PARTNER_KEY", arn: ARN, kmsKeyArn: KEY }]);
  });

  it("are put into the container by a role that can read exactly them", async () => {
    const plan = planOf({ secrets: { PROVIDER_KEY: { arn: ARN, field: "key", kmsKeyArn: KEY } } });
    const { one, ofType } = await deploy(() => buildOnEcs(plan));
    const definition = String(one("aws:ecs/taskDefinition:TaskDefinition", "booking-task").inputs.containerDefinitions);
    const [container] = JSON.parse(definition) as { secrets: unknown }[];
    expect(container?.secrets).to.deep.equal([{ name: "PROVIDER_KEY", valueFrom: `${ARN}:key::` }]);
    const policy = String(one("aws:iam/rolePolicy:RolePolicy", "booking-execution-policy").inputs.policy);
    const { Statement } = JSON.parse(policy) as { Statement: { Sid?: string; Resource: unknown }[] };
    const resources = Statement.filter(({ Sid = "" }) => Sid.includes("Secret")).map(({ Sid, Resource }) => [
      Sid,
      Resource,
    ]);
    expect(resources).to.deep.equal([
      ["ReadSecrets", [ARN]],
      ["DecryptSecrets", [KEY]],
    ]);
    expect(ofType("aws:secretsmanager/secret:Secret")).to.deep.equal([]);
  });

  it("are named by exactly the names that the services call, and their values are never shown", () => {
    const secrets = { PARTNER_KEY: { existing: "partner-key" } };
    expect(problemsOf({ secrets })).to.deep.equal([["archipelago:secrets.partner-key", undefined]]);
    expect(problemsOf({ secrets }, { "archipelago:secrets": { "partner-key": "hunter2" } })).to.deep.equal([
      ["archipelago:secrets.partner-key", "[not shown]"],
    ]);
    const extra = { "archipelago:secrets": { "partner-key": ARN, other: ARN } };
    expect(problemsOf({ secrets }, extra)).to.deep.equal([["archipelago:secrets.other", "[not shown]"]]);
  });

  it("have complete ARNs of the stack's region, and a key when they are another account's", () => {
    const of = (arn: string, kmsKeyArn?: string) =>
      problemsOf({ secrets: { PROVIDER_KEY: { arn, ...(kmsKeyArn !== undefined && { kmsKeyArn }) } } });
    const path = `${IN}.secrets.PROVIDER_KEY`;
    for (const arn of ["provider-key", ARN.slice(0, -7), `${ARN}:key::`])
      expect(of(arn)).to.deep.equal([[`${path}.arn`, arn]]);
    const elsewhere = ARN.replace("eu-central-1", "us-east-1");
    expect(of(elsewhere)).to.deep.equal([[`${path}.arn`, elsewhere]]);
    const foreign = ARN.replace("111122223333", "444455556666");
    expect(of(foreign)).to.deep.equal([[`${path}.kmsKeyArn`, undefined]]);
    expect(of(foreign, KEY.replace("111122223333", "444455556666"))).to.deep.equal([]);
    const alias = "arn:aws:kms:eu-central-1:111122223333:alias/x";
    expect(of(ARN, alias)).to.deep.equal([[`${path}.kmsKeyArn`, alias]]);
  });

  it("are refused in plain variables and in settings, all at once, without their values", () => {
    const environment = { DB_PASSWORD: "hunter2", TOKEN_URL: "https://id.example.com", PASSWORD_MIN_LENGTH: "12" };
    const identity = { "archipelago:alertEmail": ["sk_", "live_0123456789abcdef"].join("") };
    const found = problemsOf({ environment }, identity).filter(([, value]) => value === "[not shown]");
    expect(found).to.deep.equal([
      ["archipelago:alertEmail", "[not shown]"],
      [`${IN}.environment.DB_PASSWORD`, "[not shown]"],
    ]);
    const allowPlainVariables = { DB_PASSWORD: "of a sandbox" };
    expect(problemsOf({ environment, allowPlainVariables })).to.deep.equal([]);
    expect(problemsOf({ allowPlainVariables })).to.deep.equal([
      [`${IN}.allowPlainVariables.DB_PASSWORD`, "of a sandbox"],
    ]);
  });
});
