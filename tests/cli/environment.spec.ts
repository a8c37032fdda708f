import { expect } from "chai";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeOptions, offlineEnvironment, realEnvironment } from "../../cli/environment";
import { preload, stackPlaces, userCache } from "../../cli/places";

describe("nodeOptions", () => {
  it("come behind the user's own, and a path may hold spaces, quotes and backslashes", () => {
    const option = nodeOptions("--max-old-space-size=512", ["--require", String.raw`/a "b"\c d.cjs`]);
    expect(option).to.equal(String.raw`--max-old-space-size=512 --require "/a \"b\"\\c d.cjs"`);
    expect(nodeOptions("", ["--require", "/a.cjs"])).to.equal("--require /a.cjs");
  });
});

describe("offlineEnvironment", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "archipelago home-"))));
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("keeps nothing that leads to an account, a real state or another engine", () => {
    const user = {
      PATH: "/bin",
      AWS_PROFILE: "real",
      AWS_ACCESS_KEY_ID: "AKIA",
      KUBECONFIG: "/real",
      PULUMI_ACCESS_TOKEN: "pul-x",
      PULUMI_BACKEND_URL: "s3://real",
      ARCHIPELAGO_CLOUD: "/elsewhere",
    };
    const places = stackPlaces(folder, "prod");
    const { PULUMI_CONFIG_PASSPHRASE: passphrase, ...environment } = offlineEnvironment(
      join(folder, "home"),
      places,
      user,
    );
    expect(environment).to.deep.equal({
      PATH: "/bin",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
      no_grpc_proxy: "localhost,127.0.0.1",
      PULUMI_SUPPRESS_NEO_LINK: "true",
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: `file://${folder.replaceAll(" ", "%20")}/stacks/prod/state`,
      NODE_OPTIONS: nodeOptions(undefined, preload),
      ARCHIPELAGO_OFFLINE: "1",
      ARCHIPELAGO_CLOUD: join(folder, "cloud"),
      ARCHIPELAGO_CACHE: userCache(user),
    });
    expect(passphrase).to.match(/^\S{32}$/);
    expect(offlineEnvironment(join(folder, "home"), places, user).PULUMI_CONFIG_PASSPHRASE).to.equal(passphrase);
  });

  it("leads to a test cluster of the user's own when its context is named, and to no other", () => {
    const environment = (user: NodeJS.ProcessEnv): unknown => {
      const { ARCHIPELAGO_KUBECONTEXT, ARCHIPELAGO_KUBECONFIG, KUBECONFIG } = offlineEnvironment(
        join(folder, "home"),
        stackPlaces(folder, "prod"),
        user,
      );
      return { ARCHIPELAGO_KUBECONTEXT, ARCHIPELAGO_KUBECONFIG, KUBECONFIG };
    };
    const none = { ARCHIPELAGO_KUBECONTEXT: undefined, ARCHIPELAGO_KUBECONFIG: undefined, KUBECONFIG: undefined };
    expect(environment({ KUBECONFIG: "/real", ARCHIPELAGO_KUBECONTEXT: "prod" })).to.deep.equal(none);
    expect(environment({ KUBECONFIG: "/mine", KUBECONTEXT: "kind-test" })).to.deep.equal({
      ...none,
      ARCHIPELAGO_KUBECONTEXT: "kind-test",
      ARCHIPELAGO_KUBECONFIG: "/mine",
    });
  });

  it("gives a real run the user's own environment, and nothing that turns emulation on", () => {
    const user = { PATH: "/bin", AWS_PROFILE: "real", ARCHIPELAGO_OFFLINE: "1", ARCHIPELAGO_CLOUD: "/x" };
    expect(realEnvironment(user)).to.deep.equal({ PATH: "/bin", AWS_PROFILE: "real" });
  });
});
