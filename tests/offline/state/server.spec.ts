import { expect } from "chai";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Kind } from "../../../offline/state/replay";
import { type Served, serve } from "../../../offline/state/server";

interface Answer {
  readonly code: number;
  readonly body: Record<string, unknown>;
}

describe("the server of the state", () => {
  let folder: string;
  let served: Served;
  const stack = "/api/stacks/organization/shop/local";

  function ask(
    method: string,
    path: string,
    {
      body,
      token = `token ${served.token}`,
      agent = new Agent(),
    }: { readonly body?: unknown; readonly token?: string; readonly agent?: Agent } = {},
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asked = request(
        `${served.url}${path}`,
        { method, agent, headers: { authorization: token } },
        (response) => {
          let text = "";
          response.on("data", (data: Buffer) => (text += data.toString("utf8")));
          response.on("end", () => {
            resolve({ code: response.statusCode ?? 0, body: JSON.parse(text) as Record<string, unknown> });
          });
        },
      );
      asked.once("error", reject);
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** Begins a run as the engine does; its connection stays open. */
  async function begin(kind: string, agent = new Agent({ keepAlive: true })) {
    const created = await ask("POST", `${stack}/${kind}`, { body: { options: { dryRun: false } }, agent });
    const path = `${stack}/${kind}/${String(created.body.updateID)}`;
    const started = await ask("POST", path, { body: { journalVersion: 1 }, agent });
    return { created, started, path, agent, token: `update-token ${String(started.body.token)}` };
  }

  const made = {
    entries: [
      { kind: Kind.success, sequenceID: 1, operationID: 1, state: { urn: "urn:pulumi:local::shop::t:m:Queue::made" } },
    ],
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "archipelago-server-"));
    const stacks = join(folder, ".pulumi/stacks/shop");
    mkdirSync(stacks, { recursive: true });
    writeFileSync(join(stacks, "local.json"), JSON.stringify({ version: 3, checkpoint: { latest: {} } }));
    served = await serve(folder, "shop", "local", "v3.259.0");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("answers nobody without the token of the stack", async () => {
    const { token: other } = await serve(`${folder}-other`, "shop", "other", "v3.259.0");
    for (const token of ["", "token x", `token ${other}`]) {
      const { code } = await ask("GET", `${stack}/export`, { token });
      expect(code, token).to.be.oneOf([401, 404]);
    }
    expect((await ask("GET", `${stack}/export`)).code).to.equal(200);
    expect(await serve(folder, "shop", "local", "v3.259.0")).to.deep.equal(served);
  });

  it("offers the journal to a run that changes the state, and neither to a preview nor to an older CLI", async () => {
    const { started, path, token, agent } = await begin("update");
    expect(started.body.journalVersion).to.equal(1);
    await ask("PATCH", `${path}/journalentries`, { body: made, token, agent });
    await ask("POST", `${path}/complete`, { body: {}, token, agent });
    expect((await begin("preview")).started.body.journalVersion).to.equal(0);
    const created = await ask("POST", `${stack}/update`, { body: { options: { dryRun: true } } });
    const dry = await ask("POST", `${stack}/update/${String(created.body.updateID)}`, { body: { journalVersion: 1 } });
    expect(dry.body.journalVersion).to.equal(0);
  });

  it("shows during a run what the journal has, and takes entries of no run but the one that has the stack", async () => {
    const { path, token, agent } = await begin("update");
    const strange = await ask("PATCH", `${path}/journalentries`, { body: made });
    expect(strange.code).to.equal(401);
    await ask("PATCH", `${path}/journalentries`, { body: made, token, agent });
    expect((await ask("GET", `${stack}/export`)).body.deployment).to.have.nested.property("resources[0].urn");
    await ask("POST", `${path}/complete`, { body: {}, token, agent });
    expect((await ask("PATCH", `${path}/journalentries`, { body: made, token, agent })).code).to.equal(403);
  });

  it("refuses a second run while the first one's process lives, and a preview never", async () => {
    const first = await begin("update");
    const second = await ask("POST", `${stack}/destroy`, { body: {} });
    expect(second.code).to.equal(409);
    expect(second.body.message).to.contain("locked by 1 lock(s)");
    expect((await ask("POST", `${stack}/preview`, { body: {} })).code).to.equal(200);
    expect((await ask("POST", `${stack}/import`, { body: {} })).code).to.equal(409);
    first.agent.destroy();
  });

  it("ends the run of a killed engine when the next one comes, with all its entries", async () => {
    const { path, token, agent } = await begin("update");
    await ask("PATCH", `${path}/journalentries`, { body: made, token, agent });
    agent.destroy();
    await wait(100);
    const next = await begin("destroy");
    expect(next.created.code).to.equal(200);
    expect((await ask("GET", `${stack}/export`)).body.deployment).to.have.nested.property("resources[0].urn");
    next.agent.destroy();
  });

  it("cancels a run: its entries stay, its engine is refused from then on", async () => {
    const { path, token, agent } = await begin("update");
    await ask("PATCH", `${path}/journalentries`, { body: made, token, agent });
    const { activeUpdate } = (await ask("GET", stack)).body;
    expect((await ask("POST", `${stack}/update/${String(activeUpdate)}/cancel`)).code).to.equal(200);
    expect((await ask("POST", `${path}/renew_lease`, { body: {}, token, agent })).code).to.equal(403);
    expect((await ask("GET", stack)).body.activeUpdate).to.equal("");
    expect((await ask("GET", `${stack}/export`)).body.deployment).to.have.nested.property("resources[0].urn");
    agent.destroy();
  });

  it("takes the whole state from an older CLI, which has no journal", async () => {
    const agent = new Agent({ keepAlive: true });
    const created = await ask("POST", `${stack}/update`, { body: {}, agent });
    const path = `${stack}/update/${String(created.body.updateID)}`;
    const started = await ask("POST", path, { body: {}, agent });
    expect(started.body.journalVersion).to.equal(0);
    const token = `update-token ${String(started.body.token)}`;
    const whole = { version: 3, deployment: { resources: [{ urn: "urn:pulumi:local::shop::t:m:Queue::whole" }] } };
    expect((await ask("PATCH", `${path}/checkpoint`, { body: whole, token, agent })).code).to.equal(200);
    expect((await ask("POST", `${path}/complete`, { body: {}, token, agent })).code).to.equal(200);
    expect((await ask("GET", `${stack}/export`)).body).to.deep.equal(whole);
    agent.destroy();
  });

  it("says which of the protocol's requests it has not", async () => {
    const { code, body } = await ask("POST", `${stack}/rename`, { body: {} });
    expect({ code, ...body }).to.deep.include({ code: 404 });
    expect(body.message).to.contain("use the file backend");
  });
});
