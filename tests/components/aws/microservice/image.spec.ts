import { expect } from "chai";
import { Microservice } from "../../../../components/aws/microservice";
import { repositoryArn, validateImage } from "../../../../components/aws/microservice/image";
import { deploy, outputOf } from "../../../../offline/providers/mocks";
import { standing } from "../../../support/standing";
import { build, containerOf, imageless, placement, supplied } from "./fixtures";

const digest = `sha256:${"0".repeat(64)}`;
const ecr = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";

describe("components/aws/microservice images", () => {
  it("derives the repository from an ECR reference, whatever its version", () => {
    const arn = "arn:aws:ecr:eu-central-1:123456789012:repository/shop/order";
    for (const version of [":1.0", `@${digest}`, `:1.0@${digest}`, ""]) {
      expect(repositoryArn(`${ecr}/shop/order${version}`, placement), version).to.equal(arn);
    }
    expect(repositoryArn("123456789012.dkr-ecr.eu-central-1.on.aws/shop/order:1", placement)).to.equal(arn);
    expect(
      repositoryArn("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/order:1", { ...placement, partition: "aws-cn" }),
    ).to.equal("arn:aws-cn:ecr:cn-north-1:123456789012:repository/order");
  });

  it("derives none from images of elsewhere, however they look", () => {
    for (const image of [
      "nginx:1",
      "public.ecr.aws/nginx/nginx:1",
      `evil.example/${ecr}/order:1`,
      `${ecr}.evil.example/a:1`,
    ]) {
      expect(repositoryArn(image, placement), image).to.equal(undefined);
    }
  });

  it("takes a tag or a digest", () => {
    for (const image of [
      "nginx:1.27",
      `nginx@${digest}`,
      `nginx:1@${digest}`,
      "localhost:5000/app:1",
      `${ecr}/a/b:v1_2-3`,
    ]) {
      expect(validateImage(image), image).to.deep.equal([]);
    }
  });

  it("refuses what names no version", () => {
    for (const image of ["nginx", "", "localhost:5000/app", "nginx:", "nginx@sha256:abc", "a b:1"]) {
      expect(
        validateImage(image).map(({ path }) => path),
        image,
      ).to.deep.equal(["image"]);
    }
  });

  it("builds an image for the task's architecture into a repository of its own", async () => {
    const deployment = await deploy(
      () => {
        return new Microservice("order", {
          ...imageless,
          build: { context: "./app", target: "run" },
          architecture: "ARM64",
        });
      },
      { existing: standing },
    );
    const { imageScanningConfiguration, encryptionConfigurations, forceDelete } = deployment.one(
      "aws:ecr/repository:Repository",
    ).inputs;
    expect({ imageScanningConfiguration, encryptionConfigurations, forceDelete }).to.deep.equal({
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS" }],
      forceDelete: false,
    });
    const { platform, context, target } = deployment.one("awsx:ecr:Image").inputs;
    expect({ platform, context, target }).to.deep.equal({ platform: "linux/arm64", context: "./app", target: "run" });
    expect(containerOf(deployment).image).to.equal(await outputOf(deployment.result.nodes.image?.imageUri));
  });

  it("lets images go with their repository when they are not protected", async () => {
    const { one } = await deploy(
      () => new Microservice("order", { ...imageless, build: { context: "./app", protectImages: false } }),
      { existing: standing },
    );
    expect(one("aws:ecr/repository:Repository").inputs.forceDelete).to.equal(true);
  });

  it("builds into a repository that is there already", async () => {
    const repositoryUrl = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/order";
    const { ofType, one } = await deploy(
      () => new Microservice("order", { ...imageless, build: { context: "./app", repositoryUrl } }),
      { existing: standing },
    );
    expect(ofType("aws:ecr/repository:Repository")).to.deep.equal([]);
    expect(one("awsx:ecr:Image").inputs.repositoryUrl).to.equal(repositoryUrl);
  });

  it("refuses an image without a version even when the reference is an output", async () => {
    const message = await build({ image: supplied("nginx") }).then(
      () => "",
      (error: unknown) => String(error),
    );
    expect(message).to.include('image: "nginx"');
  });
});
