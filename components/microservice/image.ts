// Image references, read without asking any registry.
import type { Placement, Problem } from "../base";

const ECR =
  /^(?<account>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)\/(?<repository>[a-z0-9._/-]+)(?:[:@].+)?$/;

/** A tag has no slash, so a registry's port is never taken for one. */
const REFERENCE = /^[^\s@]+?(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[a-f0-9]{64}))?$/;

/** ARN of the ECR repository that a reference names, and undefined for an image from elsewhere. */
export function repositoryArn(image: string, { partition }: Placement): string | undefined {
  const parts = ECR.exec(image)?.groups;
  if (!parts) return undefined;
  return `arn:${partition}:ecr:${parts.region ?? ""}:${parts.account ?? ""}:repository/${parts.repository ?? ""}`;
}

/** Region of the ECR registry that a reference names; undefined for an image from elsewhere. */
export function registryRegion(image: string): string | undefined {
  return ECR.exec(image)?.groups?.region;
}

/** A problem when a reference names no version: what runs would depend on the day. */
export function validateImage(image: string): Problem[] {
  const { tag, digest } = REFERENCE.exec(image)?.groups ?? {};
  if (tag !== undefined || digest !== undefined) return [];
  return [
    {
      path: "image",
      value: image,
      allowed: "a reference with a tag (name:1.4.2) or a digest (name@sha256:…)",
      remedy: "say which version runs",
    },
  ];
}
