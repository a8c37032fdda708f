// ECR: repositories of images.
import type { Cards } from "../card";
import type { Existing } from "../../providers/core/record";
import type { Constraint, Reference } from "../../providers/core/rules";
import { plainAll } from "../../providers/core/values";
import type { World } from "../../providers/core/world";
import { dnsSuffix, physicalName } from "../identifiers";
import { imagesIn } from "../images";
import { failure, isFilled, isUnknown } from "../inputs";

const ofRepository: Reference = { type: "aws:ecr/repository:Repository" };

/** internal/service/ecr/repository.go */
const exclusions: Constraint = function* ({ inputs, text }) {
  const mutability = text("imageTagMutability") ?? "MUTABLE";
  if (isUnknown(inputs, "imageTagMutability")) return;
  if (isFilled(inputs.imageTagMutabilityExclusionFilters) && !mutability.endsWith("_WITH_EXCLUSION"))
    yield failure(
      "imageTagMutabilityExclusionFilters",
      `"${mutability}" excludes nothing: set imageTagMutability to IMMUTABLE_WITH_EXCLUSION or MUTABLE_WITH_EXCLUSION`,
    );
};

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
const repositoryName: Constraint = function* ({ text }) {
  const name = text("name");
  if (
    name !== undefined &&
    !(
      /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(name) &&
      name.length > 1 &&
      name.length <= 256
    )
  )
    yield failure("name", `"${name}": 2 to 256 lower-case letters and digits, with single ., _, - or / between them`);
};

type Undeletable = (existing: Existing, world: World) => string | undefined;

const withImages: Undeletable = (existing, world) => {
  const held = imagesIn(existing, (name) => world.beside(name));
  return held.length === 0 || plainAll(existing.inputs).forceDelete === true
    ? undefined
    : `it is not empty (RepositoryNotEmptyException): it holds ${held.length} images, such as "${held[0]?.id ?? ""}": delete them, or set forceDelete to true and update first`;
};

export const cards: Cards = {
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    source: "ecr/lifecycle_policy.go",
    id: (resource) => resource.text("repository"),
    computed: { registryId: (resource) => resource.accountId },
    references: { repository: ofRepository },
    replaces: "policy repository",
  },
  "aws:ecr/repository:Repository": {
    source: "ecr/repository.go",
    autoname: { property: "name", limit: 256, lower: true },
    computed: {
      arn: (resource) => resource.arn("ecr", `repository/${physicalName(resource)}`),
      registryId: (resource) => resource.accountId,
      repositoryUrl: (resource) =>
        `${resource.accountId}.dkr.ecr.${resource.region}.${dnsSuffix(resource.partition)}/${physicalName(resource)}`,
    },
    defaults: { imageTagMutability: "MUTABLE", forceDelete: false },
    replaces: "encryptionConfigurations name",
    constraints: [exclusions, repositoryName],
    undeletable: withImages,
    holds: "images",
  },
  "aws:ecr/repositoryPolicy:RepositoryPolicy": {
    source: "ecr/repository_policy.go",
    references: { repository: ofRepository },
    policies: { policy: "resource" },
    replaces: "repository",
  },
};
