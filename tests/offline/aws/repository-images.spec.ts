import { expect } from "chai";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FolderInventory } from "../../../offline/providers/core/folder";
import { type Inventory, MemoryInventory } from "../../../offline/providers/core/record";
import { provider, shown, subject } from "../providers/support";

const IMAGE = "docker-build:index:Image";
const folder = mkdtempSync(join(tmpdir(), "images-"));
const cloud = new MemoryInventory();

/** A cloud as an engine run has it, a folder a package, and as specs have it. */
const clouds: readonly (readonly [string, (name: string) => Inventory])[] = [
  ["in folders", (name) => new FolderInventory(join(folder, name))],
  ["in memory", () => cloud],
];

describe("offline providers: the images of a repository", () => {
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const [where, inventory] of clouds) {
    it(`outlive their resource, and keep the repository, ${where}`, () => {
      const aws = provider("aws", inventory("aws"));
      const builder = provider("docker-build", inventory("docker-build"), {});
      const repository = subject("aws:ecr/repository:Repository");
      const made = (name: string, more = {}) => aws.create(subject(repository.type, name), { name, ...more });
      const [shop, shopping] = [made("shop"), made("shop-ping")];
      const build = (name: string, more = {}) =>
        builder.create(subject(IMAGE, name), {
          tags: [`${shown(shop.outputs.repositoryUrl)}:${name}`],
          context: { location: "./app" },
          ...more,
        });
      build("only-here", { push: false });
      const pushed = build("pushed", { push: true });
      const exported = build("exported", { exports: [{ registry: { push: true } }] });
      for (const { id, outputs } of [pushed, exported]) builder.delete(subject(IMAGE, "pushed"), id, outputs);
      const left = builder.existing(IMAGE).filter(({ urn }) => urn === "");
      expect(left.map(({ id }) => id).toSorted()).to.deep.equal([pushed.id, exported.id].toSorted());

      expect(() => {
        aws.delete(repository, shop.id, shop.outputs);
      }).to.throw(
        /^aws:ecr\/repository:Repository "shop" can't be deleted: it is not empty \(RepositoryNotEmptyException\): it holds 2 images, such as "sha256:[0-9a-f]{64}": delete them, or set forceDelete to true and update first$/,
      );
      // Another's name may begin with its name.
      aws.delete(repository, shopping.id, shopping.outputs);
      const forced = aws.update(repository, shop.id, shop.outputs, { name: "shop", forceDelete: true });
      aws.delete(repository, shop.id, forced);
      expect(builder.existing(IMAGE).map(({ urn }) => urn)).to.deep.equal([subject(IMAGE, "only-here").urn]);
      const again = made("shop");
      aws.delete(repository, again.id, again.outputs);
      expect(aws.existing(repository.type)).to.deep.equal([]);
    });
  }
});
