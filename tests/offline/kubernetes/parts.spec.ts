import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Part } from "../../../offline/go-build";
import { controlPlane, KUBERNETES, parts, provider } from "../../../offline/kubernetes/parts";

const go = join(__dirname, "..", "..", "..", "offline", "kubernetes", "go");
const required = (part: Part): string | undefined =>
  new RegExp(`^(?:require |\\t)${part.module.replaceAll(".", "\\.")} (\\S+)`, "m").exec(
    readFileSync(join(go, part.name, "go.mod"), "utf8"),
  )?.[1];

describe("the parts of a local cluster", () => {
  it("are built from exactly the versions that their names say", () => {
    expect(readdirSync(go).sort()).to.deep.equal(parts.map(({ name }) => name).sort());
    for (const part of parts.filter((each) => each !== provider)) expect(required(part), part.name).to.equal(`v${part.version}`);
  }); // prettier-ignore

  it("have every module of Kubernetes itself in one version", () => {
    const text = readFileSync(join(go, controlPlane.name, "go.mod"), "utf8");
    const replaced = [...text.matchAll(/^\tk8s\.io\/\S+ => k8s\.io\/\S+ (\S+)$/gm)].map(([, version]) => version);
    expect(replaced.length).to.be.greaterThan(25);
    expect(new Set(replaced)).to.deep.equal(new Set([KUBERNETES.replace(/^1\./, "v0.")]));
  });

  it("have a provider that reports the version of the installed SDK, by which the engine looks for it", () => {
    const sdk = JSON.parse(readFileSync(require.resolve("@pulumi/kubernetes/package.json"), "utf8")) as { version: string };
    expect(provider.version).to.equal(sdk.version);
    expect(Object.values(provider.variables)).to.deep.equal([sdk.version]);
    expect(required(provider)).to.match(/^v4\.0\.0-\d{14}-[0-9a-f]{12}$/);
  }); // prettier-ignore

  it("name no host from which modules are fetched", () => {
    for (const { name } of parts)
      for (const file of ["go.mod", "go.sum"]) expect(readFileSync(join(go, name, file), "utf8")).not.to.match(/https?:/);
  }); // prettier-ignore
});
