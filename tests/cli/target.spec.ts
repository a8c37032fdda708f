import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stacksOf, targetOf } from "../../cli/verbs/target";

const read = (environment: NodeJS.ProcessEnv) => {
  const { stack, offline } = targetOf(environment);
  return { stack, offline };
};

describe("targetOf", () => {
  it("is the stack local, offline, when nothing is said", () => {
    expect(read({})).to.deep.equal({ stack: "local", offline: true });
    expect(read({ STACK: "", OFFLINE: "" })).to.deep.equal({ stack: "local", offline: true });
  });

  it("is offline only when it was asked for, or for local, always", () => {
    expect(read({ STACK: "prod" })).to.deep.equal({ stack: "prod", offline: false });
    expect(read({ STACK: "prod", OFFLINE: "0" })).to.deep.equal({ stack: "prod", offline: false });
    expect(read({ STACK: "prod", OFFLINE: "1" })).to.deep.equal({ stack: "prod", offline: true });
    expect(read({ STACK: "local", OFFLINE: "0" })).to.deep.equal({ stack: "local", offline: true });
    expect(read({ STACK: "enterprise-local", OFFLINE: "0" })).to.deep.equal({
      stack: "enterprise-local",
      offline: true,
    });
  });

  it("knows every stack that has a file, the environments' first", () => {
    const project = mkdtempSync(join(tmpdir(), "archipelago-stacks-"));
    try {
      const files = ["Pulumi.yaml", "Pulumi.prod.yaml", "Pulumi.zoo-dev.yaml", "Pulumi.ark-local.yaml", "README.md"];
      for (const file of files) writeFileSync(join(project, file), "");
      expect(stacksOf(project)).to.deep.equal(["local", "dev", "staging", "prod", "ark-local", "zoo-dev"]);
    } finally {
      rmSync(project, { recursive: true });
    }
  });

  it("refuses an unknown stack, and a word that could be meant either way", () => {
    expect(() => targetOf({ STACK: "production" })).to.throw(
      'There is no stack "production", because there is no Pulumi.production.yaml: STACK is one of local, dev, staging, prod, ad-tracking-dev, ad-tracking-local, ad-tracking-prod, ad-tracking-staging, eks-local, enterprise-local, k8s-enterprise-local, k8s-local.',
    );
    expect(() => targetOf({ STACK: "prod", OFFLINE: "yes" })).to.throw(
      'OFFLINE is "yes": it is 1 for a run with no account, or left out.',
    );
  });
});
