import { expect } from "chai";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { offlinePlugins, packageRoot, providerPackages } from "../../cli/plugins";
import { collect } from "../../cli/process";
import { versions } from "../../cli/versions";

describe("offlinePlugins", () => {
  const plugins = offlinePlugins([{ name: "aws", version: "7.1.0" }], (path, args = []) => ({
    file: "/usr/bin/node",
    args: ["-r", "/it's here/preload.cjs", `/it's here/${path}.ts`, ...args],
  }));

  it("makes a plugin for each provider and one language host, laid out as the engine looks for them", () => {
    expect(plugins.map(({ folder, file }) => `${folder}/${file}`)).to.deep.equal([
      "resource-aws-v7.1.0/pulumi-resource-aws",
      `language-nodejs-v${versions.cli}/pulumi-language-nodejs`,
    ]);
  });

  it("starts this package's emulation for exactly that package and version, whatever its folder is called", () => {
    const quoted = String.raw`'/it'\''s here`;
    expect(plugins[0]?.text).to.equal(
      `#!/bin/sh\nexec '/usr/bin/node' '-r' ${quoted}/preload.cjs' ${quoted}/offline/providers/main.ts' 'aws' '7.1.0' "$@"\n`,
    );
  });

  it("lets the real Kubernetes provider continue the process that has made its cluster ready", async () => {
    const folder = mkdtempSync(join(tmpdir(), "archipelago plugin-"));
    try {
      const node = join(folder, "node");
      writeFileSync(node, `#!/bin/sh\necho "WHERE='a b' '/bin/sh' '-c' 'echo \\$WHERE \\$0 \\$\\$'"\n`, {
        mode: 0o755,
      });
      const [plugin] = offlinePlugins([{ name: "kubernetes", version: "4.1.0" }], () => ({ file: node, args: [] }));
      expect(plugin?.folder).to.equal("resource-kubernetes-v4.1.0");
      const { stdout } = await collect({ file: "/bin/sh", args: ["-c", plugin?.text ?? "", "plugin", "127.0.0.1:1"] });
      expect(stdout).to.match(/^a b 127\.0\.0\.1:1 \d+\n$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

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
