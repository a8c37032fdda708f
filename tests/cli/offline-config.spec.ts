import { expect } from "chai";
import { load } from "js-yaml";
import { offlineConfig, saltOf } from "../../cli/offline-config";

describe("offlineConfig", () => {
  it("keeps every value and its type, and adds the offline salt", () => {
    const { text, replaced } = offlineConfig(
      'config:\n  aws:region: eu-central-1\n  archipelago:account: "111122223333"\n  archipelago:waf: true\n  archipelago:zones: [a, b]\n',
      "v1:salt",
    );
    expect(load(text)).to.deep.equal({
      config: {
        "aws:region": "eu-central-1",
        "archipelago:account": "111122223333",
        "archipelago:waf": true,
        "archipelago:zones": ["a", "b"],
      },
      encryptionsalt: "v1:salt",
    });
    expect(replaced).to.deep.equal([]);
  });

  it("leaves out the real stack's keys and imported environments", () => {
    const { text } = offlineConfig(
      "secretsprovider: awskms://alias/real\nencryptedkey: AAAA\nencryptionsalt: v1:real\nenvironment: [team/aws]\nconfig: {}\n",
      "v1:own",
    );
    expect(load(text)).to.deep.equal({ config: {}, encryptionsalt: "v1:own" });
  });

  it("puts a stand-in where only the real key opens a value, at any depth, and names its key", () => {
    const { text, replaced } = offlineConfig(
      "config:\n  a:token: { secure: v1:xyz }\n  a:nested: { list: [{ password: { secure: v1:abc } }], plain: 1 }\n  a:open: x\n",
      "s",
    );
    expect(load(text)).to.deep.equal({
      config: { "a:token": "offline", "a:nested": { list: [{ password: "offline" }], plain: 1 }, "a:open": "x" },
      encryptionsalt: "s",
    });
    expect(replaced).to.deep.equal(["a:token", "a:nested"]);
  });

  it("makes a configuration for a stack that has none", () => {
    expect(load(offlineConfig("", "s").text)).to.deep.equal({ config: {}, encryptionsalt: "s" });
  });

  it("reads the salt that the engine wrote", () => {
    expect(saltOf("config: {}\nencryptionsalt: v1:abc\n")).to.equal("v1:abc");
    expect(saltOf("")).to.equal(undefined);
  });
});
