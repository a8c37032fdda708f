// The image: given, or built and pushed.
import type * as awsx from "@pulumi/awsx";
// The package as a whole would load its classic half as well, a fifth of what the program loads.
import { Image, Repository } from "@pulumi/awsx/ecr";
import * as pulumi from "@pulumi/pulumi";
import { throwIfAny } from "../../kit";
import type { BuildSettings } from "./args";
import { type Context, tagsOf } from "./context";
import { validateImage } from "./image";

/** The image's reference and what was created for it. */
export interface Source {
  /** Fails when a reference that came as an output names no version. */
  readonly image: pulumi.Output<string>;
  readonly repository: awsx.ecr.Repository | undefined;
  readonly build: awsx.ecr.Image | undefined;
}

/** Creates a repository and an image for a build; for a given image nothing. */
export function createSource(context: Context): Source {
  const { name, args } = context;
  if (args.build) return createBuild(context, args.build);
  const image = pulumi.output(args.image ?? "").apply((reference) => {
    throwIfAny(`archipelago:microservice:Microservice "${name}"`, validateImage(reference));
    return reference;
  });
  return { image, repository: undefined, build: undefined };
}

function createBuild(context: Context, settings: BuildSettings): Source {
  const { name, args, child } = context;
  const repository = settings.repositoryUrl === undefined ? createRepository(context, settings) : undefined;
  const build = new Image(
    `${name}-image`,
    {
      repositoryUrl: repository?.url ?? settings.repositoryUrl ?? "",
      context: settings.context,
      platform: context.settings.architecture === "ARM64" ? "linux/arm64" : "linux/amd64",
      ...(settings.dockerfile !== undefined && { dockerfile: settings.dockerfile }),
      ...(settings.target !== undefined && { target: settings.target }),
      ...(settings.args && { args: { ...settings.args } }),
      ...args.transform?.image,
    },
    child,
  );
  return { image: build.imageUri, repository, build };
}

/** Tags may move on purpose: awsx pushes a moving tag, and tasks run the digest that it returns. */
function createRepository(context: Context, { protectImages = true }: BuildSettings): awsx.ecr.Repository {
  const { name, args, child } = context;
  return new Repository(
    `${name}-images`,
    {
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS" }],
      forceDelete: !protectImages,
      lifecyclePolicy: { rules: [{ tagStatus: "untagged", maximumNumberOfImages: 10 }] },
      ...tagsOf(context),
      ...args.transform?.repository,
    },
    child,
  );
}
