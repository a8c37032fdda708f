import { expect } from "chai";
import { offlinePlugins } from "../../cli/plugins";
import { versions } from "../../cli/pinned";

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
});
