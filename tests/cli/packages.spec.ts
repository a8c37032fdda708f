import { expect } from "chai";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot, providerPackages } from "../../cli/packages";

describe("providerPackages", () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), "archipelago-packages-"))));
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  function install(path: string, manifest: object): void {
    mkdirSync(join(root, "node_modules", path), { recursive: true });
    writeFileSync(join(root, "node_modules", path, "package.json"), JSON.stringify(manifest));
  }

  it("lists every package that speaks to a provider, nested ones and several versions of one too", () => {
    install("@pulumi/aws", {
      name: "@pulumi/aws",
      version: "7.1.0",
      pulumi: { resource: true, name: "aws", version: "7.1.0" },
    });
    install("@pulumi/docker", {
      name: "@pulumi/docker",
      version: "4.0.0",
      pulumi: { resource: true, name: "docker", version: "v4.0.0" },
    });
    install("@pulumi/awsx/node_modules/@pulumi/docker", {
      name: "@pulumi/docker",
      version: "3.6.1",
      pulumi: { resource: true },
    });
    install("@acme/cloud", {
      name: "@acme/cloud",
      version: "1.0.0",
      pulumi: { resource: true, server: "https://acme.example" },
    });
    install("@pulumi/policy", { name: "@pulumi/policy", version: "1.0.0" });
    install("@pulumi/pulumi", { name: "@pulumi/pulumi", version: "3.0.0", pulumi: { comment: "no provider" } });
    install(".cache", { name: "cache", version: "1.0.0", pulumi: { resource: true } });
    expect(providerPackages(root)).to.deep.equal([
      { name: "acme/cloud", version: "1.0.0", server: "https://acme.example" },
      { name: "aws", version: "7.1.0" },
      { name: "docker", version: "3.6.1" },
      { name: "docker", version: "4.0.0" },
    ]);
  });

  it("finds none where nothing is installed", () => {
    expect(providerPackages(root)).to.deep.equal([]);
  });

  it("looks for node_modules in the folders above a program, as Node does", () => {
    install("left", { name: "left", version: "1.0.0" });
    mkdirSync(join(root, "infra", "deep"), { recursive: true });
    expect(packageRoot(join(root, "infra", "deep"))).to.equal(root);
  });

  it("sees in this project what the official host would ask the engine for", () => {
    const names = providerPackages(join(__dirname, "../..")).map(({ name }) => name);
    expect([...new Set(names)].sort()).to.deep.equal(["aws", "awsx", "docker", "docker-build", "kubernetes", "random"]);
  });
});
