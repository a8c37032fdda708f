// Pictures and pages of a stack on Kubernetes have no words of AWS for what the cluster has instead.
import { join } from "node:path";
import { expect } from "chai";
import { builtStack, knownOf } from "../../../../cli/project-systems";
import { thisDay } from "../../../../infra/examine";
import { pictureFiles } from "../../../../infra/views/pictures/files";
import { diagram } from "../../../../infra/views/pictures/mermaid";

const root = join(__dirname, "../../../..");
const WORDS = /load balancer|Aurora|\bACU\b|\bdb\.|\bcache\.t|Redis|AWS|VPC|priority \d/g;

describe("pictures of a stack on Kubernetes", () => {
  for (const stack of ["k8s-local", "k8s-enterprise-local"]) {
    it(`use the words of Kubernetes for ${stack}`, async () => {
      const { plan } = builtStack(root, knownOf(root), stack, thisDay());
      const files = [...(await pictureFiles(plan, "kubernetes", {})).values(), diagram(plan)];
      expect([...new Set(files.flatMap((text) => text.match(WORDS) ?? []))]).to.deep.equal([]);
      expect(files.join("\n")).to.include("PostgreSQL").and.include("gateway");
    });
  }
});
