import { expect } from "chai";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OfflineStack } from "../../cli/offline-stack";
import { ownTemporaryFolder } from "../support/temporary-folder";
import { type LoggedRun, recorded, run, shortName } from "./support/runs";
import { root, Workspace } from "./support/stacks";

/** A shop in a cluster: what it names is made by another provider of the same cluster, or left out. */
const program = `
const pulumi = require("@pulumi/pulumi");
const k8s = require("@pulumi/kubernetes");
const { parts, wrong } = new pulumi.Config().requireObject("shop");
const other = { provider: new k8s.Provider("other", { enableServerSideApply: false }) };
const has = (part) => parts.includes(part);
const space = new k8s.core.v1.Namespace("shop", { metadata: { name: "shop" } }, other);
const metadata = (name) => ({ name, namespace: space.metadata.name });
const labels = { app: "api" };
const api = has("api") && new k8s.apps.v1.Deployment("api", { metadata: metadata("api"), spec: {
  selector: { matchLabels: labels },
  template: { metadata: { labels }, spec: {
    serviceAccountName: "api",
    containers: [{ name: "api", image: "registry.example/api:1", envFrom: [{ configMapRef: { name: "settings" } }] }],
    volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }],
  } },
} });
if (has("needs")) {
  new k8s.core.v1.ServiceAccount("api", { metadata: metadata("api") }, other);
  new k8s.core.v1.ConfigMap("settings", { metadata: metadata("settings"), data: { A: "1" } }, other);
  new k8s.core.v1.PersistentVolumeClaim("data", { metadata: metadata("data"), spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } } }, other);
}
if (has("key")) new k8s.core.v1.Secret("key", { metadata: metadata("key"), stringData: { key: pulumi.secret("hidden-in-the-shop") } });
if (has("service")) new k8s.core.v1.Service("api", { metadata: metadata("api"), spec: { selector: { app: wrong ? "apo" : "api" }, ports: [{ port: 80 }] } });
if (has("scaler")) new k8s.autoscaling.v2.HorizontalPodAutoscaler("api", { metadata: metadata("api"), spec: {
  maxReplicas: 3, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: wrong ? "apo" : "api" } } });
if (has("broken")) new k8s.core.v1.ConfigMap("broken", { metadata: metadata("Not A Name") });
if (has("rendered")) {
  const provider = new k8s.Provider("files", { renderYamlToDirectory: "rendered" });
  new k8s.core.v1.Service("rendered", { metadata: { name: "r", namespace: "elsewhere" }, spec: { selector: { app: "r" }, ports: [{ port: 80 }] } }, { provider });
}
`;

const ALL = ["api", "needs", "service", "scaler"];
const none = (kind: string, name: string): string =>
  `no ${kind} "${name}" exists in namespace "shop" or is made by this run: create it, or name one that exists`;
const pods = "spec.template.spec";
const nothing = (hint: string): string =>
  `no pod in namespace "shop" has the labels app=apo when this run has ended (${hint}): select the labels of a pod template`;
const SCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";

/** What a run says was refused: the resource, then each path with its reason, in order of their names. */
function refused({ diagnostics }: LoggedRun): readonly string[] {
  return diagnostics
    .filter((line) => line.startsWith("error: "))
    .flatMap((text) => text.replace(/^error: /, "").split("\n"))
    .map((line) => line.trimEnd())
    .filter((line) => line !== "" && !/^(?:update|preview) failed$/.test(line));
}

