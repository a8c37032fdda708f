import { expect } from "chai";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { contentsOf } from "../../../offline/providers/schema/contents";
import { encoded, Index } from "../../../offline/providers/schema/index-file";
import { Sdk } from "../../../offline/providers/schema/sdk";

const PASSWORD = "random:index/randomPassword:RandomPassword";
const folderOf = (name: string): string => dirname(createRequire(__filename).resolve(`@pulumi/${name}/package.json`));

describe("offline providers: the index of an SDK", () => {
  let cache = "";
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), "index-"));
  });
  afterEach(() => {
    rmSync(cache, { recursive: true, force: true });
  });
  const file = (): string => join(cache, readdirSync(cache).find((name) => name.endsWith(".index")) ?? "none");
  const secrets = (): string[] => [...(new Sdk("random", cache).resource(PASSWORD)?.secrets ?? [])];

  it("says exactly what the declarations say", () => {
    for (const name of ["random", "awsx"]) {
      const contents = contentsOf(name, folderOf(name));
      const index = Index.parsed(encoded(contents));
      expect(index.tokens().map((token) => index.resource(token))).to.deep.equal([...contents.resources]);
      for (const [type, properties] of contents.objects) expect(index.object(type)).to.deep.equal(properties);
    }
  });

  it("is written once under the SDK's version, in place of what an older one left", () => {
    writeFileSync(join(cache, "random-4.0.0-0123456789ab.index"), "old");
    writeFileSync(join(cache, "aws-4.0.0-0123456789ab.index"), "another package's");
    expect(secrets()).to.deep.equal(["bcryptHash", "result"]);
    const files = readdirSync(cache).sort();
    expect(files).to.have.length(2);
    expect(files[1]).to.match(new RegExp(`^random-${new Sdk("random").version}-[0-9a-f]{12}\\.index$`));
    const written = readFileSync(file());
    expect(secrets()).to.deep.equal(["bcryptHash", "result"]);
    expect(readFileSync(file())).to.deep.equal(written);
  });

  it("is made again when the file is cut off, damaged or empty", () => {
    secrets();
    const path = file();
    const whole = readFileSync(path);
    const damaged = Buffer.from(whole);
    damaged.fill(0, whole.length - 200);
    for (const broken of [whole.subarray(0, whole.length - 9), damaged, Buffer.alloc(0), Buffer.from("not JSON\n")]) {
      writeFileSync(path, broken);
      expect(secrets()).to.deep.equal(["bcryptHash", "result"]);
      expect(readFileSync(path)).to.deep.equal(whole);
    }
  });

  it("is done without where nothing can be written", () => {
    const taken = join(cache, "a file");
    writeFileSync(taken, "");
    expect(new Sdk("random", join(taken, "folder")).resource(PASSWORD)?.inputs.get("length")?.optional).to.equal(false);
    secrets();
    const path = file();
    rmSync(path);
    mkdirSync(path);
    expect(secrets()).to.deep.equal(["bcryptHash", "result"]);
    // No draft is left beside what stands in the way.
    expect(readdirSync(cache)).to.deep.equal(["a file", basename(path)]);
  });

  it("covers every resource that the packages can create", () => {
    const counted = ["aws", "awsx", "kubernetes", "random"].map((name) => new Sdk(name).counts().resources);
    expect(counted).to.deep.equal([1738, 13, 554, 10]);
    // Files whose names the type's name does not give away.
    for (const token of [
      "aws:datasync/s3Location:S3Location",
      "aws:glue/mLTransform:MLTransform",
      "awsx:ecs:EC2Service",
      "kubernetes:apiregistration.k8s.io/v1:APIService",
    ])
      expect(new Sdk(token.split(":")[0] ?? "").resource(token)?.inputs.size, token).to.be.above(2);
  });
});
