// awsx, built for real: awsx:ecr:Repository and awsx:ecr:Image register the children that the published components register (v3.9).
import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import type * as dockerBuild from "@pulumi/docker-build";
import * as pulumi from "@pulumi/pulumi";

interface LifecycleRule {
  readonly description?: string;
  readonly maximumAgeLimit?: number;
  readonly maximumNumberOfImages?: number;
  readonly tagPrefixList?: readonly string[];
  readonly tagStatus: string;
}

/** The repository's arguments; all but the lifecycle policy go to the repository as they are. */
interface RepositoryArgs {
  readonly lifecyclePolicy?: { readonly skip?: boolean; readonly rules?: pulumi.Input<readonly LifecycleRule[]> };
}

/** A repository with a lifecycle policy. */
class Repository extends pulumi.ComponentResource {
  readonly state: pulumi.Inputs;

  constructor(name: string, { lifecyclePolicy, ...args }: RepositoryArgs, opts: pulumi.ComponentResourceOptions) {
    super("awsx:ecr:Repository", name, {}, opts);
    const lower = name.toLowerCase();
    const repository = new aws.ecr.Repository(lower, args, { parent: this });
    const policy = pulumi.output(lifecyclePolicy?.rules).apply((rules) => lifecycleDocument(rules ?? [UNTAGGED]));
    const lifecycle =
      lifecyclePolicy?.skip === true
        ? undefined
        : // The published component gives the policy no parent; it stays so, for the same URN.
          new aws.ecr.LifecyclePolicy(lower, { repository: repository.name, policy });
    this.state = { repository, url: repository.repositoryUrl, ...(lifecycle && { lifecyclePolicy: lifecycle }) };
    this.registerOutputs(this.state);
  }
}

const UNTAGGED: LifecycleRule = {
  description: "remove untagged images",
  tagStatus: "untagged",
  maximumNumberOfImages: 1,
};

function lifecycleDocument(rules: readonly LifecycleRule[]): aws.ecr.LifecyclePolicyDocument {
  const any = rules.filter(({ tagStatus }) => tagStatus === "any");
  if (any.length > 1) throw new Error('At most one [selection: "any"] rule can be provided.');
  const ordered = [...rules.filter(({ tagStatus }) => tagStatus !== "any"), ...any];
  const document = {
    rules: ordered.map((rule, at) => ({
      rulePriority: at + 1,
      ...(rule.description !== undefined && { description: rule.description }),
      selection: selection(rule),
      action: { type: "expire" },
    })),
  };
  return document as unknown as aws.ecr.LifecyclePolicyDocument;
}

function selection(rule: LifecycleRule): object {
  if (rule.tagStatus === "tagged" && (rule.tagPrefixList ?? []).length === 0)
    throw new Error("tagPrefixList cannot be empty.");
  const tags =
    rule.tagStatus === "tagged"
      ? { tagStatus: "tagged", tagPrefixList: rule.tagPrefixList }
      : { tagStatus: rule.tagStatus };
  if (rule.maximumNumberOfImages !== undefined)
    return { ...tags, countType: "imageCountMoreThan", countNumber: rule.maximumNumberOfImages };
  if (rule.maximumAgeLimit !== undefined)
    return { ...tags, countType: "sinceImagePushed", countNumber: rule.maximumAgeLimit, countUnit: "days" };
  throw new Error("Either [maximumNumberOfImages] or [maximumAgeLimit] must be provided with a rule.");
}

/** An image's arguments, once they are known. */
interface ImageArgs {
  readonly repositoryUrl: string;
  readonly registryId?: string;
  readonly imageName?: string;
  readonly imageTag?: string;
  readonly context?: string;
  readonly dockerfile?: string;
  readonly args?: Readonly<Record<string, string>>;
  readonly cacheFrom?: readonly string[];
  readonly platform?: string;
  readonly target?: string;
}

/** An image, built and pushed by docker-build under a name made of what it is built from. */
class Image extends pulumi.ComponentResource {
  readonly state: { readonly imageUri: pulumi.Output<string> };

  constructor(name: string, args: pulumi.Inputs, opts: pulumi.ComponentResourceOptions) {
    super("awsx:ecr:Image", name, {}, opts);
    const imageUri = pulumi.output(args).apply((known) => this.build(known as ImageArgs));
    this.state = { imageUri };
    this.registerOutputs(this.state);
  }

  private build(args: ImageArgs): pulumi.Output<string> {
    const imageName = args.imageName ?? args.imageTag ?? generatedName(args);
    const reference = `${args.repositoryUrl}:${imageName}`;
    const registryId = args.registryId ?? args.repositoryUrl.replace(/^https:\/\//, "").split(".")[0] ?? "";
    const login = aws.ecr.getAuthorizationTokenOutput({ registryId }, { parent: this });
    const image = new BuiltImage(
      imageName,
      {
        tags: [reference],
        ...(args.args && { buildArgs: { ...args.args } }),
        cacheFrom: (args.cacheFrom?.length ? args.cacheFrom : [reference]).map((ref) => ({ registry: { ref } })),
        cacheTo: [{ inline: {} }],
        context: { location: args.context ?? "." },
        dockerfile: args.dockerfile === undefined ? {} : { location: args.dockerfile },
        platforms: args.platform === undefined ? [] : [args.platform as dockerBuild.Platform],
        ...(args.target !== undefined && { target: args.target }),
        push: true,
        registries: [{ address: login.proxyEndpoint, username: login.userName, password: login.password }],
      },
      { parent: this },
    );
    return image.digest.apply((digest) => `${args.repositoryUrl}@${digest}`);
  }
}

/** docker-build's image by its token, so that a process which builds no image need not load the SDK. */
class BuiltImage extends pulumi.CustomResource {
  declare readonly digest: pulumi.Output<string>;

  constructor(name: string, args: dockerBuild.ImageArgs, opts: pulumi.CustomResourceOptions) {
    super(
      "docker-build:index:Image",
      name,
      { ...args, digest: undefined, ref: undefined, contextHash: undefined },
      opts,
    );
  }
}

function generatedName({ context, dockerfile, args }: ImageArgs): string {
  const parts = [
    context ?? ".",
    ...(dockerfile === undefined ? [] : [`;dockerfile=${dockerfile}`]),
    ...Object.entries(args ?? {}).map(([key, value]) => `;arg[${key}]=${value}`),
    pulumi.getStack(),
  ];
  return `${createHash("sha1").update(parts.join("")).digest("hex").slice(0, 8)}-container`;
}

/** A component that was built: its URN, and the state that its package's SDK expects. */
export interface Built {
  readonly urn: pulumi.Output<string>;
  readonly state: pulumi.Inputs;
}

type Build = (name: string, inputs: pulumi.Inputs, opts: pulumi.ComponentResourceOptions) => Built;

/** How to build a component, by its type token. */
export const components: Readonly<Record<string, Build>> = {
  "awsx:ecr:Repository": (name, inputs, opts) => new Repository(name, inputs, opts),
  "awsx:ecr:Image": (name, inputs, opts) => new Image(name, inputs, opts),
};
