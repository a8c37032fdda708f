import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { FolderInventory } from "../../../offline/providers/core/folder";
import { UNKNOWN, type Values } from "../../../offline/providers/core/values";
import { serve, type Serving } from "../../../offline/providers/server/serve";
import { CONFIG, subject } from "./support";

const QUEUE = subject("aws:sqs/queue:Queue");
const struct = (values: Values): Struct => Struct.fromJavaScript(values);
const valuesOf = (response: Struct | undefined): Values => response?.toJavaScript() ?? {};

/** A request with some of its fields set, as protobuf's setters do. */
function filled<T extends object>(request: T, fields: Readonly<Record<string, unknown>>): T {
  for (const [name, value] of Object.entries(fields))
    (request as Record<string, (value: unknown) => void>)[`set${name}`]?.(value);
  return request;
}

describe("offline providers: the gRPC server", () => {
  let folder = "";
  let serving: Serving;
  let client: ResourceProviderClient;

  type Method<Response> = (
    request: object,
    callback: (error: grpc.ServiceError | null, response: Response) => void,
  ) => unknown;
  /** The generated client's overloads hide their types from inference, so the caller names the response. */
  const call = <Response>(method: keyof ResourceProviderClient, request: object): Promise<Response> =>
    new Promise((done, fail) => {
      (client[method] as unknown as Method<Response>).call(client, request, (error, response) => {
        if (error) fail(error);
        else done(response);
      });
    });
  const start = async (): Promise<void> => {
    serving = await serve("aws", "7.0.0", new FolderInventory(folder));
    client = new ResourceProviderClient(`127.0.0.1:${serving.port}`, grpc.credentials.createInsecure());
    await call<messages.ConfigureResponse>(
      "configure",
      filled(new messages.ConfigureRequest(), { Args: struct(CONFIG) }),
    );
  };
  const stop = (): void => {
    client.close();
    serving.stop();
  };
  const create = (inputs: Values, preview = false): Promise<messages.CreateResponse> =>
    call<messages.CreateResponse>(
      "create",
      filled(new messages.CreateRequest(), { Urn: QUEUE.urn, Properties: struct(inputs), Preview: preview }),
    );

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "server-"));
    await start();
  });
  afterEach(() => {
    stop();
    rmSync(folder, { recursive: true });
  });

  it("says that it supports preview and keeps secrets", async () => {
    const response = await call<messages.ConfigureResponse>(
      "configure",
      filled(new messages.ConfigureRequest(), { Args: struct(CONFIG) }),
    );
    expect(response.toObject()).to.include({ acceptsecrets: true, supportspreview: true });
  });

  it("returns every failure of a check, and the inputs with generated names", async () => {
    const request = filled(new messages.CheckRequest(), {
      Urn: QUEUE.urn,
      News: struct({ delaySeconds: "soon", tags: { team: ["a"] }, zebra: 1 }),
    });
    const response = await call<messages.CheckResponse>("check", request);
    expect(response.getFailuresList().map((failure) => failure.toObject())).to.deep.equal([
      { property: "delaySeconds", reason: 'expected a number, got a string ("soon")' },
      // The engine would show `{<nil>}` as the value of what is not at the top.
      { property: "", reason: 'tags["team"]: expected a string, got a list' },
      { property: "zebra", reason: 'unknown property "zebra"' },
    ]);
    expect(valuesOf(response.getInputs()).name).to.match(/^it-[0-9a-f]{7}$/);
  });

  it("creates nothing at preview and leaves the identifier open", async () => {
    const response = await create({ name: "q" }, true);
    expect(response.getId()).to.equal("");
    expect(valuesOf(response.getProperties())).to.include({ name: "q", arn: UNKNOWN, delaySeconds: 0 });
    expect((await create({ name: "q" })).getId()).to.equal("https://sqs.eu-central-1.amazonaws.com/111122223333/q");
  });

  it("reads what exists after a restart, and nothing of what is gone", async () => {
    const created = await create({ name: "q" });
    stop();
    await start();
    const read = (): Promise<messages.ReadResponse> =>
      call<messages.ReadResponse>("read", filled(new messages.ReadRequest(), { Urn: QUEUE.urn, Id: created.getId() }));
    expect(valuesOf((await read()).getProperties())).to.deep.equal(valuesOf(created.getProperties()));
    await call<object>("delete", filled(new messages.DeleteRequest(), { Urn: QUEUE.urn, Id: created.getId() }));
    expect((await read()).getId()).to.equal("");
  });

  it("details a difference and what of it replaces", async () => {
    const [olds, news] = [struct({ name: "q", delaySeconds: 1 }), struct({ name: "r", delaySeconds: 2 })];
    const response = await call<messages.DiffResponse>(
      "diff",
      filled(new messages.DiffRequest(), { Urn: QUEUE.urn, OldInputs: olds, News: news }),
    );
    const { UPDATE, UPDATE_REPLACE } = messages.PropertyDiff.Kind;
    const details = [...response.getDetaileddiffMap().entries()].map(([path, detail]) => [path, detail.getKind()]);
    expect(details).to.deep.equal([["delaySeconds", UPDATE], ["name", UPDATE_REPLACE]]); // prettier-ignore
    expect(response.getReplacesList()).to.deep.equal(["name"]);
    expect(response.getChanges()).to.equal(messages.DiffResponse.DiffChanges.DIFF_SOME);
  });

  it("refuses a name that is taken, with a message for people", async () => {
    await create({ name: "q" });
    const refused = await create({ name: "q" }).catch((error: unknown) => String(error));
    expect(refused).to.contain('name: "q" already exists in eu-central-1');
  });
});

describe("offline providers: the plugin's process", () => {
  const root = resolve(__dirname, "../../..");
  const run = (env: Record<string, string>): ChildProcess =>
    spawn(
      process.execPath,
      ["-r", join(root, "cli/preload.cjs"), join(root, "offline/providers/main.ts"), "aws", "7.0.0"],
      {
        env: { PATH: process.env.PATH, ...env },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
  const firstOf = (stream: NodeJS.ReadableStream | null): Promise<string> =>
    new Promise((done) => stream?.once("data", (data: Buffer) => { done(data.toString().trim()); })); // prettier-ignore

  it("refuses to start unless the run is offline, and says why", async () => {
    const child = run({ ARCHIPELAGO_CLOUD: "/nowhere" });
    expect(await firstOf(child.stderr)).to.equal(
      'offline: the emulated provider "aws" serves offline runs only, so that it can never stand in for a real account: ' +
        "ARCHIPELAGO_OFFLINE=1 is not set. Use `make up STACK=local` or `make preview OFFLINE=1`.",
    );
    expect(await new Promise((done) => child.once("exit", done))).to.equal(1);
  }).timeout(20_000);

  it("prints the port that it serves on", async () => {
    const folder = mkdtempSync(join(tmpdir(), "plugin-"));
    const child = run({ ARCHIPELAGO_OFFLINE: "1", ARCHIPELAGO_CLOUD: folder });
    try {
      const client = new ResourceProviderClient(
        `127.0.0.1:${await firstOf(child.stdout)}`,
        grpc.credentials.createInsecure(),
      );
      const version = await new Promise((done, fail) => {
        client.getPluginInfo(new Empty(), (error, info) => {
          if (error) fail(error);
          else done(info.getVersion());
        });
      });
      expect(version).to.equal("7.0.0");
      client.close();
    } finally {
      child.kill();
      rmSync(folder, { recursive: true });
    }
  }).timeout(20_000);
});