describe("a program's Kubernetes objects, on the engine", function () {
  this.timeout(300_000);
  const project = mkdtempSync(join(tmpdir(), "archipelago shop-"));
  let workspace: Workspace;

  before(() => {
    workspace = new Workspace();
    mkdirSync(project, { recursive: true });
    writeFileSync(
      join(project, "Pulumi.yaml"),
      "name: shop\nruntime: { name: nodejs, options: { typescript: false } }\nmain: main.cjs\n",
    );
    writeFileSync(join(project, "package.json"), '{ "name": "shop", "version": "0.1.0" }');
    writeFileSync(join(project, "main.cjs"), program);
    symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  });
  after(() => {
    workspace.remove();
    rmSync(project, { recursive: true });
  });

  const open = (parts: readonly string[], wrong = false): Promise<OfflineStack> =>
    workspace.openProject(project, "local", { "shop:shop": JSON.stringify({ parts, wrong }) });
  // A folder of the spec's own, in which no other run leaves anything.
  const temporary = ownTemporaryFolder();
  const left = (): readonly string[] => readdirSync(temporary()).filter((name) => name.startsWith("archipelago-run-"));

  it("are refused together when what they name is nowhere, at preview and at update", async () => {
    const planted = [
      'kubernetes:apps/v1:Deployment "api" was refused:',
      `  ${pods}.serviceAccountName: ${none("ServiceAccount", "api")}`,
      `  ${pods}.volumes[0].persistentVolumeClaim.claimName: ${none("PersistentVolumeClaim", "data")}`,
      `  ${pods}.containers[0].envFrom[0].configMapRef.name: ${none("ConfigMap", "settings")}`,
      'kubernetes:core/v1:Service "api" was refused:',
      `  spec.selector: ${nothing('Deployment "api" has app=api')}`,
      `${SCALER} "api" was refused:`,
      `  spec.scaleTargetRef.name: ${none("Deployment", "apo")}`,
    ];
    const stack = await open(["api", "key", "service", "scaler"], true);
    for (const verb of ["preview", "up"]) {
      const before = left();
      const attempt = await run(stack, verb);
      expect(attempt.code, verb).not.to.equal(0);
      expect([...refused(attempt)].sort(), verb).to.deep.equal([...planted].sort());
      expect(left(), "nothing stays of what the run told").to.deep.equal(before);
    }
  });

  it("come up when all is there, whichever provider makes it, and go again", async () => {
    const stack = await open(ALL);
    const preview = await run(stack, "preview");
    expect({ code: preview.code, said: refused(preview) }).to.deep.equal({ code: 0, said: [] });
    const up = await run(stack, "up");
    expect({ code: up.code, said: refused(up) }).to.deep.equal({ code: 0, said: [] });
    expect(recorded(stack).filter((file) => /Deployment.*\.json$/.test(file))).to.have.lengthOf(1);
  });

  it("are not told of a Deployment that the same run is going to delete", async () => {
    const attempt = await run(await open(ALL.filter((part) => part !== "api")), "preview");
    expect(attempt.code).not.to.equal(0);
    expect([...refused(attempt)].sort()).to.deep.equal([
      `  spec.scaleTargetRef.name: ${none("Deployment", "api")}`,
      `  spec.selector: ${nothing("no workload makes pods there").replace("apo", "api")}`,
      'kubernetes:autoscaling/v2:HorizontalPodAutoscaler "api" was refused:',
      'kubernetes:core/v1:Service "api" was refused:',
    ]);
  });

  it("are found in the cluster by a run that is limited to some of them", async () => {
    const stack = await open(ALL);
    const urns = (await stack.deployment()).deployment.resources?.map(({ urn }) => urn) ?? [];
    const service = urns.find((urn) => shortName(urn) === "kubernetes:core/v1:Service api") ?? "";
    const attempt = await run(stack, "up", ["--target", service]);
    expect({ code: attempt.code, said: refused(attempt) }).to.deep.equal({ code: 0, said: [] });
  });

  it("are judged at the end only where nothing was refused before", async () => {
    const attempt = await run(await open([...ALL, "broken"], true), "preview");
    expect(attempt.code).not.to.equal(0);
    const said = refused(attempt).join("\n");
    expect(said).to.contain("metadata.name");
    expect(said).not.to.contain("when this run has ended");
  });

  it("are judged in no cluster when they are rendered to files", async () => {
    const attempt = await run(await open([...ALL, "rendered"]), "preview");
    expect({ code: attempt.code, said: refused(attempt) }).to.deep.equal({ code: 0, said: [] });
  });

  it("are judged no more when they go", async () => {
    const gone = await run(await open(ALL), "destroy");
    expect({ code: gone.code, said: refused(gone) }).to.deep.equal({ code: 0, said: [] });
  });
});
