import { expect } from "chai";
import type { ObjectStoreArgs } from "../../../../components/aws/storage";
import { resolveObjectStore, validateObjectStore } from "../../../../components/aws/storage/resolve";
import { paths, placement } from "../database/support";

const bad = (args: Partial<ObjectStoreArgs>, name = "images") =>
  paths(validateObjectStore(name, { placement, ...args }));

describe("storage: decisions", () => {
  it("has safe defaults", () => {
    expect(resolveObjectStore({ placement })).to.deep.equal({
      corsOrigins: [],
      noncurrentVersionDays: 30,
      expiresAfterDays: {},
      protectData: true,
    });
  });

  it("takes what it is given", () => {
    const corsOrigins = ["https://shop.example.com"];
    expect(
      resolveObjectStore({ placement, corsOrigins, noncurrentVersionExpiration: "48h", protectData: false }),
    ).to.deep.equal({ corsOrigins, noncurrentVersionDays: 2, expiresAfterDays: {}, protectData: false });
  });
});

describe("storage: bad arguments", () => {
  it("accepts the defaults", () => {
    expect(bad({})).to.deep.equal([]);
  });

  it("reports every problem at once", () => {
    const corsOrigins = ["https://shop.example.com", "*"];
    expect(bad({ corsOrigins, noncurrentVersionExpiration: "36h" }, "Images")).to.deep.equal([
      "name",
      "noncurrentVersionExpiration",
      "corsOrigins[1]",
    ]);
  });

  it("keeps the name within a bucket's", () => {
    expect(bad({}, "a".repeat(48))).to.deep.equal([]);
    expect(bad({}, "a".repeat(49))).to.deep.equal(["name"]);
    expect(bad({}, "my_images")).to.deep.equal(["name"]);
  });

  it("takes origins as browsers send them", () => {
    const good = ["https://shop.example.com", "https://*.example.com", "https://a.b:8443", "http://localhost:3000"];
    expect(bad({ corsOrigins: good })).to.deep.equal([]);
    for (const origin of [
      "*",
      "https://*",
      "http://shop.example.com",
      "https://shop.example.com/",
      "shop.example.com",
    ]) {
      expect(bad({ corsOrigins: [origin] }), origin).to.deep.equal(["corsOrigins[0]"]);
    }
  });

  it("expires old versions after whole days", () => {
    for (const noncurrentVersionExpiration of ["1d", "365d"] as const) {
      expect(bad({ noncurrentVersionExpiration })).to.deep.equal([]);
    }
    for (const noncurrentVersionExpiration of ["0d", "90m"] as const) {
      expect(bad({ noncurrentVersionExpiration })).to.deep.equal(["noncurrentVersionExpiration"]);
    }
  });
});
