// The ECR repository of an image, for the role that pulls it.
import { imageProblems, parseImage, type Placement, type Problem } from "../../kit";

/** ARN of the ECR repository that a reference names, and undefined for an image from elsewhere. */
export function repositoryArn(image: string, { partition }: Placement): string | undefined {
  const ecr = parseImage(image)?.ecr;
  return ecr && `arn:${partition}:ecr:${ecr.region}:${ecr.accountId}:repository/${ecr.repository}`;
}

/** Region of the ECR registry that a reference names; undefined for an image from elsewhere. */
export function registryRegion(image: string): string | undefined {
  return parseImage(image)?.ecr?.region;
}

/** What is wrong with a reference. */
export function validateImage(image: string): Problem[] {
  return imageProblems("image", image);
}
