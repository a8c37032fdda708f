import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { offlinePlugins } from "../../cli/plugins";
import { versions } from "../../cli/pinned";
import { collect } from "../../cli/process";

describe("offlinePlugins", () => {
  const plugins = offlinePlugins([{ name: "aws", version: "7.1.0" }], "/it's here", "/usr/bin/node");

  it("makes a plugin for each provider and one language host, laid out as the engine looks for them", () => {
    expect(plugins.map(({ folder, file }) => `${folder}/${file}`)).to.deep.equal([
      "resource-aws-v7.1.0/pulumi-resource-aws",
      `language-nodejs-v${versions.cli}/pulumi-language-nodejs`,
    ]);
  });

  it("starts this clone's emulation for exactly that package and version, whatever the clone's folder is called", () => {
    const quoted = String.raw`'/it'\''s here`;
    expect(plugins[0]?.text).to.equal(
      `#!/bin/sh\nexec '/usr/bin/node' '-r' ${quoted}/start.cjs' ${quoted}/offline/providers/main.ts' 'aws' '7.1.0' "$@"\n`,
    );
  });

  it("lets the real Kubernetes provider continue the process that has made its cluster ready", async () => {
    const folder = mkdtempSync(join(tmpdir(), "archipelago plugin-"));
    try {
      const node = join(folder, "node");
      writeFileSync(node, `#!/bin/sh\necho "WHERE='a b' '/bin/sh' '-c' 'echo \\$WHERE \\$0 \\$\\$'"\n`, {
        mode: 0o755,
      });
      const [plugin] = offlinePlugins([{ name: "kubernetes", version: "4.1.0" }], "/it's here", node);
      expect(plugin?.folder).to.equal("resource-kubernetes-v4.1.0");
      const { stdout } = await collect({ file: "/bin/sh", args: ["-c", plugin?.text ?? "", "plugin", "127.0.0.1:1"] });
      expect(stdout).to.match(/^a b 127\.0\.0\.1:1 \d+\n$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
