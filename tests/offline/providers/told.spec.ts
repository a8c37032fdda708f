import { expect } from "chai";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judgedEnvironment } from "../../../cli/offline-stack";
import { FolderInventory } from "../../../offline/providers/core/folder";
import { MemoryInventory } from "../../../offline/providers/core/record";
import { Notes } from "../../../offline/providers/core/told";
import { secret } from "../../../offline/providers/core/values";
import { missedBy } from "../../../offline/providers/ended";
import { emulate } from "../../../offline/providers/packages";
import { subject } from "./support";

const SERVICE = "kubernetes:core/v1:Service";
const MAP = "kubernetes:core/v1:ConfigMap";
const service = { metadata: { name: "s" }, spec: { selector: { app: "a" }, ports: [{ port: 80 }] } };
const whole = "urn:pulumi:test::project::";

describe("offline: what a run tells its providers", () => {
  let folder: string;
  let notes: Notes;
  const cloud = (): string => join(folder, "cloud");
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "archipelago-told-"));
    notes = new Notes(folder);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const cluster = (config = {}): ReturnType<typeof emulate> =>
    emulate("kubernetes", config, new MemoryInventory(), () => "", notes);

  it("holds no secret, whether it is marked as one or the SDK says so", () => {
    const metadata = { name: "k", labels: { a: secret("marked-secret") } };
    cluster().check(subject("kubernetes:core/v1:Secret"), { metadata, stringData: { key: "unmarked-secret" } });
    const [file = ""] = readdirSync(folder).filter((name) => name.endsWith(".told"));
    const text = readFileSync(join(folder, file), "utf8");
    expect(text).to.contain('"key"');
    expect(text).not.to.match(/(?:un)?marked-secret/);
  });

  it("is judged by cluster, and not when something was refused", () => {
    cluster().check(subject(SERVICE), service);
    const pod = { metadata: { name: "p", labels: { app: "a" } }, spec: { containers: [{ name: "c", image: "i" }] } };
    cluster({ kubeconfig: "another" }).check(subject("kubernetes:core/v1:Pod"), pod);
    const ended = { folder, cloud: cloud(), whole };
    expect(missedBy(ended)).to.match(/^kubernetes:core\/v1:Service "it" was refused:\n {2}spec\.selector: no pod /);
    cluster().check(subject("kubernetes:core/v1:Pod"), pod);
    expect(missedBy(ended)).to.equal("");
    cluster().check(subject(MAP), { metadata: { name: "m", namespace: "nowhere" } });
    expect(missedBy(ended)).to.contain('no Namespace "nowhere" exists');
    notes.fail();
    expect(missedBy(ended)).to.equal("");
  });

  it("counts what exists, unless the run would delete it", () => {
    const { spec } = { spec: { containers: [{ name: "c", image: "i" }] } };
    const pod = (urn: string): void => {
      const inputs = { metadata: { name: "p", labels: { app: "a" } }, spec };
      const record = new FolderInventory(join(cloud(), "kubernetes")).at(() => "default");
      record.put({ type: "kubernetes:core/v1:Pod", id: "default/p", urn, inputs, outputs: {} });
    };
    cluster().check(subject(SERVICE), service);
    pod("urn:pulumi:other::project::kubernetes:core/v1:Pod::p");
    expect(missedBy({ folder, cloud: cloud(), whole })).to.equal("");
    pod(`${whole}kubernetes:core/v1:Pod::p`);
    expect(missedBy({ folder, cloud: cloud(), whole })).to.contain("no workload makes pods there");
    expect(missedBy({ folder, cloud: cloud(), whole: undefined })).to.equal("");
  });

  it("is noted only by runs that are judged, and limited ones say so", () => {
    const environment = (args: readonly string[]): NodeJS.ProcessEnv =>
      judgedEnvironment("f", args, { NODE_OPTIONS: "--trace-warnings" });
    expect(environment(["--yes"]).NODE_OPTIONS).to.match(/^--trace-warnings --require ".*at-the-end\.cjs"$/);
    const targeted = (...args: string[]): string | undefined => environment(args).ARCHIPELAGO_TARGETED;
    expect([targeted("--yes"), targeted("--target", "u"), targeted("--target=u"), targeted("-t", "u"), targeted("--exclude", "u")]).to.deep.equal([undefined, "1", "1", "1", "1"]); // prettier-ignore
  });
});
