import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { catalogue } from "../../policy/catalogue";

const page = join(__dirname, "..", "..", "docs", "policies.md");

describe("docs: the page of policy rules", () => {
  it("says what the rules say; node policy/write-catalogue.cjs writes it", async () => {
    const written = await format(catalogue(), { ...(await resolveConfig(page)), parser: "markdown" });
    expect(readFileSync(page, "utf8")).to.equal(written);
  });
});
