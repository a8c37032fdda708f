import * as awsx from "@pulumi/awsx";
import { expect } from "chai";
import { deploy, type Deployment, outputOf } from "../../../offline/providers/mocks";

/** `type name < parent`, without the packages and modules that all have in common. */
function listed({ resources }: Deployment<unknown>): string[] {
  const short = (type: string): string => type.split(":").at(-1) ?? type;
  const own = (urn: string): string =>
    `${short(urn.split("::")[2]?.split("$").at(-1) ?? "")} ${urn.split("::")[3] ?? ""}`;
  return resources
    .map(({ type, name, parent }) => `${short(type)} ${name}${parent === undefined ? "" : ` < ${own(parent)}`}`)
    .sort();
}

describe("offline providers: awsx:ecr", () => {
  const program = () => {
    const repository = new awsx.ecr.Repository("Shop", { forceDelete: true });
    return new awsx.ecr.Image("app", { repositoryUrl: repository.url, context: "./app", platform: "linux/arm64" });
  };

  it("registers exactly the published children", async () => {
    const deployment = await deploy(program);
    const image = deployment.one("docker-build:index:Image").name;
    expect(image).to.match(/^[0-9a-f]{8}-container$/);
    expect(listed(deployment)).to.deep.equal(
      [
        "Image app",
        `Image ${image} < Image app`,
        "LifecyclePolicy shop",
        "Repository Shop",
        "Repository shop < Repository Shop",
      ].sort(),
    );
    expect(JSON.parse(String(deployment.one("aws:ecr/lifecyclePolicy:LifecyclePolicy").outputs.policy))).to.deep.equal({
      rules: [
        {
          rulePriority: 1,
          description: "remove untagged images",
          selection: { tagStatus: "untagged", countType: "imageCountMoreThan", countNumber: 1 },
          action: { type: "expire" },
        },
      ],
    });
  });

  it("returns the image by digest and without its tag", async () => {
    const { result, one } = await deploy(program);
    const url = String(one("aws:ecr/repository:Repository").outputs.repositoryUrl);
    const uri = await outputOf(result.imageUri);
    expect(uri.slice(0, url.length)).to.equal(url);
    expect(uri.slice(url.length)).to.match(/^@sha256:[0-9a-f]{64}$/);
    expect(one("docker-build:index:Image").inputs).to.deep.include({
      push: true,
      platforms: ["linux/arm64"],
      context: { location: "./app" },
    });
  });
});
